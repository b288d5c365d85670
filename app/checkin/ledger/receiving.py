"""What phones and scripts send, one by one or in batches, recorded: every item gets an answer, none is lost."""

from __future__ import annotations

import json
from typing import Any

from app.core.errors import RuleBroken
from app.core.ids import is_public_id
from app.core.text import UnreadableText
from app.database import db
from app.live import topics

from ..devices.doors import Sender
from ..door import newcomers, people, stand_in, walk_in
from ..door.codes import storable, ticket_in
from ..models import Device
from . import sentences
from .deciding import Attempt, Verdict, record_problem, record_scan, stored_answer
from .sent import attempt_from, named_person

MOST = 200  # in one batch
_TYPED = ("name", "position", "unit", "phone", "for")
_MOVES_FIGURES = ('"outcome":"accepted"', '"outcome":"pending_review"')


def record_batch(sender: Sender, sent: list[Any]) -> list[str]:
    """Record up to MOST scans; their answers in the same order. Anything that is no object counts as empty."""
    items = [item if isinstance(item, dict) else {} for item in sent]
    if len(items) > 1:
        _lock_owners(sender, items)
    answers = [record_one(sender, item) for item in items]
    if any(mark in answer for answer in answers for mark in _MOVES_FIGURES):
        topics.touch(sender.event, "checkin")
    return answers


def record_one(sender: Sender, sent: dict[str, Any]) -> str:
    """Record a scan, a walk-in or a stand-in; the ledger's answer. The caller raises the live topic."""
    attempt = attempt_from(sender, sent)
    for name, method, take_in in (
        ("walk_in", "walk_in", _take_in_walk_in),
        ("stand_in", "stand_in", _take_in_stand_in),
    ):
        typed = sent.get(name)
        if isinstance(typed, dict):
            return _take_in(
                _device(sender), attempt, method, {key: _text(typed.get(key)) for key in _TYPED}, take_in
            )
    return record_scan(sender.event, attempt, announce=False)


def _device(sender: Sender) -> Device:
    """Who takes somebody in needs the whole event."""
    return sender if isinstance(sender, Device) else db.session.get_one(Device, sender.id)


def _take_in(device: Device, attempt: Attempt, method: str, typed: dict[str, str], take_in: Any) -> str:
    """Somebody typed in at the door. What cannot be taken in is said at once, or kept for the review list."""
    stored = stored_answer(device.event, attempt.client_uuid)
    if stored is not None:
        return stored
    try:
        if attempt.check_point is None:
            raise RuleBroken("")
        with db.session.begin_nested():
            return str(take_in(device, attempt, typed))
    except (RuleBroken, UnreadableText) as problem:
        kept = {key: storable(value) for key, value in typed.items() if value}
        return record_problem(
            device.event, attempt, method, _verdict_on(problem), json.dumps(kept, ensure_ascii=False)
        )


def _verdict_on(problem: RuleBroken | UnreadableText) -> Verdict:
    if isinstance(problem, newcomers.KeptOut):
        return problem.verdict
    sentence = problem.sentence if isinstance(problem, RuleBroken) else ""
    return Verdict("refused", "error", words=(sentence, sentences.DESK) if sentence else None)


def _take_in_walk_in(device: Device, attempt: Attempt, typed: dict[str, str]) -> str:
    unit = next((unit for unit in device.event.units if unit.public_id == typed["unit"]), None)
    return walk_in.take_in(device.event, attempt, typed["name"], unit, typed["phone"], device)


def _take_in_stand_in(device: Device, attempt: Attempt, typed: dict[str, str]) -> str:
    absent = named_person(device.event, typed["for"])
    return stand_in.take_in(device.event, attempt, absent, typed["name"], typed["position"], device)


def _lock_owners(sender: Sender, items: list[dict[str, Any]]) -> None:
    """Two batches lock the people they name in one order."""
    codes = (ticket_in(item["code"]) for item in items if isinstance(item.get("code"), str))
    chosen = (people.id_of(sender.event.id, item["who"]) for item in items if is_public_id(item.get("who")))
    people.lock_owners({code for code in codes if code}, [number for number in chosen if number is not None])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
