"""What the organiser sets: seats of the event, of units and categories, the waiting list, who must be approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import Event, Unit
from app.events.units import MOST_PEOPLE
from app.live import topics

from ..models import Registrant
from .models import CategoryQuota
from .quotas import lock
from .waiting import promote


@dataclass(frozen=True)
class Wanted:
    """Everything on the page of seats. Units by public id, categories by name as (target, seats)."""

    whole: int | None
    units: Mapping[str, int | None]
    categories: Mapping[str, tuple[int, int | None]]
    has_waiting_list: bool
    asks_approval: bool


def set_seats(event: Event, wanted: Wanted, *, actor: object) -> list[Registrant]:
    """Write the seats; whoever waits and now has one is returned. Fewer seats than people send nobody away."""
    for number in (
        wanted.whole,
        *wanted.units.values(),
        *(n for pair in wanted.categories.values() for n in pair),
    ):
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            raise RuleBroken(_l("โปรดใส่จำนวนเต็มระหว่าง %(low)s ถึง %(high)s", low=0, high=MOST_PEOPLE))
    lock(event)
    event.seats, event.has_waiting_list = wanted.whole, wanted.has_waiting_list
    event.asks_approval = wanted.asks_approval
    for unit in event.units:
        unit.seats = wanted.units.get(unit.public_id, unit.seats)
    for category, (target, seats) in wanted.categories.items():
        _set_quota(event, None, category, target, seats)
    return _finish(event, actor)


def set_share(
    event: Event, unit: Unit, category: str, *, target: int, seats: int | None, actor: object
) -> list[Registrant]:
    """Target and seats of one category in one unit; 0 and no seats remove the share."""
    category = clean_text(category)
    if not category:
        raise RuleBroken(_l("โปรดเลือกประเภท"), "category")
    if unit.event_id != event.id:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
    lock(event)
    _set_quota(event, unit, category, target, seats)
    return _finish(event, actor)


def _set_quota(event: Event, unit: Unit | None, category: str, target: int, seats: int | None) -> None:
    query = select(CategoryQuota).where(
        CategoryQuota.event_id == event.id,
        CategoryQuota.category == category,
        CategoryQuota.unit_id.is_(None) if unit is None else CategoryQuota.unit_id == unit.id,
    )
    quota = db.session.scalar(query)
    if not target and seats is None:
        if quota is not None:
            db.session.delete(quota)
        return
    if quota is None:
        quota = CategoryQuota(event_id=event.id, unit_id=unit.id if unit else None, category=category[:100])
        db.session.add(quota)
    quota.target, quota.seats = target, seats


def _finish(event: Event, actor: object) -> list[Registrant]:
    db.session.flush()
    trail.record(actor, event, "seats.set", event)
    topics.touch(event, "registration")
    return promote(event)


def quotas_of(event: Event) -> list[CategoryQuota]:
    """Every category's target and seats, those of all units first."""
    query = select(CategoryQuota).where(CategoryQuota.event_id == event.id).options(joinedload(CategoryQuota.unit))
    return sorted(db.session.scalars(query), key=lambda quota: (quota.unit_id is not None, quota.id))
