"""Setting up Flask-Security: argon2, sign-in and sign-out, nothing else switched on yet."""

from __future__ import annotations

import hashlib

from flask import Flask, request
from flask_babel import lazy_gettext as _l
from flask_principal import Principal
from flask_security import Security, SQLAlchemyUserDatastore

from app.core.access import Access, access_of, declare_endpoint
from app.core.errors import RuleBroken
from app.core.ids import new_secret
from app.core.text import clean_text
from app.database import db

from .login_sessions import init_login_sessions, revoke_all
from .models import AccountRole, User
from .passwords import hashed
from .sentences import MESSAGES
from .signing_in import SignInForm, canonical_email, init_known_browsers

datastore = SQLAlchemyUserDatastore(db, User, AccountRole)
security = Security()

# The library's own endpoints that stay open; the house test lists all of them.
_WITHOUT_ACCOUNT = frozenset(
    {"device_page", "device_api", "live.moved", "registration.register"}
)  # levels, endpoints
_PUBLIC = ("security.login", "security.logout", "security.verify", "security.static")


def init_security(app: Flask) -> None:
    """Connect accounts to the application."""
    # The salt only feeds the library's HMAC of old hashes; it must be stable, so it comes from the secret.
    app.config["SECURITY_PASSWORD_SALT"] = hashlib.sha256(app.config["SECRET_KEY"].encode()).hexdigest()
    app.config.update(MESSAGES)
    init_login_sessions(app)  # before the library, whose own hook loads the user
    init_known_browsers(app)
    security.init_app(app, datastore, login_form=SignInForm)
    _spare_doors(app)
    for endpoint in _PUBLIC:
        declare_endpoint(app, endpoint, Access("public"))


def _spare_doors(app: Flask) -> None:
    """Look for no account where a paired phone scans or a waiting page asks: the library would each time."""
    hooks = app.before_request_funcs[None]
    of_library = [isinstance(getattr(hook, "__self__", None), Principal) for hook in hooks]
    place = of_library.index(True)
    load_identity = hooks[place]

    def only_where_accounts_count() -> None:
        access = access_of(app, request.endpoint) if request.endpoint else None
        if access is None or not _WITHOUT_ACCOUNT & {access.level, request.endpoint}:
            load_identity()

    hooks[place] = only_where_accounts_count


def create_user(email: str, name: str, password: str, *, is_administrator: bool = False) -> User:
    """Make an account with a hashed password; one address has one account."""
    if datastore.find_user(email=canonical_email(email)) is not None:
        raise RuleBroken(_l("มีบัญชีของอีเมลนี้อยู่แล้ว"), "email")
    user = datastore.create_user(
        email=canonical_email(email),
        name=clean_text(name),
        password=hashed(password),
        fs_uniquifier=new_secret(),
        is_administrator=is_administrator,
    )
    db.session.flush()
    assert isinstance(user, User)
    return user


def set_password(user: User, password: str) -> None:
    """Give an account another password; whoever is signed in with the old one is signed out."""
    user.password = hashed(password)
    revoke_all(user)
