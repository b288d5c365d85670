"""ลา / ติดราชการ: somebody is absent with a reason. A row of the ledger, taken back by another."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import CheckPoint, Event
from app.live import topics
from app.registration.models import Registrant

from .door import people
from .ledger.appending import append
from .ledger.attendance import stands
from .models import Scan

REASON_LENGTH = 200


def reasons(event: Event) -> dict[tuple[int, int], str]:
    """(check-point id, standing record's id) → why the person is excused there; the newest word counts."""
    roots = people.roots(event.id)
    query = (
        select(Scan.check_point_id, roots.c.root, Scan.remark)
        .join(roots, roots.c.id == Scan.registrant_id)
        .where(Scan.event_id == event.id, stands("excuse"))
        .order_by(Scan.id)
    )
    return {(point_id, root): remark for point_id, root, remark in db.session.execute(query)}


def excuse(
    event: Event, check_points: Iterable[CheckPoint], registrant: Registrant, reason: str, actor: User
) -> None:
    """Note at each of the check-points why the person does not come."""
    reason, points = clean_text(reason, max_length=REASON_LENGTH), list(check_points)
    if not reason:
        raise RuleBroken(_l("โปรดระบุเหตุผล เช่น ลาป่วย ติดราชการที่กรมฯ"), "reason")
    if not points:
        raise RuleBroken(_l("โปรดเลือกช่วงอย่างน้อยหนึ่งช่วง"), "points")
    by = f"user:{actor.id}"
    for point in points:
        append(event, point.id, registrant.id, action="excuse", remark=reason, method="organiser", actor=by)
    # The reason is free text and can speak of health: it stays in the ledger, where erasure finds it.
    trail.record(
        actor, event, "attendance.excused", registrant, check_points=[point.public_id for point in points]
    )
    topics.touch(event, "checkin")


def take_back(event: Event, check_point: CheckPoint, registrant: Registrant, actor: User) -> None:
    """The person is expected again."""
    roots = people.roots(event.id)
    query = (
        select(Scan.id, Scan.registrant_id)
        .join(roots, roots.c.id == Scan.registrant_id)
        .where(
            Scan.check_point_id == check_point.id,
            roots.c.root == people.root_of(registrant.id),
            stands("excuse"),
        )
    )
    by = f"user:{actor.id}"
    for row in db.session.execute(query).all():
        append(event, check_point.id, row.registrant_id, action="void", void_of_id=row.id, actor=by, method="void")
    trail.record(actor, event, "attendance.excuse_withdrawn", registrant, check_point=check_point.public_id)
    topics.touch(event, "checkin")
