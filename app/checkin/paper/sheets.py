"""Printed sign-in sheets and their numbers: which line of which page is whose.

The number is fixed at printing, because that is what a hand has signed. A list printed again unchanged is the
same edition; a changed one is the next, and both can be keyed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import CheckPoint

from ..models import SheetLine, SignInSheet


@dataclass(frozen=True)
class Numbered:
    """A line as printed; without a registrant it was left empty."""

    page: int
    number: int
    unit_id: int
    registrant_id: int | None


@dataclass(frozen=True)
class Printed:
    """One edition of a check-point's sheets."""

    check_point_id: int
    edition: int
    lines: Sequence[Numbered]


def edition_of(check_point: CheckPoint, lines: Sequence[Numbered]) -> Printed:
    """The edition these lines are: the newest one when nothing has changed since, else the next."""
    newest = newest_sheet(check_point)
    if newest is None:
        return Printed(check_point.id, 1, lines)
    same = _lines_of(newest) == list(lines)
    return Printed(check_point.id, newest.edition if same else newest.edition + 1, lines)


def keep(printed: Printed) -> None:
    """Write an edition down; one that is known already stays as it is."""
    known = db.session.scalar(
        select(SignInSheet).where(
            SignInSheet.check_point_id == printed.check_point_id, SignInSheet.edition == printed.edition
        )
    )
    if known is not None:
        if _lines_of(known) != list(printed.lines):
            raise RuleBroken(_l("มีผู้พิมพ์ใบลงทะเบียนชุดใหม่ในเวลาเดียวกัน โปรดดาวน์โหลดอีกครั้ง"))
        return
    if not printed.lines:
        return
    sheet = SignInSheet(check_point_id=printed.check_point_id, edition=printed.edition)
    db.session.add(sheet)
    db.session.flush()
    rows = [{"sheet_id": sheet.id, **vars(line)} for line in printed.lines]
    db.session.execute(insert(SheetLine), rows)


def editions(check_point: CheckPoint) -> list[SignInSheet]:
    """What was printed for a check-point, the newest first."""
    query = select(SignInSheet).where(SignInSheet.check_point_id == check_point.id)
    return list(db.session.scalars(query.order_by(SignInSheet.edition.desc())))


def newest_sheet(check_point: CheckPoint) -> SignInSheet | None:
    """The edition printed last, or None."""
    return next(iter(editions(check_point)), None)


def _lines_of(sheet: SignInSheet) -> list[Numbered]:
    query = (
        select(SheetLine.page, SheetLine.number, SheetLine.unit_id, SheetLine.registrant_id)
        .where(SheetLine.sheet_id == sheet.id)
        .order_by(SheetLine.page, SheetLine.number)
    )
    return [Numbered(*row) for row in db.session.execute(query)]
