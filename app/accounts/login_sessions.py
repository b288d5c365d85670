"""Sign-ins that can be ended: Flask's signed cookie alone would stay valid after signing out."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, session
from flask_login import user_logged_in, user_logged_out
from sqlalchemy import select, update

from app.core import clock
from app.core.ids import new_secret
from app.core.tokens import token_hash
from app.database import db

from .models import LoginSession, User

_KEY = "login"
LASTS = timedelta(hours=12)


def init_login_sessions(app: Flask) -> None:
    """Write a row at sign-in, revoke it at sign-out, and ask for it on each request of a signed-in browser."""

    def opened(_sender: object, user: User, **_extra: object) -> None:
        token = new_secret()
        session[_KEY] = token
        db.session.add(LoginSession(token_hash=token_hash(token), user_id=user.id))

    def closed(_sender: object, **_extra: object) -> None:
        token = session.pop(_KEY, None)
        if token:
            _revoke(LoginSession.token_hash == token_hash(token))

    user_logged_in.connect(opened, app, weak=False)
    user_logged_out.connect(closed, app, weak=False)

    @app.before_request
    def still_valid() -> None:
        if "_user_id" in session and not _is_valid(session.get(_KEY)):
            # Only what belongs to the account: the same browser may hold a participant's page.
            for key in (
                "_user_id",
                "_fresh",
                "_id",
                "fs_cc",
                "fs_paa",
                "identity.id",
                "identity.auth_type",
                _KEY,
            ):
                session.pop(key, None)


def _is_valid(token: str | None) -> bool:
    if not token:
        return False
    query = select(LoginSession.id).where(
        LoginSession.token_hash == token_hash(token),
        LoginSession.revoked_at.is_(None),
        LoginSession.created_at > clock.now() - LASTS,
    )
    return db.session.scalar(query) is not None


def revoke_all(user: User) -> None:
    """End every sign-in of a user, as after a change of password."""
    _revoke(LoginSession.user_id == user.id)


def _revoke(condition: object) -> None:
    db.session.execute(
        update(LoginSession).where(condition, LoginSession.revoked_at.is_(None)).values(revoked_at=clock.now())  # type: ignore[arg-type]
    )
