"""Forms of an event's set-up."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import clock
from app.core.form_fields import Choice, ClockField, DayField, with_blank
from app.core.formatting import thai_date
from app.core.forms import CleanString, Form, WholeNumber, at_most, required
from app.core.languages import language

from .models import CheckPoint, Day, Event, EventSession, Role, Unit, UnitKind
from .provinces import provinces
from .units import ADDABLE, MOST_PEOPLE

PURPOSES = [("attend", _l("การเข้าร่วม")), ("meal", _l("อาหาร")), ("materials", _l("รับเอกสาร"))]
KINDS = {
    UnitKind.DISTRICT: _l("อำเภอ"),
    UnitKind.PROVINCE_AGENCIES: _l("ส่วนราชการประจำจังหวัด"),
    UnitKind.TAMBON: _l("ตำบล"),
    UnitKind.LOCAL_GOVERNMENT: _l("องค์กรปกครองส่วนท้องถิ่น"),
    UnitKind.AGENCY: _l("หน่วยงาน"),
}
ROLES = {
    Role.OWNER: _l("เจ้าของงาน"),
    Role.ORGANISER: _l("ผู้จัดงาน"),
    Role.REGISTRAR: _l("เจ้าหน้าที่ลงทะเบียน"),
    Role.FACILITATOR: _l("วิทยากรประจำกลุ่ม"),
    Role.REVIEWER: _l("ผู้กลั่นกรอง"),
    Role.VIEWER: _l("ผู้ดูอย่างเดียว"),
}


class NewEventForm(Form):
    """What an event needs to begin."""

    name = CleanString(_l("ชื่อโครงการ"), [required(), at_most(300)])
    province_code = Choice(_l("จังหวัด"), [required()])
    first_day = DayField(_l("วันแรก"), [required()])
    last_day = DayField(_l("วันสุดท้าย"), [required()])
    venue = CleanString(_l("สถานที่"), [at_most(300)])
    organiser_name = CleanString(_l("หน่วยงานผู้จัด"), [at_most(200)])
    slug = CleanString(_l("ชื่อในลิงก์"), [at_most(60)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name = sorted(provinces(), key=lambda province: province.name)
        self.province_code.choices = with_blank([(province.code, province.name) for province in by_name])


class DetailsForm(Form):
    """What can be changed about an event."""

    name = CleanString(_l("ชื่อโครงการ"), [required(), at_most(300)])
    first_day = DayField(_l("วันแรก"), [required()])
    last_day = DayField(_l("วันสุดท้าย"), [required()])
    venue = CleanString(_l("สถานที่"), [at_most(300)])
    organiser_name = CleanString(_l("หน่วยงานผู้จัด"), [at_most(200)])
    contact = CleanString(_l("ผู้ประสานงานและโทรศัพท์"), [at_most(200)])
    registration_open = BooleanField(_l("เปิดรับการตอบรับผ่านลิงก์สาธารณะ"))
    edit_until = DayField(_l("ผู้เข้าร่วมแก้ไขข้อมูลหรือถอนชื่อเองได้ถึงวันที่"))


class SessionForm(Form):
    """One session of the programme."""

    title = CleanString(_l("หัวข้อ"), [required(), at_most(300)])
    speaker = CleanString(_l("วิทยากร"), [at_most(200)])
    day = Choice(_l("วัน"), [required()])
    starts = ClockField(_l("เริ่ม"), [required()])
    ends = ClockField(_l("ถึง"), [required()])
    room = Choice(_l("ห้อง"))

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days, self.rooms = _days(event), {room.public_id: room for room in event.rooms}
        self.day.choices = _day_choices(self.days)
        self.room.choices = with_blank([(key, room.name) for key, room in self.rooms.items()], _l("ไม่ระบุ"))

    def show(self, session: EventSession) -> None:
        """Fill in what is stored."""
        self.title.data, self.speaker.data = session.title, session.speaker
        self.day.data = session.day.date.isoformat()
        self.starts.data, self.ends.data = _clock(session.starts_at), _clock(session.ends_at)
        self.room.data = session.room.public_id if session.room else ""

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            "title": self.title.data,
            "speaker": self.speaker.data or "",
            "day": self.days[self.day.data],
            "starts": self.starts.data,
            "ends": self.ends.data,
            "room": self.rooms.get(self.room.data or ""),
        }


class RoomForm(Form):
    """A room."""

    name = CleanString(_l("ชื่อห้อง"), [required(), at_most(120)])


class CheckPointForm(Form):
    """A check-point: three hours, each of which may be left empty."""

    name = CleanString(_l("ชื่อจุดลงทะเบียน"), [required(), at_most(200)])
    day = Choice(_l("วัน"), [required()])
    purpose = Choice(_l("ใช้บันทึก"), [required()], choices=PURPOSES)
    session = Choice(_l("หัวข้อในกำหนดการ"))
    starts = ClockField(_l("เวลาตามกำหนดการ"))
    opens = ClockField(_l("เปิดรับตั้งแต่"))
    late = ClockField(_l("นับว่าสายตั้งแต่"))
    closes = ClockField(_l("ปิดรับ"))
    units = SelectMultipleField(
        _l("เฉพาะหน่วย"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    categories = CleanString(_l("เฉพาะประเภท"), [at_most(500)])

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = _days(event)
        self.day.choices = _day_choices(self.days)
        self.sessions = {session.public_id: session for session in event.sessions}
        titles = [(key, session.title) for key, session in self.sessions.items()]
        self.session.choices = with_blank(titles, _l("ไม่ผูกกับหัวข้อ"))
        self.units.choices = [(unit.public_id, unit.name) for unit in event.units]

    def show(self, point: CheckPoint) -> None:
        """Fill in what is stored."""
        self.name.data, self.purpose.data, self.starts.data = point.name, point.purpose, point.starts
        self.day.data = point.day.date.isoformat() if point.day else None
        self.opens.data = _clock(point.opens_at)
        self.late.data = _clock(point.late_after)
        self.closes.data = _clock(point.closes_at)
        self.session.data = point.session.public_id if point.session else ""
        self.units.data = point.audience.get("units", [])
        self.categories.data = ", ".join(point.audience.get("categories", []))

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            "name": self.name.data,
            "day": self.days[self.day.data],
            "purpose": self.purpose.data,
            **{name: self[name].data for name in ("starts", "opens", "late", "closes")},
            "session": self.sessions.get(self.session.data or ""),
            "units": self.units.data or [],
            "categories": [part.strip() for part in (self.categories.data or "").split(",") if part.strip()],
        }


class UnitForm(Form):
    """An agency, a local government or a tambon."""

    name = CleanString(_l("ชื่อหน่วยงาน"), [required(), at_most(200)])
    kind = Choice(_l("ชนิด"), [required()], choices=[(kind.value, KINDS[kind]) for kind in ADDABLE])
    parent = Choice(_l("อยู่ใต้หน่วย"))
    target = WholeNumber(_l("เป้าหมาย (คน)"), (required(),), high=MOST_PEOPLE, default=0)

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = (UnitKind.DISTRICT, UnitKind.PROVINCE_AGENCIES)
        self.parents = {unit.public_id: unit for unit in event.units if unit.kind in tops}
        self.parent.choices = with_blank(
            [(key, unit.name) for key, unit in self.parents.items()], _l("ขึ้นตรงกับจังหวัด")
        )

    def show(self, unit: Unit) -> None:
        """Fill in what is stored."""
        self.name.data, self.kind.data, self.target.data = unit.name, unit.kind, unit.target
        self.parent.data = next((key for key, parent in self.parents.items() if parent.id == unit.parent_id), "")

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            "name": self.name.data,
            "kind": UnitKind(self.kind.data),
            "parent": self.parents.get(self.parent.data or ""),
            "target": self.target.data,
        }


class MemberForm(Form):
    """Somebody for the team."""

    email = EmailField(_l("อีเมล"), [required(), at_most(255)])
    name = CleanString(_l("ชื่อ–นามสกุล (เมื่อยังไม่มีบัญชี)"), [at_most(120)])
    role = Choice(_l("หน้าที่"), [required()], default=Role.REGISTRAR)

    def __init__(self, *args: Any, by_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [
            (role.value, label) for role, label in ROLES.items() if by_owner or role != Role.OWNER
        ]


def _days(event: Event) -> dict[str, Day]:
    return {day.date.isoformat(): day for day in event.days}


def _day_choices(days: dict[str, Day]) -> list[tuple[str, object]]:
    return [(key, thai_date(day.date, locale=language())) for key, day in days.items()]


def _clock(moment: datetime | None) -> time | None:
    return clock.local(moment).time() if moment else None
