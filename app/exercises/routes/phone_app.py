"""The group's page as an app on a phone: the worker that shows it when the server does not answer."""

from __future__ import annotations

from flask import Response, current_app

from app.core import phone_workers
from app.core.access import public
from app.core.assets import Files
from app.core.headers import content_security_policy

from . import bp

WORKER = "js/workers/table_app.js"
_FILES = ("css/main.css", "img/icon.svg", "js/main.js", "js/http.js", "js/outbox.js", "vendor/idb/index.js")
_MODULES = ("js/modules/group_work.js", "js/modules/phone_app.js")


@bp.get("/x/sw.js")
@public
def table_worker() -> Response:
    """The service worker of groups' pages and the files they need; it says nothing of an exercise."""
    files: Files = current_app.extensions["sammana_files"]
    parts = sorted(path.relative_to(files.own).as_posix() for path in (files.own / "js/work").glob("*.js"))
    return phone_workers.worker("tables", WORKER, [*_FILES, *_MODULES, *parts], policy=content_security_policy())
