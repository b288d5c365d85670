"""Paper and scans compared. The signed paper is the office's evidence, the scans are quick; a person decides.

Each decision is a row of the ledger with who made it and why, and can be taken back by another row.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import CheckPoint
from app.live import topics
from app.registration.models import Registrant

from ..door import people
from ..ledger import presence, undoing
from ..ledger.appending import append
from ..ledger.attendance import stands
from ..ledger.deciding import Attempt, record_scan
from ..models import Scan, SheetLine
from . import sheets, signing
from .signing import Signature

NOT_COUNTED, STANDS = "not_counted", "stands"  # what a settlement says; kept as the row's reason


@dataclass(frozen=True)
class Case:
    """A person about whom paper and scans disagree: the signature, or when and where the scan was."""

    registrant: Registrant
    signature: Signature | None = None
    at: datetime | None = None
    gate: str = ""


@dataclass(frozen=True)
class Settled:
    """A case somebody decided."""

    scan_id: int
    registrant: Registrant
    decision: str
    remark: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Comparison:
    """What agrees, what does not, what was decided; ``not_keyed`` are scanned people of pages nobody keyed in."""

    both: int
    signed_only: Sequence[Case]
    scanned_only: Sequence[Case]
    not_keyed: int
    settled: Sequence[Settled]


def compare(check_point: CheckPoint) -> Comparison:
    """Signatures against presence, over merged records."""
    signed, entries = signing.signatures(check_point), presence.entries(check_point)
    came = {entry.registrant.id: entry for entry in entries}
    decided = {(one.registrant.id, one.decision): one for one in settlements(check_point)}
    keyed = _in_keyed_pages(check_point, signed.values(), came)
    signed_only = [root for root in signed if root not in came and (root, NOT_COUNTED) not in decided]
    unsigned = [root for root in came if root not in signed and (root, STANDS) not in decided]
    persons = _registrants(signed_only)
    return Comparison(
        both=sum(root in came for root in signed),
        signed_only=[Case(person, signed[person.id]) for person in persons],
        scanned_only=[
            Case(came[root].registrant, None, came[root].at, came[root].gate) for root in unsigned if root in keyed
        ],
        not_keyed=sum(root not in keyed for root in unsigned),
        settled=list(decided.values()),
    )


def count_as_present(check_point: CheckPoint, registrant: Registrant, actor: User) -> None:
    """The signature is believed: the person came. The time is the half-day's own, as paper has none."""
    attempt = Attempt(
        str(uuid.uuid4()),
        check_point,
        "paper",
        registrant_id=registrant.id,
        occurred_at=paper_time(check_point, clock.now()),
        gate=_("ใบลงทะเบียน"),
        actor=f"user:{actor.id}",
    )
    said = json.loads(record_scan(check_point.event, attempt))
    if said["outcome"] not in ("accepted", "already"):
        raise RuleBroken(f"{registrant.full_name}: {said['sentence']}")
    trail.record(actor, check_point.event, "paper.counted", registrant, check_point=check_point.public_id)


def count_all_as_present(check_point: CheckPoint, actor: User) -> int:
    """Every signature without a scan is believed; returns how many. For a morning that had paper alone."""
    cases = compare(check_point).signed_only
    for case in cases:
        count_as_present(check_point, case.registrant, actor)
    return len(cases)


def settle(check_point: CheckPoint, registrant: Registrant, decision: str, remark: str, actor: User) -> None:
    """Decide without changing presence: a signature that counts for nothing, a scan that stands unsigned."""
    remark = clean_text(remark, max_length=undoing.REASON_LENGTH)
    if decision not in (NOT_COUNTED, STANDS):
        raise RuleBroken(_l("โปรดเลือกจากรายการ"))
    if not remark:
        raise RuleBroken(_l("โปรดระบุเหตุผล"), "remark")
    values = {"action": "settle", "method": "paper", "reason": decision, "remark": remark}
    append(check_point.event, check_point.id, registrant.id, **values, actor=f"user:{actor.id}")
    trail.record(actor, check_point.event, "paper.settled", registrant, decision=decision)
    topics.touch(check_point.event, "checkin")


def take_back(check_point: CheckPoint, scan_id: int, actor: User) -> None:
    """Open a settled case again."""
    found = next((one for one in settlements(check_point) if one.scan_id == scan_id), None)
    if found is None:
        raise RuleBroken(_l("รายการนี้ถูกยกเลิกไปแล้ว"))
    values = {"action": "void", "method": "paper", "void_of_id": scan_id, "actor": f"user:{actor.id}"}
    append(check_point.event, check_point.id, found.registrant.id, **values)
    trail.record(actor, check_point.event, "paper.reopened", found.registrant)
    topics.touch(check_point.event, "checkin")


def settlements(check_point: CheckPoint) -> list[Settled]:
    """What was decided, with the name of who did, newest first."""
    roots = people.roots(check_point.event_id)
    query = (
        select(Scan.id, Registrant, Scan.reason, Scan.remark, Scan.actor, Scan.received_at)
        .join(roots, roots.c.id == Scan.registrant_id)
        .join(Registrant, Registrant.id == roots.c.root)
        .where(Scan.check_point_id == check_point.id, stands("settle"))
        .options(joinedload(Registrant.unit))
        .order_by(Scan.id.desc())
    )
    rows = db.session.execute(query).all()
    names = names_of(row.actor for row in rows)
    return [Settled(row[0], row[1], row[2], row[3], names.get(row[4], row[4]), row[5]) for row in rows]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """ "user:3" → the name of that account, for those of the actors that are accounts."""
    ids = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    if not ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {f"user:{number}": name for number, name in rows}


def paper_time(check_point: CheckPoint, now: datetime) -> datetime:
    """When somebody came of whom only a signature is known: the half-day's beginning, if that is past."""
    begins = check_point.opens_at
    if check_point.day is not None and check_point.starts is not None:
        starts = clock.at_local(check_point.day.date, check_point.starts.hour, check_point.starts.minute)
        begins = max(starts, begins) if begins is not None else starts
    return begins if begins is not None and begins <= now else now


def _in_keyed_pages(
    check_point: CheckPoint, signed: Iterable[Signature], came: dict[int, presence.Entry]
) -> set[int]:
    """Who stands on a page of which something was keyed in; who is on no page, by the pages of the unit."""
    pages = {(one.edition, one.page) for one in signed}
    editions = {sheet.id: sheet.edition for sheet in sheets.editions(check_point)}
    query = select(SheetLine.sheet_id, SheetLine.page, SheetLine.unit_id, SheetLine.registrant_id)
    found, listed, units = set(), set(), set()
    for row in db.session.execute(query.where(SheetLine.sheet_id.in_(editions))):
        is_keyed = (editions[row.sheet_id], row.page) in pages
        listed.add(row.registrant_id)
        if is_keyed:
            found.add(row.registrant_id)
            units.add(row.unit_id)
    return {
        root
        for root, entry in came.items()
        if root in found or (root not in listed and entry.registrant.unit_id in units)
    }


def _registrants(ids: Sequence[int]) -> list[Registrant]:
    query = (
        select(Registrant)
        .where(Registrant.id.in_(ids))
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    return list(db.session.scalars(query))
