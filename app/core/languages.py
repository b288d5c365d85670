"""Thai first, English second: chosen by a cookie that one small form sets."""

from __future__ import annotations

from babel import Locale
from flask import Blueprint, Flask, current_app, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale

from .access import public
from .redirects import safe_path

COOKIE = "lang"
babel = Babel()
bp = Blueprint("languages", __name__)


def chosen_language() -> str:
    """The visitor's language: the cookie where it names one we have, else Thai; commands speak Thai."""
    sends_cookies = has_request_context() and "HTTP_COOKIE" in request.environ
    asked = request.cookies.get(COOKIE, "") if sends_cookies else ""
    return asked if asked in current_app.config["LANGUAGES"] else current_app.config["BABEL_DEFAULT_LOCALE"]


def language() -> str:
    """The language in force, "th" or "en", inside and outside requests."""
    locale = get_locale()
    return locale.language if locale is not None else "th"


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
