"""Units of an event: the districts and ส่วนราชการประจำจังหวัด made with it, and what lies below or beside them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import clean_name
from app.database import db
from app.live import topics

from .models import Event, Unit, UnitKind
from .objections import check_removable

MOST_PEOPLE = 5000
ADDABLE = (UnitKind.AGENCY, UnitKind.LOCAL_GOVERNMENT, UnitKind.TAMBON)


def find(event: Event, public_id: str) -> Unit | None:
    """A unit of the event, or None."""
    return db.session.scalar(select(Unit).where(Unit.event_id == event.id, Unit.public_id == public_id))


def set_targets(event: Event, targets: Mapping[str, int], *, actor: object) -> int:
    """Set how many people units are expected to send, by public id; returns how many changed."""
    changed = 0
    for unit in event.units:
        target = targets.get(unit.public_id, unit.target)
        if not 0 <= target <= MOST_PEOPLE:
            raise RuleBroken(
                _l("โปรดใส่จำนวนเต็มระหว่าง %(low)s ถึง %(high)s", low=0, high=MOST_PEOPLE), unit.public_id
            )
        changed += target != unit.target
        unit.target = target
    if changed:
        db.session.flush()
        trail.record(actor, event, "units.targets_set", event, changed=changed)
        topics.touch(event, "registration")
    return changed


def save_unit(
    event: Event, unit: Unit | None, *, name: str, kind: UnitKind, parent: Unit | None, target: int, actor: object
) -> Unit:
    """Add an agency, a local government or a tambon, or change one; the province's districts keep their names."""
    name = clean_name(name)
    if not name:
        raise RuleBroken(_l("โปรดใส่ชื่อหน่วยงาน"), "name")
    is_ours = unit is None or unit.kind in ADDABLE
    if is_ours and kind not in ADDABLE:
        raise RuleBroken(_l("โปรดเลือกจากรายการ"), "kind")
    namesake = db.session.scalar(select(Unit).where(Unit.event_id == event.id, Unit.name == name))
    if namesake is not None and namesake is not unit:
        raise RuleBroken(_l("มีหน่วยชื่อนี้แล้ว โปรดเติมชื่ออำเภอให้ต่างกัน"), "name")
    action = "unit.edited" if unit else "unit.added"
    if unit is None:
        last = db.session.scalar(select(func.max(Unit.position)).where(Unit.event_id == event.id))
        unit = Unit(event_id=event.id, position=(last or 0) + 1)
        db.session.add(unit)
    if is_ours:
        unit.name, unit.kind = name, kind
        unit.parent_id = parent.id if parent else None
    unit.target = target
    db.session.flush()
    trail.record(actor, event, action, unit)
    topics.touch(event, "registration")
    return unit


def remove_unit(event: Event, unit: Unit, *, actor: object) -> None:
    """Remove a unit from which nobody comes."""
    below = db.session.scalar(select(Unit).where(Unit.parent_id == unit.id).limit(1))
    if below is not None:
        raise RuleBroken(_l("มีหน่วยย่อยอยู่ใต้หน่วยนี้ เช่น “%(name)s” โปรดลบหน่วยย่อยก่อน", name=below.name))
    check_removable(unit)
    trail.record(actor, event, "unit.removed", unit)
    topics.touch(event, "registration")
    db.session.delete(unit)
    db.session.flush()
