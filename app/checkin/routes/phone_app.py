"""The door as an app on a phone: its worker, its manifest, and the page that opens without the network.

None of the three says anything of an event or a person; what the page shows comes from what the phone keeps.
"""

from __future__ import annotations

from flask import current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import phone_workers
from app.core.access import public
from app.core.assets import Files
from app.core.headers import allow_camera

from ..ledger import sentences
from . import bp

WORKER = "js/workers/door_app.js"
# Beside our own scripts: what the scanner needs of others.
_VENDORED = ("vendor/idb/index.js", "vendor/zxing/reader.js", "vendor/zxing/zxing_reader.wasm")


@bp.get("/staff/sw.js")
@public
def phone_worker() -> ResponseReturnValue:
    """The service worker, and before it what it keeps; served under /staff/, so that it reaches no further."""
    files: Files = current_app.extensions["sammana_files"]
    return phone_workers.worker("door", WORKER, _kept(files), shell=url_for(".phone_shell"))


@bp.get("/staff/app.webmanifest")
@public
def phone_manifest() -> ResponseReturnValue:
    """How the door looks on a phone's home screen."""
    files: Files = current_app.extensions["sammana_files"]
    icons = [
        {"src": files.address(f"img/door-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    response = jsonify(
        name=_("สัมมนา · ลงทะเบียนหน้างาน"),
        short_name=_("ลงทะเบียน"),
        start_url=url_for(".staff"),
        scope=url_for(".staff"),
        display="standalone",
        background_color="#f5f4ef",
        theme_color="#143660",
        icons=icons,
    )
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/staff/without-network")
@public
def phone_shell() -> ResponseReturnValue:
    """The page the worker shows when the server does not answer: no token, no event, no names in it."""
    allow_camera()
    return render_template("checkin/phone_shell.html", words=sentences.without_network())


def _kept(files: Files) -> list[str]:
    """Every script and style of ours, for a page of the door may ask for any of them, and the vendored few."""
    own = sorted(path.relative_to(files.own).as_posix() for path in (files.own / "js").rglob("*.js"))
    wanted = [path for path in own if not path.startswith("js/work/")]
    return ["css/main.css", "img/icon.svg", *wanted, *_VENDORED]
