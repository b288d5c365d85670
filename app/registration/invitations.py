"""Texts to copy into LINE: one person's link, or the links of everybody of one unit."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.formatting import thai_date_range
from app.core.languages import language
from app.events.models import Event, Unit

from .links import personal_link
from .models import Registrant


def for_one(registrant: Registrant) -> str:
    """What is sent to one person."""
    return _letter(registrant, _("ขอเชิญเข้าร่วม %(event)s", event=registrant.event.name))


def for_seated(registrant: Registrant) -> str:
    """What is sent to one person whose waiting is over."""
    return _letter(registrant, _("ท่านได้ที่นั่งใน %(event)s แล้ว", event=registrant.event.name))


def _letter(registrant: Registrant, opening: str) -> str:
    return "\n".join(
        [
            _("เรียน %(name)s", name=registrant.full_name),
            opening,
            when_and_where(registrant.event),
            _("ลิงก์ส่วนตัวของท่าน มี QR สำหรับลงทะเบียนหน้างาน กำหนดการ และเอกสาร"),
            personal_link(registrant),
            _("โปรดเก็บไว้ใช้เอง ไม่ส่งต่อ"),
        ]
    )


def for_unit(event: Event, unit: Unit, people: Iterable[Registrant]) -> str:
    """What is sent to a unit's coordinator, who passes each link on to its owner."""
    heading = _("ลิงก์ส่วนตัวของผู้เข้าร่วมจาก %(unit)s", unit=unit.full_name)
    lines = [f"{number}. {person.full_name}\n{personal_link(person)}" for number, person in enumerate(people, 1)]
    advice = _("โปรดส่งให้เจ้าของชื่อเป็นรายบุคคล ไม่โพสต์ในกลุ่มรวม")
    return "\n\n".join([f"{event.name}\n{when_and_where(event)}", heading, *lines, advice])


def when_and_where(event: Event) -> str:
    """The dates and the place in one line."""
    when = thai_date_range(event.first_day, event.last_day, locale=language())
    return f"{when} {event.venue}".strip()
