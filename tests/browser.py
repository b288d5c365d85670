"""Headless Chromium for tests: the system's browser, no outside traffic, Thai, a phone's size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.system_packages import find

PHONE = {"width": 360, "height": 740}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_running: list[Playwright] = []


@contextmanager
def _driver() -> Iterator[Playwright]:
    """Playwright itself, once: a second browser in one test shares it, because two drivers refuse each other."""
    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        _running.append(playwright)
        try:
            yield playwright
        finally:
            _running.clear()


@contextmanager
def lasting(folder: Path, *arguments: str, **options: Any) -> Iterator[BrowserContext]:
    """A phone whose storage is on disk in ``folder``: closed and opened again it is the same phone."""
    executable = find("chromium")
    if executable is None:
        pytest.skip("no Chromium here")
    with _driver() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=executable, args=[*_ARGUMENTS, *arguments], **options
        )
        try:
            yield context
        finally:
            context.close()


@contextmanager
def launch(*arguments: str) -> Iterator[Browser]:
    """A browser; the test is skipped where none is installed."""
    executable = find("chromium")
    if executable is None:
        pytest.skip("no Chromium here")
    with _driver() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*_ARGUMENTS, *arguments])
        try:
            yield browser
        finally:
            browser.close()
