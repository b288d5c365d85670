"""Security headers on every answer, and the few pages that need a little more."""

from __future__ import annotations

from flask import Flask, Response, current_app, g

_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# For bytes that somebody uploaded: never a document of ours.
DOWNLOAD_CSP = "default-src 'none'; sandbox"


def allow_camera() -> None:
    """This page scans: it may open the camera and run the QR reader's WebAssembly."""
    g.camera = True


def content_security_policy(wasm: bool = False) -> str:
    """The policy as one header value; ``wasm`` adds WebAssembly compilation, for the scanner alone."""
    policy = dict(_CSP)
    if wasm:
        policy["script-src"] = "'self' 'wasm-unsafe-eval'"
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def init_headers(app: Flask) -> None:
    """Set the headers after every view; a view's own choice wins where it made one."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        camera = g.get("camera", False)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", content_security_policy(wasm=camera))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        # same-origin, not no-referrer: Flask-WTF checks the referrer of https forms.
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault(
            "Permissions-Policy",
            f"camera={'(self)' if camera else '()'}, microphone=(), geolocation=(), interest-cohort=()",
        )
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages hold names: no shared cache may keep them, and "back" asks again. Flask-Security's own setting
        # comes out as "private=True", which caches may not understand.
        if "=True" in headers.get("Cache-Control", "=True"):
            headers["Cache-Control"] = "private, no-store"
        if current_app.config["SESSION_COOKIE_SECURE"]:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
