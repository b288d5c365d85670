"""Own and vendored browser files, served for ever under an address that changes with their content.

``/s/<build id>/css/…`` and ``/s/<build id>/js/…`` are our own, ``/s/<build id>/vendor/…`` came with npm. The id
stands before the path, so that relative imports inherit it; another id is 404, never new bytes at an old address.
"""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_file
from flask.typing import ResponseReturnValue

from .access import public
from .headers import content_security_policy

bp = Blueprint("assets", __name__)

_TYPES = {".wasm": "application/wasm", ".mjs": "text/javascript", ".js": "text/javascript", ".woff2": "font/woff2"}
_FOR_EVER = "public, max-age=31536000, immutable"
# The QR reader compiles WebAssembly in its worker, and a worker has the policy of its own file.
_WASM_WORKERS = frozenset({"js/workers/qr_reader.js"})
STYLES = ("tokens.css", "base.css", "layout.css")


class Files:
    """The files as they were at start: where they lie, their joined style sheet, their build id."""

    def __init__(self, own: Path, vendor: Path) -> None:
        self.own, self.vendor = own.resolve(), vendor.resolve()
        self.styles = self._joined_styles()
        self.build_id = self._build_id()

    def find(self, path: str) -> Path | None:
        """The file of an address, or None; never one outside the two folders."""
        folder, rest = (
            (self.vendor, path.removeprefix("vendor/")) if path.startswith("vendor/") else (self.own, path)
        )
        found = (folder / rest).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None

    def _joined_styles(self) -> bytes:
        """One style sheet: tokens, base, layout, then every component in the order of their names."""
        folder = self.own / "css"
        paths = [folder / name for name in STYLES] + sorted((folder / "components").glob("*.css"))
        return b"\n".join(path.read_bytes() for path in paths)

    def _build_id(self) -> str:
        digest = hashlib.sha256()
        for folder in (self.own, self.vendor):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    digest.update(path.relative_to(folder).as_posix().encode())
                    digest.update(path.read_bytes())
        return digest.hexdigest()[:12]


def init_assets(app: Flask) -> None:
    """Read the files once, serve them, and give templates ``asset(path)``."""
    root = Path(app.root_path)
    files = Files(root / "static", root.parent / "build" / "vendor")
    app.extensions["sammana_files"] = files
    app.jinja_env.globals["asset"] = lambda path: f"/s/{files.build_id}/{path}"
    for ending, kind in _TYPES.items():
        mimetypes.add_type(kind, ending)
    app.register_blueprint(bp)


@bp.get("/s/<build_id>/<path:path>")
@public
def file(build_id: str, path: str) -> ResponseReturnValue:
    """A file of this build."""
    files: Files = current_app.extensions["sammana_files"]
    if build_id != files.build_id:
        abort(404)
    if path == "css/main.css":
        return _for_ever(Response(files.styles, mimetype="text/css"))
    found = files.find(path) or abort(404)
    kind = _TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    response = _precompressed(found, kind) or send_file(found, mimetype=kind, conditional=False)
    if path in _WASM_WORKERS:
        response.headers["Content-Security-Policy"] = content_security_policy(wasm=True)
    return _for_ever(response)


def _precompressed(path: Path, kind: str) -> Response | None:
    """The variant that set-up left beside the file, when the browser takes it."""
    for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
        variant = path.with_name(path.name + ending)
        if encoding in request.accept_encodings and variant.is_file():
            response = send_file(variant, mimetype=kind, conditional=False)
            response.headers["Content-Encoding"] = encoding
            response.headers["Vary"] = "Accept-Encoding"
            return response
    return None


def _for_ever(response: Response) -> Response:
    response.headers["Cache-Control"] = _FOR_EVER
    return response
