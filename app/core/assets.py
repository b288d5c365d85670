"""Own and vendored browser files, served for ever under an address that changes with their content.

``/s/<build id>/css/…`` and ``/s/<build id>/js/…`` are our own, ``/s/<build id>/vendor/…`` came with npm. The id
stands before the path, so that relative imports inherit it; another id is 404, never new bytes at an old address.
"""

from __future__ import annotations

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Request, Response, abort, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from itsdangerous import URLSafeTimedSerializer

from .access import public
from .compression import squeeze
from .headers import content_security_policy

bp = Blueprint("assets", __name__)

_TYPES = {".wasm": "application/wasm", ".mjs": "text/javascript", ".js": "text/javascript", ".woff2": "font/woff2"}
_FOR_EVER = "public, max-age=31536000, immutable"
# The QR reader compiles WebAssembly in its worker, and a worker has the policy of its own file.
_WASM_WORKERS = frozenset({"js/workers/qr_reader.js"})
STYLES = ("tokens.css", "base.css", "layout.css")


_STYLE_SHEET = "css/main.css"
# What set-up leaves beside a vendored file, and the encoding it stands for.
_VARIANTS = {"br": ".br", "gzip": ".gz"}
# Pictures and fonts are compressed already.
_COMPRESSED_BY_US = frozenset({".css", ".js", ".mjs", ".svg"})


class Files:
    """The files as they were at start: where they lie, their joined style sheet, their build id."""

    def __init__(self, own: Path, vendor: Path) -> None:
        self.own, self.vendor = own.resolve(), vendor.resolve()
        self.styles = self._joined_styles()
        self.build_id = self._build_id()
        # Our own files are few and small: each is squeezed once, as hard as it goes, and kept.
        self.body = lru_cache(maxsize=None)(self._body)

    def find(self, path: str) -> Path | None:
        """The file of an address, or None; never one outside the two folders."""
        folder, rest = (
            (self.vendor, path.removeprefix("vendor/")) if path.startswith("vendor/") else (self.own, path)
        )
        found = (folder / rest).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None

    def address(self, path: str) -> str:
        """Where a page finds a file of ours; a misspelt one fails in the test, not in the hall."""
        if path != _STYLE_SHEET and self.find(path) is None:
            raise LookupError(f"there is no browser file {path}")
        return f"/s/{self.build_id}/{path}"

    def best_encoding(self, path: str, accepted: list[str]) -> str:
        """The smallest form of the file that the browser takes: "br", "gzip" or "" for as it is."""
        found = self.find(path)
        for encoding, ending in _VARIANTS.items():
            has_variant = found is not None and found.with_name(found.name + ending).is_file()
            if encoding in accepted and (has_variant or Path(path).suffix in _COMPRESSED_BY_US):
                return encoding
        return ""

    def _body(self, path: str, encoding: str) -> bytes:
        """The bytes of a file that exists, in an encoding that ``best_encoding`` chose."""
        found = self.find(path)
        if found is not None and encoding:
            variant = found.with_name(found.name + _VARIANTS[encoding])
            if variant.is_file():
                return variant.read_bytes()
        plain = self.styles if path == _STYLE_SHEET or found is None else found.read_bytes()
        return squeeze(plain, encoding, hardest=True) if encoding else plain

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


_WITHOUT_SESSION = frozenset({"/live", "/staff/scans", "/staff/here"})


class SessionsOfPages(SecureCookieSessionInterface):
    """Files are the same for everybody: with a session, a browser would fetch all again once it has a cookie.

    What waiting pages ask every second is for whoever holds the signed topic; scripts and the scans of a paired
    phone bring a token of their own. They too need no session.
    """

    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once: the secret does not change while the server runs."""
        self._serializer = self._serializer or super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return self.session_class() if _is_for_all(request) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not _is_for_all(request):
            super().save_session(app, session, response)


def _is_for_all(request: Request) -> bool:
    path = request.path
    return path.startswith(("/s/", "/api/")) or path in _WITHOUT_SESSION


def init_assets(app: Flask) -> None:
    """Read the files once, serve them, and give templates ``asset(path)``."""
    app.session_interface = SessionsOfPages()
    root = Path(app.root_path)
    files = Files(root / "static", root.parent / "build" / "vendor")
    app.extensions["sammana_files"] = files
    app.jinja_env.globals["asset"] = files.address
    app.register_blueprint(bp)


@bp.get("/s/<build_id>/<path:path>")
@public
def file(build_id: str, path: str) -> ResponseReturnValue:
    """A file of this build."""
    files: Files = current_app.extensions["sammana_files"]
    if build_id != files.build_id or (path != _STYLE_SHEET and files.find(path) is None):
        abort(404)
    accepted = [name for name in _VARIANTS if name in request.accept_encodings]
    encoding = files.best_encoding(path, accepted)
    response = Response(files.body(path, encoding), mimetype=_kind(path))
    response.headers["Cache-Control"] = _FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if path in _WASM_WORKERS:
        response.headers["Content-Security-Policy"] = content_security_policy(wasm=True)
    return response


def _kind(path: str) -> str:
    """The MIME type; not left to the machine's own table for what browsers are strict about."""
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
