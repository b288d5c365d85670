"""The figures of the opening report (กล่าวรายงาน): who has come, of whom, at what time, and how sure that is.

It is not sure while a phone of the door holds scans that it has not sent, or has not been heard of for a while.
A phone that said so and was then un-paired may hold them still: it stays named until somebody sets it aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.formatting import thai_number, thai_time
from app.core.languages import language
from app.database import db
from app.events.models import CheckPoint, Event

from ..ledger import presence
from ..ledger.presence import CategoryCount, Turnout
from ..models import Device

SILENT_AFTER = timedelta(minutes=5)
_RECENT = timedelta(hours=12)  # who had sent everything yesterday holds nothing of this morning


@dataclass(frozen=True)
class Phone:
    """A phone that may hold scans we do not know of."""

    name: str
    waiting: int
    heard_at: datetime
    is_paired: bool


@dataclass(frozen=True)
class Opening:
    """The figures of a check-point at a moment."""

    turnout: Turnout
    categories: Sequence[CategoryCount]
    behind: Sequence[Phone]  # say themselves that scans wait
    silent: Sequence[Phone]  # nothing heard of for minutes
    left: Sequence[Phone]  # said that scans wait, and are paired no more
    at: datetime

    @property
    def check_point(self) -> CheckPoint:
        return self.turnout.check_point

    @property
    def waiting(self) -> int:
        return sum(phone.waiting for phone in self.behind)

    @property
    def percent(self) -> str:
        """Present of expected with one decimal, as reports have it; empty where nobody is expected."""
        expected = self.turnout.expected
        return thai_number(100 * self.turnout.present / expected, decimals=1) if expected else ""


def figures(check_point: CheckPoint, now: datetime) -> Opening:
    """Read everything at one moment."""
    phones = _phones(check_point.event, now)
    return Opening(
        presence.turnout(check_point),
        presence.by_category(check_point),
        [phone for phone in phones if phone.waiting and phone.is_paired],
        [phone for phone in phones if not phone.waiting and now - phone.heard_at > SILENT_AFTER],
        [phone for phone in phones if phone.waiting and not phone.is_paired],
        now,
    )


def sentence(opening: Opening) -> str:
    """What the reporter reads out."""
    turnout, time = opening.turnout, thai_time(opening.at, locale=language())
    present, expected = thai_number(turnout.present), thai_number(turnout.expected)
    if not opening.percent:
        return _("ขณะนี้เวลา %(time)s มีผู้ลงทะเบียนแล้ว %(present)s คน", time=time, present=present)
    return _(
        "ขณะนี้เวลา %(time)s มีผู้เข้ารับการฝึกอบรมลงทะเบียนแล้ว %(present)s คน จากเป้าหมาย %(expected)s คน "
        "คิดเป็นร้อยละ %(percent)s",
        time=time,
        present=present,
        expected=expected,
        percent=opening.percent,
    )


def _phones(event: Event, now: datetime) -> list[Phone]:
    """The phones in use, paired and heard of today; and whichever said last that scans wait on it."""
    is_paired = Device.revoked_at.is_(None) & (Device.expires_at > now)
    query = (
        select(Device.name, Device.waiting, Device.last_seen_at, is_paired)
        .where(Device.event_id == event.id)
        .where((Device.waiting > 0) | (is_paired & (Device.last_seen_at > now - _RECENT)))
        .order_by(Device.waiting.desc(), Device.id)
    )
    return [
        Phone(name, waiting, heard_at or now, bool(paired))
        for name, waiting, heard_at, paired in db.session.execute(query)
    ]
