"""Door staff have no accounts: a paired phone holds a cookie, a script a bearer token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, abort, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.access import Access, declare
from app.core.errors import wants_json
from app.database import SAFE_METHODS, may_write
from app.events.access import find_event

from .devices import doors
from .devices.doors import Door
from .devices.pairing import device_of
from .models import Device

NOT_PAIRED = _l("โทรศัพท์เครื่องนี้ยังไม่ได้จับคู่ หรือถูกยกเลิกแล้ว")


def device_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of a paired phone; the view gets ``device``. Others learn how a phone is paired."""

    @wraps(view)
    def with_device(*args: Any, **kwargs: Any) -> Any:
        device = device_of(request.cookies.get(cookie_name(), ""))
        if device is None:
            return _not_paired()
        return view(_in_use(device), *args, **kwargs)

    return declare(with_device, Access("device_page", scope="device"))


def device_request(view: Callable[..., Any]) -> Callable[..., Any]:
    """A request of our own script on a paired phone; the view gets ``device``.

    A page that was opened without the network holds no form token, so these views are exempt from it. What stands
    in its place: the cookie stays at home on another site's posts (SameSite), another site cannot post JSON, and a
    browser says whose page asks.
    """
    return _own_script(view, device_of)


def door_request(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same for what only sends scans: the view gets a ``door`` (doors.py), which costs less to find."""
    return _own_script(view, doors.find)


def bearer(asked: Request) -> str:
    """The token of ``Authorization: Bearer``, or ""."""
    scheme, _space, token = asked.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def own_cookie(asked: Request) -> str:
    """The token of a paired phone whose own page asks, or ""."""
    return asked.cookies.get(cookie_name(), "") if _is_own_page(asked) else ""


def _own_script(view: Callable[..., Any], find: Callable[[str], Any]) -> Callable[..., Any]:
    @wraps(view)
    def with_device(*args: Any, **kwargs: Any) -> Any:
        if not _is_own_page(request):
            abort(403)
        device = find(request.cookies.get(cookie_name(), ""))
        if device is None:
            return jsonify(error=401, sentence=str(NOT_PAIRED)), 401
        return view(_in_use(device), *args, **kwargs)

    return declare(with_device, Access("device_page", scope="device"))


def device_api(view: Callable[..., Any]) -> Callable[..., Any]:
    """A request of a script that sends a device's token as ``Authorization: Bearer``; cookies are ignored."""
    return _foreign_script(view, device_of)


def door_api(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same for what only sends scans: the view gets a ``door`` (doors.py), which costs less to find."""
    return _foreign_script(view, doors.find)


def _foreign_script(view: Callable[..., Any], find: Callable[[str], Any]) -> Callable[..., Any]:
    @wraps(view)
    def with_device(*args: Any, **kwargs: Any) -> Any:
        token = bearer(request)
        device = find(token) if token else None
        if device is None:
            answer = jsonify(error=401, sentence=_("ไม่มีรหัสของอุปกรณ์ หรือรหัสถูกยกเลิกหรือหมดอายุแล้ว"))
            return answer, 401, {"WWW-Authenticate": "Bearer"}
        return view(_in_use(device), *args, **kwargs)

    return declare(with_device, Access("device_api", scope="device"))


def hall_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A public page of the hall, whose address comes from an all-uppercase QR; the view gets ``event``."""

    @wraps(view)
    def with_event(slug: str, *args: Any, **kwargs: Any) -> Any:
        event = find_event(slug.lower()) or abort(404)
        g.event = event
        return view(event, *args, **kwargs)

    return declare(with_event, Access("public_event_page", scope="event"))


def cookie_name() -> str:
    """The cookie of a paired phone; the __Host- prefix needs https."""
    return "__Host-door" if current_app.config["SESSION_COOKIE_SECURE"] else "door"


def give_token(response: Response, device: Device, token: str) -> None:
    """Hand the token to the phone, out of reach of scripts, for as long as the device lives."""
    response.set_cookie(
        cookie_name(),
        token,
        expires=device.expires_at,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def take_token(response: Response) -> None:
    """Un-pair this phone."""
    response.delete_cookie(
        cookie_name(), httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )


def _in_use(device: Device | Door) -> Device | Door:
    g.event = device.event
    said = request.headers.get("X-Waiting", "")
    if may_write() and doors.has_news(device, said):
        doors.heard_of(device, clock.now(), doors.waiting(said, device.waiting))
    return device


def _is_own_page(asked: Request) -> bool:
    """Whether the browser says that a page of ours asks, or says nothing and no other site could have asked."""
    if asked.method not in SAFE_METHODS and asked.mimetype != "application/json":
        return False
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = asked.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == asked.host


def _not_paired() -> ResponseReturnValue:
    if wants_json():
        return jsonify(error=401, sentence=str(NOT_PAIRED)), 401
    return render_template("checkin/not_paired.html"), 401
