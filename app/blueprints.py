"""Every domain's pages and commands, in the order of the house."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

from app.accounts.routes import bp as accounts
from app.api import door as _door  # noqa: F401  its addresses stand on the same blueprint
from app.api.scans import bp as api
from app.api.scans import record_at_one_go as api_scan
from app.checkin.routes import bp as checkin
from app.checkin.routes.scans import here as door_sign_of_life
from app.checkin.routes.scans import record as door_scans
from app.checkin.routes.scans import record_at_one_go as door_scan
from app.cli import register_commands
from app.core.shortcuts import Shortcut
from app.dashboard.linkage import behind as _linkage_behind  # noqa: F401
from app.dashboard.linkage import more as _linkage_more  # noqa: F401
from app.dashboard.linkage import pages as _linkage  # noqa: F401  its pages stand on the dashboard's blueprint
from app.dashboard.linkage import what_if as _linkage_what_if  # noqa: F401
from app.dashboard.navigation import init_navigation
from app.dashboard.routes import bp as dashboard
from app.dashboard.style_page import bp as style_page
from app.documents.routes import bp as documents
from app.events.routes import bp as events
from app.exercises.routes import bp as exercises
from app.groups.routes import bp as groups
from app.live.routes import bp as live
from app.live.routes import moved_at_once as what_moved
from app.materials.routes import bp as materials
from app.registration.routes import bp as registration
from app.registration.routes.public import register

# What a hall asks hundreds of times a second; the route of the same address answers whatever is unusual.
SHORTCUTS: dict[tuple[str, str], Shortcut] = {
    ("GET", "/live"): what_moved,
    ("POST", "/staff/scans"): door_scan,
    ("POST", "/api/v1/scans"): api_scan,
}


def register_blueprints(app: Flask, csrf: CSRFProtect) -> None:
    """Register pages, then commands. The API takes bearer tokens and no cookies, so it needs no CSRF token."""
    for blueprint in (
        *(live, accounts, events, registration, groups, checkin, materials, exercises),
        *(documents, dashboard, api),
    ):
        app.register_blueprint(blueprint)
    csrf.exempt(api)
    for view in (door_scans, door_sign_of_life):
        csrf.exempt(view)  # a page opened without the network has no token; access.device_request guards them
    csrf.exempt(register)  # its form checks the token itself, so that a stale one costs no typed word
    if app.config["ENVIRONMENT"] != "production":
        app.register_blueprint(style_page)
    init_navigation(app)
    register_commands(app)
