"""Service workers: what lets pages open on a phone without the network. Each is served where its pages are."""

from __future__ import annotations

import json
from collections.abc import Iterable

from flask import Response, current_app

from .assets import Files

_COMMON = "js/workers/kept_files.js"
FONTS = tuple(f"vendor/fonts/{script}-{weight}.woff2" for script in ("thai", "latin") for weight in (400, 700))


def worker(name: str, script: str, paths: Iterable[str], **facts: str) -> Response:
    """A worker with what it keeps before it; ``name`` keeps its store apart, ``facts`` are its own settings."""
    files: Files = current_app.extensions["sammana_files"]
    addresses = [files.address(path) for path in (*paths, *FONTS)]
    kept = {"name": name, "build": files.build_id, "files": addresses, **facts}
    parts = [
        f"self.KEPT = {json.dumps(kept)};",
        *((files.own / one).read_text("utf-8") for one in (_COMMON, script)),
    ]
    response = Response("\n".join(parts), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
