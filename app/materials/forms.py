"""Forms of the organiser's library."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from app.core import clock
from app.core.form_fields import Choice, ClockField, DayField, RadioChoice, with_blank
from app.core.formatting import thai_date_short, thai_time
from app.core.forms import CleanString, Form, at_most, required
from app.core.languages import language
from app.events.models import Event

from .models import Audience, Material, Release

RELEASES = [
    (Release.AT_ONCE.value, _l("เปิดทันที")),
    (Release.SESSION_START.value, _l("เปิดเมื่อรายการเริ่ม")),
    (Release.SESSION_END.value, _l("เปิดเมื่อรายการจบ")),
    (Release.AT_TIME.value, _l("เปิดตามวันเวลาที่กำหนด")),
]
AUDIENCES = [
    (Audience.REGISTERED.value, _l("ผู้เข้าร่วมที่มีลิงก์ส่วนตัว")),
    (Audience.ALL.value, _l("ทุกคนที่เปิดหน้างาน")),
]


class MaterialForm(Form):
    """When a file opens and for whom."""

    title = CleanString(_l("ชื่อเอกสาร"), [at_most(200)])
    session = Choice(_l("รายการในกำหนดการ"))
    release = RadioChoice(_l("เปิดให้ดาวน์โหลด"), [required()], choices=RELEASES, default=Release.AT_ONCE.value)
    opens_day = DayField(_l("วันที่เปิด"))
    opens_clock = ClockField(_l("เวลาเปิด"))
    audience = RadioChoice(_l("ผู้รับ"), [required()], choices=AUDIENCES, default=Audience.REGISTERED.value)

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {session.public_id: session for session in event.sessions}
        several = len(event.days) > 1
        self.session.choices = with_blank(
            [
                (
                    key,
                    f"{thai_date_short(s.starts_at, locale=language()) + ' ' if several else ''}"
                    f"{thai_time(s.starts_at, locale=language())} {s.title}",
                )
                for key, s in self.sessions.items()
            ],
            _l("ทั้งงาน ไม่เจาะจงรายการ"),
        )

    def show(self, material: Material) -> None:
        """Fill in what is stored."""
        self.title.data, self.release.data = material.title, material.release
        self.audience.data = material.audience
        self.session.data = material.session.public_id if material.session else ""
        if material.opens_at:
            local = clock.local(material.opens_at)
            self.opens_day.data, self.opens_clock.data = local.date(), local.time()

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            "title": self.title.data or "",
            "session": self.sessions.get(self.session.data or ""),
            "release": Release(self.release.data),
            "opens_at": self._opens_at(),
            "audience": Audience(self.audience.data),
        }

    def _opens_at(self) -> datetime | None:
        day, hour = self.opens_day.data, self.opens_clock.data
        return clock.at_local(day, hour.hour, hour.minute) if day and hour else None


class NewMaterialForm(MaterialForm):
    """The same, with the file itself."""

    file = FileField(_l("ไฟล์"))
