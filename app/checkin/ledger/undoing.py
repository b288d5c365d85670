"""Taking a scan back: by who made it within seconds, by a supervisor later with a reason. Always by new rows."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, select

from app.accounts.models import User
from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import CheckPoint, Event
from app.live import topics
from app.registration.models import Registrant

from ..devices.doors import Meeting, Place
from ..door import people
from ..door.codes import ticket_in
from ..models import Scan
from .appending import append
from .attendance import first_entry, standing_rows, stands

WITHIN = timedelta(seconds=10)  # by the server's clock: a phone's can be set
REASON_LENGTH = 200
# A phone of the door, and somebody who ticks a list. A participant asks at the desk.
MAY_UNDO = ("device:", "user:", "coordinator:")
NOTHING_STANDS = _l("ผู้นี้ไม่มีรายการลงทะเบียนที่จุดนี้ หรือถูกยกเลิกไปแล้ว")
_CHILDREN = uuid.UUID("6d5f5d8e-3f57-4a0f-9f0e-1c4d5a2b7e60")  # names rows that follow from a void


def find(event: Meeting, check_point: Place | None, named: str, actor: str) -> Row[*tuple[Any, ...]] | None:
    """The standing enter its maker may take back: by its client_uuid, or the newest of a ticket."""
    if check_point is None or not actor.startswith(MAY_UNDO):
        return None
    query = select(Scan.id, Scan.registrant_id, Scan.received_at).where(
        Scan.event_id == event.id,
        Scan.check_point_id == check_point.id,
        Scan.actor == actor,
        stands(),  # an "already" too: heard after another door's scan, it would else keep its earlier time
    )
    code = ticket_in(named)
    person = people.find_by_code(code) if code else None
    wanted = Scan.registrant_id == person.id if person is not None else Scan.client_uuid == named
    found = db.session.execute(query.where(wanted).order_by(Scan.id.desc()).limit(1)).first()
    if found is None:
        return None
    people.lock([people.root_of(found.registrant_id)])
    # Another process may have taken it back while we waited.
    return db.session.execute(query.where(Scan.id == found.id)).first()


def follow_up(event: Meeting, scan_id: int, void_uuid: str, actor: str, at: datetime, now: datetime) -> None:
    """After an undo: the phone's other scans of that person go too, and another phone's scan takes the place.

    Somebody undoes a slip of the finger, but the right person may have shown the badge at the next door and
    been waved through with "already": that scan then becomes the one that counts.
    """
    scan = db.session.execute(select(Scan).where(Scan.id == scan_id)).scalar_one()
    own, others = _standing(scan, actor)
    for row in own:
        _void(event, scan.check_point_id, row, _child(void_uuid, row.id), "undo", actor, at, now)
    if others and first_entry(others) is None:
        _keep(event, scan.check_point_id, others[0], _child(void_uuid, others[0].id), now)


def grant(event: Event, about: Scan, reason: str, actor: User) -> None:
    """A phone's undo that came too late is granted: what that phone has of the person goes, another's stays."""
    reason = _readable(reason)
    assert about.registrant is not None and about.check_point is not None
    people.lock([people.root_of(about.registrant.id)])
    own, others = _standing(about, about.actor)
    if not own:
        raise RuleBroken(NOTHING_STANDS)
    now = clock.now()
    for row in own:
        _void(event, about.check_point_id, row, str(uuid.uuid4()), reason, f"user:{actor.id}", now, now)
    if others and first_entry(others) is None:
        _keep(event, about.check_point_id, others[0], str(uuid.uuid4()), now)
    _told(event, about.registrant, about.check_point, actor)


def _standing(scan: Scan, owner: str) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """The standing rows of a scan's person at its check-point: the owner's, and the others'."""
    rows = standing_rows(scan.check_point_id, people.root_of(scan.registrant_id))  # type: ignore[arg-type]
    return [row for row in rows if row.actor == owner], [row for row in rows if row.actor != owner]


def void_by_supervisor(
    event: Event, check_point: CheckPoint, registrant: Registrant, reason: str, actor: User
) -> None:
    """A person was not there after all: every standing enter of theirs at the check-point is voided."""
    reason = _readable(reason)
    root = people.root_of(registrant.id)
    people.lock([root])
    rows = standing_rows(check_point.id, root)
    if not rows:
        raise RuleBroken(NOTHING_STANDS)
    now = clock.now()
    for row in rows:
        _void(event, check_point.id, row, str(uuid.uuid4()), reason, f"user:{actor.id}", now, now)
    _told(event, registrant, check_point, actor)


def _readable(reason: str) -> str:
    reason = clean_text(reason, max_length=REASON_LENGTH)
    if not reason:
        raise RuleBroken(_l("โปรดระบุเหตุผลที่ยกเลิกรายการ"), "reason")
    return reason


def _told(event: Event, registrant: Registrant, check_point: CheckPoint, actor: User) -> None:
    # The reason is free text: it stays in the ledger, where erasure finds it, and out of the audit trail.
    trail.record(actor, event, "checkin.voided", registrant, check_point=check_point.public_id)
    topics.touch(event, "checkin")


def _void(
    event: Meeting,
    check_point_id: int | None,
    row: Row[Any],
    client_uuid: str,
    reason: str,
    actor: str,
    at: datetime,
    now: datetime,
) -> None:
    append(
        event,
        check_point_id,
        row.registrant_id,
        client_uuid=client_uuid,
        action="void",
        method="void",
        occurred_at=at,
        received_at=now,
        actor=actor,
        void_of_id=row.id,
        remark=reason,
    )


def _keep(event: Meeting, check_point_id: int | None, row: Row[Any], client_uuid: str, now: datetime) -> None:
    append(
        event,
        check_point_id,
        row.registrant_id,
        client_uuid=client_uuid,
        action="enter",
        method="kept",
        occurred_at=row.occurred_at,
        received_at=now,
        gate=row.gate,
        device_id=row.device_id,
        actor=row.actor,
    )


def _child(void_uuid: str, row_id: int) -> str:
    return str(uuid.uuid5(_CHILDREN, f"{void_uuid}:{row_id}"))
