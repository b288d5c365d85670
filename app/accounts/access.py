"""Who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, redirect, request, url_for
from flask_login import current_user

from app.core.access import Access, declare


def ask_to_sign_in() -> Any:
    """Send a person to the sign-in page and back afterwards; an unsafe request only gets the page."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=back))


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Anyone with an account."""

    @wraps(view)
    def only_signed_in(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return declare(only_signed_in, Access("signed_in"))


def administrators(view: Callable[..., Any]) -> Callable[..., Any]:
    """Those who run this installation."""

    @wraps(view)
    def only_administrators(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        if not current_user.is_administrator:
            abort(403)
        return view(*args, **kwargs)

    return declare(only_administrators, Access("administrators"))
