"""Sammana (สัมมนา): trainings from the list of names to the linkage report. ``create_app`` is the contents."""

from __future__ import annotations

import logging
import os
import secrets

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.accounts.security import init_security
from app.blueprints import SHORTCUTS, register_blueprints
from app.core import addresses, secret_key
from app.core.access import init_access
from app.core.application import Application
from app.core.assets import init_assets
from app.core.bodies import init_bodies
from app.core.compression import init_compression
from app.core.errors import init_errors
from app.core.headers import init_headers
from app.core.intake import init_intake
from app.core.languages import init_languages
from app.core.shortcuts import init_shortcuts
from app.core.templating import init_templating
from app.core.transport import init_transport
from app.core.turns import init_turns
from app.database import init_database
from app.reactions import init_reactions
from config import Config, chosen

csrf = CSRFProtect()


def create_app(config: Config | None = None) -> Flask:
    """Build the application: settings, then what every request passes, then the domains in their order."""
    config = config or chosen()
    app = Application(__name__, static_folder=None)
    app.config.from_object(config)
    app.config["SECRET_KEY"], app.config["HAS_DATA_DIR"] = _secret_key(config)
    if config.ENVIRONMENT == "local":
        app.config["TRUSTED_HOSTS"] = addresses.local_hosts()
    app.jinja_env.undefined = StrictUndefined
    app.logger.setLevel(logging.INFO)

    init_database(app)  # first, so that its commit is the last thing before an answer leaves
    init_errors(app)
    init_headers(app)
    init_compression(app)
    init_transport(app)
    init_access(app)
    init_bodies(app)  # before CSRF protection, which reads the form
    csrf.init_app(app)
    init_languages(app)
    init_templating(app)
    init_assets(app)
    init_security(app)
    register_blueprints(app, csrf)
    init_reactions(app)
    init_turns(app)
    init_shortcuts(app, SHORTCUTS)
    if config.BEHIND_PROXY:
        # Exactly one proxy; host and prefix from outside are not believed.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0, x_prefix=0)  # type: ignore[method-assign]
    init_intake(app)
    return app


def _secret_key(config: Config) -> tuple[str, bool]:
    """The key of the data folder, both made at first need, and whether there is a folder.

    Where there can be none, a command gets a passing key: one that needs the folder says so, others go on.
    """
    try:
        config.DATA_DIR.mkdir(parents=True, exist_ok=True)
        return secret_key.load_or_create(config.DATA_DIR), True
    except OSError:
        if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
            raise
        return secrets.token_hex(32), False
