"""Security headers on every answer, and the few pages that need a little more."""

from __future__ import annotations

from flask import Flask, Response, g

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


def usual_headers(*, https: bool, camera: bool = False) -> list[tuple[str, str]]:
    """The headers of every page, or of a page that scans."""
    usual = [
        ("Content-Security-Policy", content_security_policy(wasm=camera)),
        ("X-Content-Type-Options", "nosniff"),
        # same-origin, not no-referrer: Flask-WTF checks the referrer of https forms.
        ("Referrer-Policy", "same-origin"),
        (
            "Permissions-Policy",
            f"camera={'(self)' if camera else '()'}, microphone=(), geolocation=(), interest-cohort=()",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    return [*usual, ("Strict-Transport-Security", "max-age=31536000")] if https else usual


def init_headers(app: Flask) -> None:
    """Set the headers after every view; a view's own choice wins where it made one."""
    # Written out once: every scan and every question of a waiting page ends here.
    written = {
        camera: usual_headers(camera=camera, https=app.config["SESSION_COOKIE_SECURE"]) for camera in (False, True)
    }

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        chosen = {name.lower() for name, _value in headers}
        for name, value in written[g.get("camera", False)]:
            if name.lower() not in chosen:
                headers.add(name, value)
        # Pages hold names: no shared cache may keep them, and "back" asks again. Flask-Security's own setting
        # comes out as "private=True", which caches may not understand.
        if "=True" in headers.get("Cache-Control", "=True"):
            headers["Cache-Control"] = "private, no-store"
        return response
