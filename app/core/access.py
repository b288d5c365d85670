"""Closed unless declared open: every route says who may use it, and the guard refuses the rest.

Each domain's ``access.py`` builds its own decorators on ``declare``; the house test prints the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, request


@dataclass(frozen=True)
class Access:
    """Who may use a route: ``level`` names the decorator, ``roles`` narrows it, ``scope`` the loaded thing."""

    level: str
    roles: tuple[str, ...] = ()
    scope: str | None = None

    def __str__(self) -> str:
        return f"{self.level}({', '.join(self.roles)})" if self.roles else self.level


def declare(view: Callable[..., Any], access: Access) -> Callable[..., Any]:
    """Mark a view with its access. Wrappers added later must use functools.wraps or the page closes."""
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Anyone may open this page; it shows nothing personal."""

    @wraps(view)
    def open_to_all(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return declare(open_to_all, Access("public"))


def access_of(app: Flask, endpoint: str) -> Access | None:
    """The declared access of an endpoint, or None."""
    foreign: dict[str, Access] = app.extensions["sammana_access"]
    return foreign.get(endpoint) or getattr(app.view_functions.get(endpoint), "access", None)


def declare_endpoint(app: Flask, endpoint: str, access: Access) -> None:
    """Declare a route that a library registered."""
    app.extensions["sammana_access"][endpoint] = access


def init_access(app: Flask) -> None:
    """Install the guard: an endpoint without a declared access answers 403, in production too."""
    app.extensions["sammana_access"] = {}

    @app.before_request
    def guard() -> None:
        if request.endpoint is None:
            return  # routing has already failed: 404 or 405
        if access_of(app, request.endpoint) is None:
            app.logger.error("endpoint %s declares no access", request.endpoint)
            abort(403)
