"""Who may open an event's pages. An event of others does not exist: 404, never 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g
from flask_login import current_user
from sqlalchemy import bindparam, select

from app.accounts.access import ask_to_sign_in
from app.accounts.models import User
from app.core.access import Access, declare
from app.database import db

from .models import Event, Role, TeamMember

_BY_SLUG = select(Event).where(Event.slug == bindparam("slug"))  # prepared once: every page begins with it


def find_event(slug: str) -> Event | None:
    """The event of an address, or None."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def roles_of(user: User, event: Event) -> set[Role]:
    """The roles a user has in an event; an administrator owns every event."""
    query = select(TeamMember.role).where(TeamMember.event_id == event.id, TeamMember.user_id == user.id)
    roles = {Role(role) for role in db.session.scalars(query)}
    return roles | {Role.OWNER} if user.is_administrator else roles


def public_event_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """Anyone may open it; the view gets ``event`` instead of the slug."""

    @wraps(view)
    def with_event(slug: str, *args: Any, **kwargs: Any) -> Any:
        event = find_event(slug) or abort(404)
        g.event = event
        return view(event, *args, **kwargs)

    return declare(with_event, Access("public_event_page", scope="event"))


def event_page(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only the event's team: owners always, and whoever has one of the roles."""
    allowed = {Role.OWNER, *roles}

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def with_event(slug: str, *args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            event = find_event(slug) or abort(404)
            held = roles_of(current_user, event)
            if not held:
                abort(404)
            if not held & allowed:
                abort(403)
            g.event, g.roles = event, held
            return view(event, *args, **kwargs)

        return declare(with_event, Access("event_page", tuple(sorted(allowed)), scope="event"))

    return decorate
