"""A test browser: keeps cookies, sends the CSRF token like a page would, and checks every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.database import db

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|name="csrf-token" content="([^"]+)"')


class Client(FlaskClient):
    """The checks hold for every page, so they live here rather than in each test."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request in a context of its own, as a server would; check the page that comes back."""
        with own_context(self.application):
            response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        if is_page and response.status_code // 100 != 3 and response.data:
            check_page(response.get_data(as_text=True))
        return response

    def fragment(self, url: str, **kwargs: Any) -> TestResponse:
        """Fetch a live block, which is a part of a page and not one."""
        return super().open(url, **{"method": "GET", **kwargs})

    def csrf(self, page: str = "/") -> str:
        """A valid token for this browser's session."""
        match = _TOKEN.search(self.get(page).get_data(as_text=True))
        assert match, f"{page} carries no CSRF token"
        return match[1] or match[2]

    def submit(
        self, url: str, data: dict[str, Any] | None = None, *, page: str = "/", **kwargs: Any
    ) -> TestResponse:
        """Post a form with a valid CSRF token."""
        return self.post(url, data={**(data or {}), "csrf_token": self.csrf(page)}, **kwargs)

    def sign_in(self, user: User, password: str = "a long password") -> TestResponse:
        """Sign in as a person would."""
        response = self.submit("/sign-in", {"email": user.email, "password": password})
        assert response.status_code == 302, "signing in failed"
        return response


@contextmanager
def own_context(app: Flask) -> Iterator[None]:
    """The request sees what the test committed, never its open transaction; the test then reads afresh."""
    db.session.commit()
    with app.app_context():
        yield
    db.session.expire_all()


def check_page(html: str) -> None:
    """What every page must be: titled, in a language, with one heading, no inline script or style.

    A live block's part is no page; it has neither heading nor <html>.
    """
    if "<html" in html or "<h1" in html:
        check_frame(html)
    assert not re.search(r"\son[a-z]+=\"", html), "an inline event handler"
    assert not re.search(r"\sstyle=\"", html), "an inline style"
    assert not re.search(r"<script(?![^>]*\ssrc=)", html), "an inline script"
    assert "undefined" not in html.lower().replace("undefined-", ""), "a name that does not exist was printed"


def check_frame(html: str) -> None:
    """The frame of a whole page."""
    assert re.search(r"<html[^>]* lang=\"(th|en)\"", html), "the page names no language"
    assert re.search(r"<title>[^<]+</title>", html), "the page has no title"
    assert len(re.findall(r"<h1[ >]", html)) == 1, "a page has exactly one h1"
