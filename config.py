"""Settings, one class per environment. Every value is explained where it is set.

The environment is chosen by SAMMANA_ENV: ``local`` (default: one notebook, demo data, plain http allowed),
``production`` (https behind a proxy or with a certificate; refuses insecure settings) or ``testing``.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MB = 1024 * 1024


def data_dir() -> Path:
    """The folder for the database, uploaded files and the secret key (DATA_DIR, default ``instance/``)."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "instance").resolve()


def database_url(folder: Path) -> str:
    """DATABASE_URL, or SQLite in the data folder. ``postgres://`` addresses get the psycopg 3 driver."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'sammana.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


class Config:
    """What holds everywhere."""

    ENVIRONMENT = "local"
    TESTING = False
    # Errors become pages, never tracebacks on a participant's phone.
    PROPAGATE_EXCEPTIONS = False

    # One megabyte is far above any form; upload pages raise it for themselves (core/bodies.py).
    MAX_CONTENT_LENGTH = 1 * MB
    MAX_FORM_PARTS = 500
    UPLOAD_LIMIT = 50 * MB

    # A page may stay open on a phone all day; the token lives as long as the login itself.
    WTF_CSRF_TIME_LIMIT = None
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_REFRESH_EACH_REQUEST = False
    PERMANENT_SESSION_LIFETIME = timedelta(hours=12)

    # Thai first; English is the second language. Dates in พ.ศ. are ours (core/formatting.py).
    BABEL_DEFAULT_LOCALE = "th"
    BABEL_DEFAULT_TIMEZONE = "Asia/Bangkok"
    LANGUAGES = ("th", "en")

    # Addresses shown in links and QR codes. Empty: taken from the request, whose host is checked.
    PUBLIC_BASE_URL = os.environ.get("PUBLIC_BASE_URL", "").rstrip("/")
    # The address `flask serve` printed for phones on the same network; it stands in for "localhost" in links.
    PHONES_BASE_URL = os.environ.get("PHONES_BASE_URL", "").rstrip("/")
    # Behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto exactly once.
    BEHIND_PROXY = os.environ.get("BEHIND_PROXY") == "1"
    TLS = os.environ.get("TLS") == "1"

    # How mail leaves (notifications/backends.py): "file" writes DATA_DIR/mail, so that nothing leaves a notebook
    # unasked; "console" shows it on the screen; "smtp" sends it. MAIL_SECURITY: starttls, tls or none.
    MAIL_BACKEND = os.environ.get("MAIL_BACKEND") or "file"
    MAIL_FROM = os.environ.get("MAIL_FROM") or "sammana@localhost"
    MAIL_SERVER = os.environ.get("MAIL_SERVER") or "localhost"
    MAIL_PORT = int(os.environ.get("MAIL_PORT") or 587)
    MAIL_SECURITY = os.environ.get("MAIL_SECURITY") or "starttls"
    MAIL_USERNAME = os.environ.get("MAIL_USERNAME", "")
    MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD", "")

    # Waiting pages ask no oftener than this many milliseconds: raise it when a hall's line or server is weak.
    LIVE_AT_LEAST_MS = int(os.environ.get("LIVE_AT_LEAST_MS") or 0)

    # Organisers' accounts (Flask-Security). No self-registration: an administrator invites.
    SECURITY_PASSWORD_HASH = "argon2"
    SECURITY_PASSWORD_SINGLE_HASH = ["argon2"]
    # Modest memory, so that several sign-ins at once fit a small machine (OWASP's second profile).
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = {
        "argon2__memory_cost": 19456,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    }
    SECURITY_REGISTERABLE = False
    SECURITY_LOGIN_URL = "/sign-in"
    SECURITY_LOGOUT_URL = "/sign-out"
    # A link preview or an image tag must not be able to sign anybody out.
    SECURITY_LOGOUT_METHODS = ["POST"]
    SECURITY_POST_LOGIN_VIEW = "events.my_events"
    SECURITY_POST_LOGOUT_VIEW = "dashboard.home"
    SECURITY_UNAUTHORIZED_VIEW = None
    SECURITY_RETURN_GENERIC_RESPONSES = True
    SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}
    SECURITY_SEND_PASSWORD_CHANGE_EMAIL = False
    SECURITY_SEND_PASSWORD_RESET_EMAIL = False
    SECURITY_DEFAULT_REMEMBER_ME = False

    def __init__(self) -> None:
        self.DATA_DIR = data_dir()
        self.SQLALCHEMY_DATABASE_URI = database_url(self.DATA_DIR)
        self.SQLALCHEMY_ENGINE_OPTIONS = (
            {} if self.SQLALCHEMY_DATABASE_URI.startswith("sqlite") else {"pool_pre_ping": True, "pool_size": 8}
        )
        secure = self.TLS or self.ENVIRONMENT == "production"
        self.SESSION_COOKIE_SECURE = secure
        # The __Host- prefix needs https; on a hall's plain-http network an ordinary name has to do.
        self.SESSION_COOKIE_NAME = "__Host-s" if secure else "s"
        self.PREFERRED_URL_SCHEME = "https" if secure else "http"


class LocalConfig(Config):
    """One notebook in a hall: this machine's own addresses are trusted hosts, plain http is allowed."""

    ENVIRONMENT = "local"


class ProductionConfig(Config):
    """A public server. TRUSTED_HOSTS names its hosts, separated by commas."""

    ENVIRONMENT = "production"

    def __init__(self) -> None:
        super().__init__()
        hosts = [host.strip() for host in os.environ.get("TRUSTED_HOSTS", "").split(",") if host.strip()]
        if not hosts:
            raise SystemExit("Production needs TRUSTED_HOSTS, for example TRUSTED_HOSTS=sammana.example.go.th")
        if not self.PUBLIC_BASE_URL.startswith("https://"):
            raise SystemExit("Production needs PUBLIC_BASE_URL beginning with https://")
        self.TRUSTED_HOSTS = hosts


class TestingConfig(Config):
    """The suite: a data folder of its own, hosts fixed, CSRF as in real life."""

    ENVIRONMENT = "testing"
    TESTING = True
    TRUSTED_HOSTS = ["localhost", "127.0.0.1", "sammana.test"]
    # The cheapest argon2 the library takes: tests sign in hundreds of times.
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = {
        "argon2__memory_cost": 64,
        "argon2__time_cost": 1,
        "argon2__parallelism": 1,
    }


ENVIRONMENTS = {"local": LocalConfig, "production": ProductionConfig, "testing": TestingConfig}


def chosen() -> Config:
    """The configuration named by SAMMANA_ENV."""
    name = os.environ.get("SAMMANA_ENV", "local")
    try:
        return ENVIRONMENTS[name]()
    except KeyError:
        raise SystemExit(f"SAMMANA_ENV is {name!r}; it must be one of {', '.join(ENVIRONMENTS)}") from None
