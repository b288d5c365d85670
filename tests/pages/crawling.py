"""Walks every page a person can reach by links, one page of each kind, and looks at it as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Error, Page

WIDTHS = (360, 768, 1280)
_RANDOM_ID = re.compile(r"/(?:[2-9a-hj-km-np-z]{14}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)")
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))"
_FILES = re.compile(r"\.(pdf|xlsx|csv|json|ics|crt|svg|png|docx)$|/download|/export|/files/")


def kind_of(url: str) -> str:
    """Pages that differ only in whose they are, or in their query, are of one kind."""
    return _RANDOM_ID.sub("/*", urlsplit(url).path)


def walk(page: Page, start: str, *, stay: str = "", most: int = 200) -> Iterator[str]:
    """The addresses of one page of each kind that links lead to from ``start``; each is open when yielded.

    Fails beyond ``most`` kinds, which would be a part of an address that :func:`kind_of` takes for a page.
    """
    waiting, seen = [start], set()
    while waiting:
        assert len(seen) < most, f"more than {most} kinds of pages: {sorted(seen)[-20:]}"
        url = waiting.pop(0)
        if kind_of(url) in seen:
            continue
        seen.add(kind_of(url))
        try:
            response = page.goto(url)
        except Error as problem:
            if "Download is starting" in problem.message:
                continue  # a file, not a page
            raise
        assert response is not None and response.status < 400, f"{url} answers {response and response.status}"
        yield url
        for href in page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
        ):
            parts = urlsplit(href)
            foreign = parts.netloc != urlsplit(page.url).netloc
            if not foreign and not _FILES.search(parts.path) and parts.path.startswith(stay or "/"):
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def faults_of(page: Page, *, contrast: bool = False) -> list[str]:
    """What is wrong with the page in view: wider than the screen at some width, or hard to use with a reader.

    ``contrast`` costs ten times the rest; colours are the components', which the style page shows all of.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(_DRAWN)  # the page's own scripts hear of the new width first
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"at {width} px the page is {wide} px wide")
        if width == WIDTHS[0]:
            found += _violations(page, contrast)
    return found


def _violations(page: Page, contrast: bool) -> list[str]:
    page.evaluate(Axe().axe_script)
    rules = {"color-contrast": {"enabled": contrast}}
    found = page.evaluate(
        "(rules) => axe.run(document, { resultTypes: ['violations'], rules }).then((said) => said.violations.map("
        "(one) => [one.impact, one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))]))",
        rules,
    )
    return [f"{rule}: {places}" for impact, rule, places in found if impact in ("serious", "critical")]


def watch(context: BrowserContext, base: str) -> list[str]:
    """Collect what must never happen on any page of the context: other hosts, script errors, policy violations."""
    troubles: list[str] = []
    context.on("request", lambda r: r.url.startswith((base, "data:", "blob:")) or troubles.append(f"asks {r.url}"))
    context.on("weberror", lambda e: troubles.append(f"script error: {e.error}"))
    context.on("console", lambda m: m.type == "error" and troubles.append(f"console: {m.text}"))
    return troubles
