"""Thai first, English second: chosen by a cookie that one small form sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from babel import Locale
from flask import Blueprint, Flask, current_app, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Request
from flask_babel import Babel, force_locale, get_locale

from .access import public
from .redirects import safe_path

COOKIE = "lang"
babel = Babel()
bp = Blueprint("languages", __name__)


def chosen_language() -> str:
    """The visitor's language; commands speak Thai."""
    return language_of(request) if has_request_context() else str(current_app.config["BABEL_DEFAULT_LOCALE"])


def language_of(asked: Request) -> str:
    """The language that a request's cookie names, where we have it, else Thai."""
    name = asked.cookies.get(COOKIE, "") if "HTTP_COOKIE" in asked.environ else ""
    return name if name in current_app.config["LANGUAGES"] else str(current_app.config["BABEL_DEFAULT_LOCALE"])


def language() -> str:
    """The language in force, "th" or "en", inside and outside requests."""
    locale = get_locale()
    return locale.language if locale is not None else "th"


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """In this language, "th" or "en", whatever the visitor's own."""
    with nullcontext() if name == language() else force_locale(name):
        yield


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Remember a language and go back to the page."""
    response = redirect(safe_path(request.form.get("back", "")))
    asked = request.form.get("language", "")
    if asked in current_app.config["LANGUAGES"]:
        response.set_cookie(
            COOKIE,
            asked,
            max_age=31536000,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def init_languages(app: Flask) -> None:
    """Connect Flask-Babel; the catalogues live in app/translations."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    # Read once: every request would read its language's name anew.
    locales = {name: Locale.parse(name) for name in app.config["LANGUAGES"]}
    babel.init_app(app, locale_selector=lambda: locales[chosen_language()])
    app.register_blueprint(bp)
