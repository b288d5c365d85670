"""Ticking a list: the desk for any unit, a facilitator for the own tables. Each row is one tap."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.events.access import event_page
from app.events.models import CheckPoint, Event, Role
from app.groups import queries as groups
from app.groups.models import Group
from app.live import topics
from app.registration import queries as registrants
from app.registration.access import coordinator_page
from app.registration.models import Coordinator, Registrant

from .. import check_points, ticking
from ..hall import self_checkin
from ..hall.self_checkin import PresenceTicket
from ..ledger.sent import form_uuid
from ..ticking import Ticker
from . import bp
from .overview import check_point_or_404

OTHERS = "others"  # instead of a unit: guests, speakers, staff and press, who have no badge to show
TICKERS = (Role.ORGANISER, Role.REGISTRAR, Role.FACILITATOR)
_SEES_ALL = {Role.OWNER, Role.ORGANISER, Role.REGISTRAR}


@bp.get("/events/<slug>/tick")
@event_page(*TICKERS)
def tick_now(event: Event) -> ResponseReturnValue:
    """The list of the check-point in use at this moment."""
    points = event.check_points
    point = check_points.likely(event, clock.now()) or (points[0] if points else abort(404))
    return redirect(url_for(".tick_list", slug=event.slug, public_id=point.public_id, **_scope()))


@bp.get("/events/<slug>/tick/<public_id>")
@event_page(*TICKERS)
def tick_list(event: Event, public_id: str) -> ResponseReturnValue:
    """A list of people, each with one button. ``?group=`` or ``?unit=`` says whose; ``?part`` the list alone."""
    point = check_point_or_404(event, public_id)
    name = "checkin/_tick_rows.html" if "part" in request.args else "checkin/tick_list.html"
    moved = [topics.signed(event, "checkin")]
    return render_template(name, **_shown(event, point), topics=moved)


@bp.post("/events/<slug>/tick/<public_id>")
@event_page(*TICKERS)
def tick(event: Event, public_id: str) -> ResponseReturnValue:
    """One tap, or its undo; answers the list as it stands then."""
    point = check_point_or_404(event, public_id)
    people = _people(event, _chosen_group(event), request.args.get("unit", ""))
    problem = _write(point, people, _ticker())
    if "part" in request.args:
        return render_template("checkin/_tick_rows.html", **_shown(event, point, problem))
    if problem:
        flash(problem, "warning")
    return redirect(url_for(".tick_list", slug=event.slug, public_id=public_id, **_scope()))


@bp.get("/e/<slug>/unit/tick")
@coordinator_page
def unit_tick_list(event: Event, coordinator: Coordinator) -> ResponseReturnValue:
    """A unit's coordinator ticks the unit's people, in the hall: the screen's code has to be read first."""
    ticket = _in_the_hall(event)
    shown = _unit_shown(event, coordinator, ticket.check_point) if ticket is not None else {}
    if "part" in request.args and shown:
        return render_template("checkin/_tick_rows.html", **shown)
    moved = [topics.signed(event, "checkin")]
    return render_template(
        "checkin/unit_tick_list.html", event=event, unit=coordinator.unit, ticket=ticket, topics=moved, **shown
    )


@bp.post("/e/<slug>/unit/tick")
@coordinator_page
def unit_tick(event: Event, coordinator: Coordinator) -> ResponseReturnValue:
    """One tap of a coordinator, or its undo."""
    ticket = _in_the_hall(event)
    if ticket is None:
        return redirect(url_for(".unit_tick_list", slug=event.slug))
    people = registrants.everybody(event, coordinator.unit)
    problem = _write(ticket.check_point, people, _coordinators_hand(coordinator))
    if "part" in request.args:
        return render_template(
            "checkin/_tick_rows.html", **_unit_shown(event, coordinator, ticket.check_point, problem)
        )
    if problem:
        flash(problem, "warning")
    return redirect(url_for(".unit_tick_list", slug=event.slug))


def _in_the_hall(event: Event) -> PresenceTicket | None:
    packed = session.get(self_checkin.IN_COOKIE)
    return self_checkin.unpack(event, packed, clock.now(), self_checkin.COORDINATOR_LASTS)


def _coordinators_hand(coordinator: Coordinator) -> Ticker:
    return Ticker(f"coordinator:{coordinator.id}", _("รายชื่อของ%(name)s", name=coordinator.unit.name))


def _unit_shown(event: Event, coordinator: Coordinator, point: CheckPoint, problem: str = "") -> dict[str, object]:
    people = registrants.everybody(event, coordinator.unit)
    rows = ticking.rows(point, people, _coordinators_hand(coordinator))
    return _list(rows, url_for(".unit_tick", slug=event.slug), problem)


def _write(point: CheckPoint, people: Iterable[Registrant], ticker: Ticker) -> str:
    """Let in whom the form names, or take that back; the sentence of a refusal."""
    client_uuid = form_uuid(request.form.get("client_uuid", ""))
    if undone := request.form.get("undo", ""):
        answer = ticking.untick(point, undone, client_uuid, ticker)
    else:
        person = next((one for one in people if one.public_id == request.form.get("who")), None) or abort(404)
        answer = ticking.tick(point, person, client_uuid, ticker)
    said = json.loads(answer)
    return "" if said["outcome"] in ("accepted", "already") else str(said["sentence"])


def _list(rows: list[ticking.Row], target: str, problem: str) -> dict[str, object]:
    """What the rows' template needs."""
    return {
        "rows": rows,
        "came": sum(row.at is not None for row in rows),
        "target": target,
        "new_uuid": lambda: str(uuid.uuid4()),
        "problem": problem,
    }


def _shown(event: Event, point: CheckPoint, problem: str = "") -> dict[str, object]:
    group = _chosen_group(event)
    people = _people(event, group, request.args.get("unit", ""))
    rows = ticking.rows(point, people, _ticker())
    return {
        "event": event,
        "check_point": point,
        "group": group,
        "unit": next((unit for unit in event.units if unit.public_id == request.args.get("unit")), None),
        "others": request.args.get("unit") == OTHERS and bool(g.roles & _SEES_ALL),
        "groups": _own_groups(event),
        "may_see_all": bool(g.roles & _SEES_ALL),
        "scope": _scope(),
        **_list(rows, url_for(".tick", slug=event.slug, public_id=point.public_id, **_scope()), problem),
    }


def _own_groups(event: Event) -> list[Group]:
    """The tables whose people may be ticked here: the desk's all, a facilitator's own."""
    if g.roles & _SEES_ALL:
        grouping = groups.current_grouping(event)
        return groups.groups_of(grouping) if grouping is not None else []
    return groups.groups_guided_by(event, current_user)


def _chosen_group(event: Event) -> Group | None:
    """The table asked for; a facilitator's first one when none is."""
    own, asked = _own_groups(event), request.args.get("group", "")
    if asked:
        return next((group for group in own if group.public_id == asked), None) or abort(404)
    return own[0] if own and not g.roles & _SEES_ALL else None


def _people(event: Event, group: Group | None, unit_id: str) -> list[Registrant]:
    if group is not None:
        return groups.people_of(group)
    if not g.roles & _SEES_ALL:
        return []
    if unit_id == OTHERS:
        return registrants.others(event)
    unit = next((unit for unit in event.units if unit.public_id == unit_id), None)
    return registrants.everybody(event, unit) if unit is not None else []


def _scope() -> dict[str, Any]:
    return {name: request.args[name] for name in ("group", "unit") if request.args.get(name)}


def _ticker() -> Ticker:
    return Ticker(f"user:{current_user.id}", _("รายชื่อของ%(name)s", name=current_user.name))
