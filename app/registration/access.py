"""Who is this participant: the browser that once opened the personal link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, render_template, session
from sqlalchemy import select

from app.core.access import Access, declare
from app.database import db
from app.events.access import find_event
from app.events.models import Event

from .models import Coordinator, Registrant, Standing
from .records import standing_record

_KEY = "registrants"
_MOST = 20  # one phone may open several people's links; a cookie has little room


def remember(registrant: Registrant) -> None:
    """Let this browser be this registrant from now on; the last opened link of an event is the one shown."""
    held = {key: value for key, value in session.get(_KEY, {}).items() if key != registrant.event.public_id}
    newest = dict(list(held.items())[-(_MOST - 1) :])
    session[_KEY] = {**newest, registrant.event.public_id: [registrant.public_id, registrant.link_version]}
    session.permanent = False


def current_registrant(event: Event) -> Registrant | None:
    """The registrant this browser is for an event; None when it never opened a link, or the link was revoked."""
    held = session.get(_KEY, {}).get(event.public_id)
    if not held:
        return None
    query = select(Registrant).where(
        Registrant.event_id == event.id,
        Registrant.public_id == held[0],
        Registrant.link_version == held[1],
    )
    found = db.session.scalar(query)
    if found is None:
        return None
    registrant = standing_record(found)  # the browser keeps its own record, in case a merger is undone
    return None if registrant.standing == Standing.WITHDRAWN else registrant


def registrant_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A participant's own page; the view gets ``event`` and ``registrant``. Others learn how to get their link."""

    @wraps(view)
    def with_registrant(slug: str, *args: Any, **kwargs: Any) -> Any:
        event = find_event(slug) or abort(404)
        registrant = current_registrant(event)
        if registrant is None:
            return render_template("registration/no_link.html", event=event), 401
        g.event, g.registrant = event, registrant
        return view(event, registrant, *args, **kwargs)

    return declare(with_registrant, Access("registrant_page", scope="registrant"))


_UNITS = "coordinators"


def remember_coordinator(coordinator: Coordinator) -> None:
    """Let this browser be the coordinator of this unit; the last opened link of an event is the one in force."""
    held = {key: value for key, value in session.get(_UNITS, {}).items() if key != coordinator.event.public_id}
    newest = dict(list(held.items())[-(_MOST - 1) :])
    session[_UNITS] = {**newest, coordinator.event.public_id: [coordinator.public_id, coordinator.version]}
    session.permanent = False


def current_coordinator(event: Event) -> Coordinator | None:
    """The coordinator this browser is for an event; None when the link was never opened, replaced or closed."""
    held = session.get(_UNITS, {}).get(event.public_id)
    if not held:
        return None
    query = select(Coordinator).where(
        Coordinator.event_id == event.id,
        Coordinator.public_id == held[0],
        Coordinator.version == held[1],
        Coordinator.is_open,
    )
    return db.session.scalar(query)


def coordinator_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A unit's coordinator alone; the view gets ``event`` and ``coordinator``, whose unit is all it may touch."""

    @wraps(view)
    def with_coordinator(slug: str, *args: Any, **kwargs: Any) -> Any:
        event = find_event(slug) or abort(404)
        coordinator = current_coordinator(event)
        if coordinator is None:
            return render_template("registration/no_unit_link.html", event=event), 401
        g.event = event
        return view(event, coordinator, *args, **kwargs)

    return declare(with_coordinator, Access("coordinator_page", scope="unit"))
