"""The sign-in form, with a limit on guessing that nobody can turn against the organiser.

Wrong passwords count per address. A browser that has signed in before has a count of its own, so a stranger
who guesses at somebody's address shuts out strangers, not the person in the hall.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, after_this_request, current_app, request
from flask_babel import gettext as _
from flask_login import user_logged_in
from flask_security.forms import LoginForm

from app.attempts import counting
from app.core.text import clean_text
from app.core.tokens import matches, sign

# Within ten minutes, see app.attempts.
WRONG_PER_ADDRESS, WRONG_PER_KNOWN_BROWSER, WRONG_OF_STRANGERS = 10, 10, 600
_COOKIE, _PURPOSE, _LASTS = "known", "known-browser", 365 * 24 * 3600


def canonical_email(email: str) -> str:
    """One spelling for one address: trimmed, NFC, case-folded."""
    return clean_text(email).casefold()


class SignInForm(LoginForm):
    """Refuses to look at a password when too many were wrong; a right one gives its count back."""

    def validate(self, **kwargs: Any) -> bool:
        limits = _limits(canonical_email(self.email.data or ""))
        if not counting.take(limits):
            self.form_errors.append(_("ใส่รหัสผ่านผิดหลายครั้งเกินไป โปรดรอ 10 นาทีแล้วลองใหม่ หรือใช้เครื่องที่เคยเข้าสู่ระบบแล้ว"))
            return False
        if not super().validate(**kwargs):
            return False
        counting.give_back(limits)
        return True


def init_known_browsers(app: Flask) -> None:
    """Let a browser be known by the addresses that signed in with it."""

    def remember(_sender: object, user: Any, **_extra: object) -> None:
        seal = sign(_PURPOSE, user.email)

        @after_this_request
        def set_known(response: Response) -> Response:
            response.set_cookie(
                _COOKIE,
                seal,
                max_age=_LASTS,
                httponly=True,
                samesite="Lax",
                secure=current_app.config["SESSION_COOKIE_SECURE"],
            )
            return response

    user_logged_in.connect(remember, app, weak=False)


def _limits(email: str) -> dict[str, int]:
    who = sign("sign-in-count", email)
    if matches(request.cookies.get(_COOKIE, ""), _PURPOSE, email):
        return {f"sign-in:known:{who}": WRONG_PER_KNOWN_BROWSER}
    return {f"sign-in:{who}": WRONG_PER_ADDRESS, "sign-in:strangers": WRONG_OF_STRANGERS}
