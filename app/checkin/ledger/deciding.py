"""The one place that decides whether somebody came in, and the only one that writes the ledger.

A scan is a fact with an id made by the phone. The same id again gives the stored answer byte for byte, whatever
has happened since, so a phone may repeat a request until it hears. Nothing is updated or deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, distinct, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock
from app.database import db
from app.live import topics

from ..devices.doors import Meeting, Place
from ..door import people
from ..door.codes import storable, ticket_in
from ..door.glancing import Glance
from ..door.people import Person
from ..models import Scan
from . import sentences, undoing, unlisting
from .attendance import first_entry, standing_rows
from .hours import why_shut
from .moments import CLAIM_LENGTH, believed

_UUID = re.compile(r"[A-Za-z0-9-]{8,36}")
_TABLE: Any = Scan.__table__
_STORED = select(Scan.event_id, Scan.answer).where(Scan.client_uuid == bindparam("client_uuid"))
# One statement, prepared once: a repeat that another process is writing at this very moment inserts nothing.
INSERT = {
    name: insert(_TABLE).on_conflict_do_nothing(index_elements=["client_uuid"]).returning(_TABLE.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
FLAG_AFTER = 3  # people on one phone at one check-point; more are taken in and marked


@dataclass(frozen=True)
class Attempt:
    """One thing that happened at a door. Either ``code`` was read or ``registrant_id`` was chosen.

    ``check_point`` is None where the phone named none of this event. To void, ``code`` is the client_uuid of
    the scan to take back. ``seen`` is what one look has found already; without it the ledger looks by itself.
    """

    client_uuid: str
    check_point: Place | None
    method: str
    code: str = ""
    registrant_id: int | None = None
    action: str = "enter"
    occurred_at: datetime | str | None = None
    device_id: int | None = None
    gate: str = ""
    actor: str = ""
    browser_id: str | None = None
    is_offline: bool = False
    typed: str = ""
    skew: timedelta = timedelta(0)  # how far the phone's clock is behind ours
    seen: Glance | None = None

    def moment(self, event: Meeting, now: datetime) -> datetime:
        """When it happened, as far as the phone can be believed."""
        return believed(
            self.occurred_at, first_day=event.first_day, made_at=event.created_at, now=now, skew=self.skew
        )


@dataclass(frozen=True)
class Verdict:
    """What was decided, before it is a row and an answer."""

    outcome: str
    reason: str = ""
    person: Person | None = None
    first_at: datetime | None = None
    first_by: str = ""
    words: tuple[object, object] | None = None
    void_of_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """A row of the ledger, decided and ready to be written, with the answer that it will give for ever."""

    verdict: Verdict
    values: dict[str, Any]
    answer: str

    @property
    def moves_figures(self) -> bool:
        """Whether the pages that count must ask again."""
        return self.verdict.outcome in ("accepted", "pending_review")


Judge = Callable[[Meeting, Attempt, datetime, datetime], Verdict]


def record_scan(event: Meeting, attempt: Attempt, *, announce: bool = True) -> str:
    """Decide, write the row, return the answer as JSON text. Flushes; the caller commits before answering.

    With ``announce`` False the caller raises the live topic itself, once for many scans.
    """
    return _record(event, attempt, _judge, announce=announce)


def record_problem(event: Meeting, attempt: Attempt, method: str, verdict: Verdict, typed: str) -> str:
    """Somebody typed in at the door could not be taken in: refused as ``verdict`` says, or for review.

    ``typed`` is kept with the row only where the person has been let in already.
    """
    made = replace(attempt, method=method, code="", registrant_id=None, seen=None)
    kept = typed if attempt.is_offline else ""
    return _record(event, replace(made, typed=kept), lambda *_facts: verdict, announce=False)


def _record(event: Meeting, attempt: Attempt, judge: Judge, *, announce: bool) -> str:
    if not is_client_uuid(attempt.client_uuid):
        return _answer(attempt, Verdict("refused", "error"))  # without an id it cannot be remembered
    seen = attempt.seen
    stored = seen.stored if seen is not None else stored_answer(event, attempt.client_uuid)
    if stored is not None:
        return stored
    entry = _entry(event, attempt, judge)
    answer = _write(event, attempt, entry)
    if announce and entry.moves_figures:
        topics.touch(event, "checkin")
    return answer


def entry_at_a_glance(event: Meeting, attempt: Attempt) -> Entry:
    """The row for an enter or exit of which everything was seen (``standing`` too): asks no database."""
    return _entry(event, attempt, _judge)


def _entry(event: Meeting, attempt: Attempt, judge: Judge) -> Entry:
    now = clock.now()
    at = attempt.moment(event, now)
    verdict = judge(event, attempt, at, now)
    if verdict.outcome == "refused" and attempt.is_offline:
        # The person has been let in already; what we would have refused is for a supervisor, not for the door.
        verdict = replace(verdict, outcome="pending_review", words=sentences.REVIEW)
    answer = _answer(attempt, verdict)
    return Entry(verdict, _row(event, attempt, verdict, at, now) | {"answer": answer}, answer)


def is_client_uuid(text: str) -> bool:
    """Whether a scan can be remembered by this id."""
    return _UUID.fullmatch(text) is not None


def stored_answer(event: Meeting, client_uuid: str) -> str | None:
    """The answer this id was given before, or None."""
    if not is_client_uuid(client_uuid):
        return None
    row = db.session.connection().execute(_STORED, {"client_uuid": client_uuid}).first()
    return row.answer if row is not None and row.event_id == event.id else None


def _judge(event: Meeting, attempt: Attempt, at: datetime, now: datetime) -> Verdict:
    """The order of the tests is the order in which a person at the door would want to know."""
    if attempt.check_point is None or attempt.action not in ("enter", "exit", "void"):
        return Verdict("refused", "error", _of_this_event(event, attempt))
    if attempt.action == "void":
        return _take_back(event, attempt, now)
    person = _find(attempt)
    if person is None:
        return Verdict("refused", _why_unknown(attempt.code))
    if person.event_id != event.id:
        return Verdict("refused", "not_registered_here")  # and not a word about who it is
    if not person.is_registered:
        reason = "withdrawn" if person.standing == "withdrawn" else "not_registered_here"
        return Verdict("refused", reason, person)
    if not attempt.check_point.admits(*person.whence):
        return Verdict("refused", "not_registered_here", person, words=sentences.NOT_MEANT)
    if attempt.seen is None:  # else the look has locked already
        people.lock([person.id])
    if attempt.action == "exit":
        return Verdict("accepted", person=person)
    return _enter(attempt, attempt.check_point, person, at)


def _enter(attempt: Attempt, check_point: Place, person: Person, at: datetime) -> Verdict:
    shut = why_shut(check_point, at)
    if shut == "not_yet_open":
        return Verdict("refused", shut, person)
    seen = attempt.seen.standing if attempt.seen is not None else None
    first = first_entry(seen if seen is not None else standing_rows(check_point.id, person.id))
    if first is not None:
        first_at, gate = (at, attempt.gate) if at < first[0] else first
        words = (sentences.already(first_at, gate, at), "")
        return Verdict("already", "already_in", person, first_at, gate, words)
    if shut:
        return Verdict("refused", shut, person)
    return Verdict("accepted", "", person, at, attempt.gate)


def _find(attempt: Attempt) -> Person | None:
    if attempt.seen is not None:
        return attempt.seen.person
    if attempt.registrant_id is not None:
        return people.find(attempt.registrant_id, attempt.check_point)
    code = ticket_in(attempt.code)
    return people.find_by_code(code, attempt.check_point) if code else None


def _of_this_event(event: Meeting, attempt: Attempt) -> Person | None:
    """Whom an attempt that cannot be judged is about, so that the review list has a name."""
    person = _find(attempt) if attempt.action != "void" else None
    return person if person is not None and person.event_id == event.id else None


def _why_unknown(content: str) -> str:
    code = ticket_in(content)
    return "revoked" if code and people.is_revoked(code) else "unknown_code"


def _take_back(event: Meeting, attempt: Attempt, now: datetime) -> Verdict:
    """Undo by the phone or person that made it; see undoing.py."""
    found = undoing.find(event, attempt.check_point, attempt.code, attempt.actor)
    if found is None:
        return Verdict("refused", "error", words=sentences.UNDO_NOTHING)
    if now - found.received_at > undoing.WITHIN:
        return Verdict("refused", "closed", words=sentences.UNDO_TOO_LATE)
    person = people.find(found.registrant_id)
    return Verdict("accepted", person=person, void_of_id=found.id)


def _write(event: Meeting, attempt: Attempt, entry: Entry) -> str:
    values, void_of_id = entry.values, entry.verdict.void_of_id
    written = db.session.connection().execute(INSERT[db.engine.dialect.name], values).scalar()
    if written is None:
        # The same request came in by another process at this very moment and was first.
        return stored_answer(event, attempt.client_uuid) or _answer(attempt, Verdict("refused", "error"))
    if void_of_id is not None:
        at, now = values["occurred_at"], values["received_at"]
        undoing.follow_up(event, void_of_id, attempt.client_uuid, attempt.actor, at, now)
        unlisting.follow_undo(void_of_id, attempt.actor)
    return entry.answer


def _row(event: Meeting, attempt: Attempt, verdict: Verdict, at: datetime, now: datetime) -> dict[str, Any]:
    claimed = attempt.occurred_at
    return {
        "client_uuid": attempt.client_uuid,
        "event_id": event.id,
        "check_point_id": attempt.check_point.id if attempt.check_point is not None else None,
        # A badge of another event leaves no trace of its owner in this one.
        "registrant_id": verdict.person.id if verdict.person is not None else None,
        "raw_code": storable(attempt.code),
        "action": storable(attempt.action)[:10],
        "method": attempt.method,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "occurred_at": at,
        "claimed_at": storable(claimed if isinstance(claimed, str) else at.isoformat())[:CLAIM_LENGTH],
        "received_at": now,
        "actor": attempt.actor,
        "gate": attempt.gate,
        "device_id": attempt.device_id,
        "browser_id": attempt.browser_id,
        "is_offline": attempt.is_offline,
        "is_flagged": _is_crowded(attempt, verdict),
        "void_of_id": verdict.void_of_id,
        "typed": attempt.typed,
        "remark": "undo" if verdict.void_of_id is not None else "",
    }


def _is_crowded(attempt: Attempt, verdict: Verdict) -> bool:
    """Whether this phone has already brought in as many as one phone usually does."""
    if attempt.browser_id is None or attempt.check_point is None or verdict.outcome != "accepted":
        return False
    query = select(func.count(distinct(Scan.registrant_id))).where(
        Scan.browser_id == attempt.browser_id,
        Scan.check_point_id == attempt.check_point.id,
        Scan.outcome == "accepted",
        Scan.action == "enter",
    )
    return (db.session.scalar(query) or 0) >= FLAG_AFTER


def _answer(attempt: Attempt, verdict: Verdict) -> str:
    """The reply as JSON: outcome and reason for machines, sentence and advice for people."""
    sentence, advice = verdict.words or _words(attempt, verdict)
    reply = {
        "client_uuid": storable(attempt.client_uuid),
        "outcome": verdict.outcome,
        "reason": verdict.reason or None,
        "sentence": str(sentence),
        "advice": str(advice),
        "person": verdict.person.card() if verdict.person is not None else None,
        "first_at": clock.local(verdict.first_at).isoformat() if verdict.first_at is not None else None,
        "first_by": verdict.first_by or None,
    }
    return _JSON.encode(reply)


def _words(attempt: Attempt, verdict: Verdict) -> tuple[object, object]:
    if verdict.outcome == "accepted":
        return sentences.accepted(attempt.action), ""
    return sentences.REFUSALS[verdict.reason]
