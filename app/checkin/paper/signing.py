"""Keying in what the signed sheets say: by page and number, each signature a row of the ledger.

A signature lets nobody in by itself: where it and the scans disagree, a named person settles it (comparing.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import arabic_digits
from app.database import db
from app.events.models import CheckPoint, Unit
from app.live import topics
from app.registration.models import Registrant

from ..door import people
from ..ledger.appending import append
from ..ledger.attendance import stands
from ..models import Scan, SheetLine, SignInSheet

_PART = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")
_PLACE = re.compile(r"(\d+)/(\d+)/(\d+)")


@dataclass(frozen=True)
class Signature:
    """A line somebody signed: where on paper, when it was keyed in and by whom."""

    scan_id: int
    registrant_id: int
    edition: int
    page: int
    number: int
    at: datetime
    actor: str

    @property
    def place(self) -> tuple[int, int, int]:
        return self.edition, self.page, self.number


@dataclass(frozen=True)
class PageState:
    """A printed page: of which unit, how many names it has, how many were keyed in as signed."""

    number: int
    unit: Unit
    people: int
    signed: int


def signatures(check_point: CheckPoint) -> dict[int, Signature]:
    """The standing record's id → the signature, first keyed first."""
    roots = people.roots(check_point.event_id)
    query = (
        select(Scan.id, Scan.registrant_id, Scan.raw_code, Scan.received_at, Scan.actor, roots.c.root)
        .join(roots, roots.c.id == Scan.registrant_id)
        .where(Scan.check_point_id == check_point.id, stands("sign"))
        .order_by(Scan.id)
    )
    found: dict[int, Signature] = {}
    for row in db.session.execute(query):
        found.setdefault(
            row.root, Signature(row.id, row.registrant_id, *_place(row.raw_code), row.received_at, row.actor)
        )
    return found


def pages(sheet: SignInSheet) -> list[PageState]:
    """Every page of an edition with how far it is keyed in."""
    signed = [one.place for one in signatures(sheet.check_point).values()]
    query = (
        select(SheetLine.page, Unit, func.count(SheetLine.registrant_id))
        .join(Unit, Unit.id == SheetLine.unit_id)
        .where(SheetLine.sheet_id == sheet.id)
        .group_by(SheetLine.page, Unit.id)
        .order_by(SheetLine.page)
    )
    return [
        PageState(page, unit, number, sum(place[:2] == (sheet.edition, page) for place in signed))
        for page, unit, number in db.session.execute(query)
    ]


def lines(sheet: SignInSheet, page: int) -> list[SheetLine]:
    """The lines of a page with their people."""
    query = (
        select(SheetLine)
        .where(SheetLine.sheet_id == sheet.id, SheetLine.page == page)
        .options(joinedload(SheetLine.registrant), joinedload(SheetLine.unit))
        .order_by(SheetLine.number)
    )
    return list(db.session.scalars(query))


def read_numbers(typed: str, known: Iterable[int]) -> set[int]:
    """ "1-8, 10 12" as a set of line numbers of a page; a number the page does not have is refused."""
    plain, known = arabic_digits(typed).strip(), set(known)
    found: set[int] = set()
    for part in (one for one in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", plain)) if one):
        match = _PART.fullmatch(part)
        if match is None:
            raise RuleBroken(_l("อ่านลำดับ “%(part)s” ไม่ได้ พิมพ์เช่น 1-8, 10, 12", part=part[:20]), "numbers")
        first, last = int(match[1]), int(match[2] or match[1])
        found |= set(range(min(first, last), max(first, last) + 1))
    if not found:
        raise RuleBroken(_l("โปรดพิมพ์ลำดับที่ลงชื่อ เช่น 1-8, 10, 12"), "numbers")
    if missing := sorted(found - known):
        raise RuleBroken(_l("หน้านี้ไม่มีรายชื่อในลำดับที่ %(number)s", number=missing[0]), "numbers")
    return found


def sign(sheet: SignInSheet, page: int, numbers: Iterable[int], actor: User) -> int:
    """These lines of a page are signed; returns how many were not known before."""
    known, wanted = signatures(sheet.check_point), set(numbers)
    new = [
        line
        for line in lines(sheet, page)
        if line.registrant_id is not None
        and line.number in wanted
        and people.root_of(line.registrant_id) not in known
    ]
    for line in new:
        _append(sheet, line, line.registrant_id, actor)
    _note(sheet, actor, page=page, signed=len(new))
    return len(new)


def set_page(sheet: SignInSheet, page: int, numbers: Iterable[int], actor: User) -> None:
    """Exactly these lines of a page are signed: others that were keyed in before are taken back."""
    wanted = set(numbers)
    sign(sheet, page, wanted, actor)
    wrong = [
        one
        for one in signatures(sheet.check_point).values()
        if (one.edition, one.page) == (sheet.edition, page) and one.number not in wanted
    ]
    for one in wrong:
        _take_back(sheet, one, actor)


def sign_empty_line(sheet: SignInSheet, page: int, number: int, registrant: Registrant, actor: User) -> None:
    """Somebody who was not on the list wrote the name on a line left empty."""
    line = next((line for line in lines(sheet, page) if line.number == number), None)
    if line is None or line.registrant_id is not None:
        raise RuleBroken(_l("ลำดับนี้ไม่ใช่บรรทัดว่าง"), "number")
    known = signatures(sheet.check_point)
    if people.root_of(registrant.id) in known:
        raise RuleBroken(_l("ผู้นี้มีลายมือชื่อที่คีย์ไว้แล้ว"), "who")
    if any(one.place == (sheet.edition, page, number) for one in known.values()):
        raise RuleBroken(_l("บรรทัดนี้คีย์ไว้แล้ว"), "number")
    _append(sheet, line, registrant.id, actor)
    _note(sheet, actor, page=page, signed=1)


def take_back(sheet: SignInSheet, page: int, number: int, actor: User) -> None:
    """A signature was keyed in by mistake."""
    for one in signatures(sheet.check_point).values():
        if one.place == (sheet.edition, page, number):
            _take_back(sheet, one, actor)


def _append(sheet: SignInSheet, line: SheetLine, registrant_id: int | None, actor: User) -> None:
    append(
        sheet.check_point.event,
        sheet.check_point_id,
        registrant_id,
        action="sign",
        method="paper",
        raw_code=f"{sheet.edition}/{line.page}/{line.number}",
        actor=f"user:{actor.id}",
    )


def _take_back(sheet: SignInSheet, one: Signature, actor: User) -> None:
    append(
        sheet.check_point.event,
        sheet.check_point_id,
        one.registrant_id,
        action="void",
        method="paper",
        void_of_id=one.scan_id,
        actor=f"user:{actor.id}",
    )
    _note(sheet, actor, page=one.page, signed=-1)


def _note(sheet: SignInSheet, actor: User, **facts: int) -> None:
    event = sheet.check_point.event
    trail.record(actor, event, "sheet.keyed_in", sheet, **facts)
    topics.touch(event, "checkin")


def _place(raw_code: str) -> tuple[int, int, int]:
    match = _PLACE.fullmatch(raw_code)
    return (int(match[1]), int(match[2]), int(match[3])) if match else (0, 0, 0)
