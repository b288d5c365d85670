"""How the organiser wants people divided."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField

from app.core.forms import Form, WholeNumber
from app.events.models import Event

from .dividing import SIZE_RANGE, Settings
from .grouping import DEFAULT_SIZE

_JOIN = "join-"


class DividingForm(Form):
    """Mode, size, what happens to the provincial agencies. Small districts' neighbours come as extra fields."""

    mode = RadioField(
        _l("แบ่งอย่างไร"),
        choices=[
            ("district", _l("รายอำเภอ: คนอำเภอเดียวกันนั่งด้วยกัน")),
            ("mixed", _l("คละอำเภอ: ทุกกลุ่มมีคนจากหลายอำเภอและหลายตำแหน่ง")),
            ("balanced", _l("สมดุลหน่วยงาน: คละอำเภอ และคนหน่วยงานเดียวกันไม่กระจุกกลุ่มเดียว")),
            ("topic", _l("ตามหัวข้อที่เลือก: ผู้เข้าร่วมเลือกหัวข้อที่อยากทำก่อน")),
            ("self", _l("เลือกเองที่โต๊ะ: ผู้เข้าร่วมสแกนป้ายโต๊ะแล้วนั่ง")),
        ],
        default="district",
    )
    max_size = WholeNumber(_l("คนต่อกลุ่ม ไม่เกิน"), low=SIZE_RANGE[0], high=SIZE_RANGE[1], default=DEFAULT_SIZE)
    agencies = RadioField(
        _l("ส่วนราชการประจำจังหวัด"),
        choices=[
            ("spread", _l("กระจายไปนั่งกับกลุ่มอำเภอ กลุ่มละเท่า ๆ กัน")),
            ("own", _l("จัดเป็นกลุ่มของตนเอง")),
            ("advise", _l("เป็นที่ปรึกษาของกลุ่มอำเภอ ไม่นับเป็นสมาชิก")),
        ],
        default="spread",
    )
    only_present = BooleanField(_l("เฉพาะผู้ที่มาแล้ว"))
    seed = HiddenField(default="1")

    def settings(self, sent: Mapping[str, str]) -> Settings:
        """What was chosen, as the rule takes it. ``sent`` holds the neighbours of small districts."""
        joined = {key.removeprefix(_JOIN): value for key, value in sent.items() if key.startswith(_JOIN) and value}
        return Settings(
            mode=self.mode.data,
            max_size=self.max_size.data,
            agencies=self.agencies.data,
            joined=joined,
            seed=seed_of(self.seed.data),
            only_present=bool(self.only_present.data),
        )


def seed_of(text: str | None) -> int:
    """The seed as sent, or 1 for anything that is no small number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 1


def new_seed() -> int:
    """A seed for dealing again."""
    return secrets.randbelow(1_000_000_000)


def joining(joined: Mapping[str, str]) -> dict[str, str]:
    """Small districts and their neighbours as the fields the form sends."""
    return {_JOIN + small: big for small, big in joined.items()}


def neighbours(event: Event) -> list[tuple[str, str]]:
    """Districts as choices for a small one."""
    return [(unit.public_id, unit.name) for unit in event.units if unit.kind == "district"]
