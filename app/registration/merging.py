"""Two records, one person: uniting them, taking that back, and remembering who is not the same.

The merged record stays as it is and points to the one that stands. Scans never move: presence is read over both.
Later domains move what is theirs when they hear ``registrants_merged``, and put it back on ``merger_undone``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event
from app.live import topics

from . import standing_in
from .models import Merger, NotTheSame, Registrant, Standing
from .person import name_keys
from .questions import answering
from .seats.quotas import lock
from .seats.waiting import promote
from .signals import merger_undone, registrants_merged

# What a person may have in two spellings; the organiser picks one of the two for each.
FIELDS = ("title", "first_name", "last_name", "position", "organisation", "category", "phone", "email", "food")
_KEYS = ("search_key", "sort_key")


def differences(kept: Registrant, other: Registrant) -> list[str]:
    """The columns in which both records say something, and not the same; ``unit_id`` among them."""
    differing = [name for name in FIELDS if getattr(kept, name) and getattr(other, name)]
    differing = [name for name in differing if getattr(kept, name) != getattr(other, name)]
    return [*differing, "unit_id"] if kept.unit_id != other.unit_id else differing


def merge(
    one: Registrant, other: Registrant, *, actor: object, take_other: Mapping[str, bool] | None = None
) -> Merger:
    """Unite two records of one event; the older one stands. ``take_other`` names columns that the younger gives.

    What only one of them says is kept in any case. Raises RuleBroken when one is withdrawn or merged already.
    """
    kept, merged = sorted((one, other), key=lambda record: record.id)
    lock(kept.event)
    db.session.refresh(kept)
    db.session.refresh(merged)
    _check(kept, merged)
    taken = take_other or {}
    before = {name: getattr(kept, name) for name in (*FIELDS, *_KEYS, "unit_id", "standing", "note")}
    for name in (*FIELDS, "unit_id"):
        if not getattr(kept, name) or (taken.get(name) and getattr(merged, name)):
            setattr(kept, name, getattr(merged, name))
    for key, value in name_keys(kept.first_name, kept.last_name).items():
        setattr(kept, key, value)
    kept.note = "; ".join(dict.fromkeys(filter(None, (kept.note, merged.note))))
    if merged.standing == Standing.REGISTERED:
        kept.standing = Standing.REGISTERED
    merged.merged_into_id = kept.id
    written = {name: [str(v) if name == "standing" else v, _plain(kept, name)] for name, v in before.items()}
    merger = Merger(event_id=kept.event_id, kept_id=kept.id, merged_id=merged.id)
    merger.written = {name: pair for name, pair in written.items() if pair[0] != pair[1]}
    db.session.add(merger)
    db.session.flush()
    db.session.expire(kept, ["unit"])
    moved = [answer for _receiver, answer in registrants_merged.send(kept, other=merged) if answer]
    moved.append({"answers": answering.unite(kept, merged), "stand_ins": standing_in.unite(kept, merged)})
    merger.moved = {name: rows for answer in moved for name, rows in answer.items()}
    db.session.flush()
    trail.record(actor, kept.event, "registrants.merged", kept, merged=merged.id, fields=sorted(merger.written))
    topics.touch(kept.event, "registration")
    promote(kept.event)  # two seats have become one
    return merger


def _check(kept: Registrant, merged: Registrant) -> None:
    if kept.event_id != merged.event_id or kept.id == merged.id:
        raise RuleBroken(_l("โปรดเลือกสองรายการของงานเดียวกัน"))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise RuleBroken(_l("รายการนี้รวมกับรายการอื่นไปแล้ว โปรดโหลดหน้าใหม่"))
    if Standing.WITHDRAWN in (kept.standing, merged.standing):
        raise RuleBroken(_l("มีรายการที่ถอนชื่อแล้ว จึงไม่ต้องรวม"))


def _plain(registrant: Registrant, name: str) -> Any:
    value = getattr(registrant, name)
    return str(value) if name == "standing" else value


def undo(merger: Merger, *, actor: object) -> None:
    """Make two records of one again. What somebody changed since in the record that stands, stays."""
    kept, merged = merger.kept, merger.merged
    lock(kept.event)
    for thing in (merger, kept, merged):
        db.session.refresh(thing)
    if merger.undone_at is not None:
        raise RuleBroken(_l("ยกเลิกการรวมนี้ไปแล้ว"))
    if kept.merged_into_id is not None:
        raise RuleBroken(_l("รายการนี้รวมเข้ากับรายการอื่นอีกชั้นหนึ่ง โปรดยกเลิกการรวมครั้งหลังก่อน"))
    merged.merged_into_id = None
    for name, (before, after) in merger.written.items():
        if _plain(kept, name) == after:
            setattr(kept, name, Standing(before) if name == "standing" else before)
    for key, value in name_keys(kept.first_name, kept.last_name).items():
        setattr(kept, key, value)
    merger.undone_at = clock.now()
    db.session.flush()
    db.session.expire(kept, ["unit"])
    answering.part(kept, merged, merger.moved.get("answers", []))
    standing_in.part(kept, merged, merger.moved.get("stand_ins", []))
    merger_undone.send(kept, other=merged, moved=merger.moved)
    trail.record(actor, kept.event, "registrants.parted", kept, merged=merged.id)
    topics.touch(kept.event, "registration")


def keep_apart(one: Registrant, other: Registrant, *, actor: object) -> None:
    """Remember that two records are two people; saying it twice is no error."""
    first, second = sorted((one, other), key=lambda record: record.id)
    if first.event_id != second.event_id or first.id == second.id:
        raise RuleBroken(_l("โปรดเลือกสองรายการของงานเดียวกัน"))
    lock(first.event)
    if _apart(first, second) is None:
        db.session.add(NotTheSame(event_id=first.event_id, one_id=first.id, other_id=second.id))
        db.session.flush()
        trail.record(actor, first.event, "registrants.kept_apart", first, other=second.id)


def look_again(one: Registrant, other: Registrant, *, actor: object) -> None:
    """Forget that two records are two people, so that the pair is shown again."""
    first, second = sorted((one, other), key=lambda record: record.id)
    row = _apart(first, second)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        trail.record(actor, first.event, "registrants.looked_at_again", first, other=second.id)


def _apart(first: Registrant, second: Registrant) -> NotTheSame | None:
    query = select(NotTheSame).where(NotTheSame.one_id == first.id, NotTheSame.other_id == second.id)
    return db.session.scalar(query)


def mergers_of(event: Event) -> list[Merger]:
    """The event's mergers that stand, the newest first."""
    return list(db.session.scalars(_standing().where(Merger.event_id == event.id).limit(100)))


def mergers_into(registrant: Registrant) -> list[Merger]:
    """The mergers that made this record what it is, the newest first."""
    return list(db.session.scalars(_standing().where(Merger.kept_id == registrant.id)))


def _standing() -> Select[Merger]:
    both = (joinedload(Merger.kept), joinedload(Merger.merged))
    return select(Merger).where(Merger.undone_at.is_(None)).options(*both).order_by(Merger.id.desc())


def find_merger(event: Event, public_id: str) -> Merger | None:
    """A merger of the event, or None."""
    return db.session.scalar(select(Merger).where(Merger.event_id == event.id, Merger.public_id == public_id))
