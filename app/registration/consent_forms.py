"""The forms of consent and of the notice: each optional consent a box of its own, unticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.core.form_fields import SeveralChoices
from app.core.forms import CleanString, CleanText, Form, at_most, required
from app.events.models import Event

from . import notice
from .consents import KINDS
from .models import Notice


class ConsentsForm(Form):
    """The optional consents of an event; made by ``consents_form``, which adds a box for each."""

    kinds: tuple[str, ...] = ()

    def given(self) -> dict[str, bool]:
        """Kind → whether its box is ticked."""
        return {kind: bool(self[_name(kind)].data) for kind in self.kinds}

    def boxes(self) -> list[BooleanField]:
        """The boxes in their order."""
        return [self[_name(kind)] for kind in self.kinds]

    def show(self, said: dict[str, bool]) -> None:
        """Tick what a person agreed to."""
        for kind in self.kinds:
            self[_name(kind)].data = said.get(kind, False)


def consents_form(kinds: Sequence[str], **settings: Any) -> ConsentsForm:
    """The form for these kinds of consent (``notice.Shown.consents``); ``settings`` are the form's own."""
    return _class_of(tuple(kinds))(**settings)


@cache  # three kinds are eight classes; a class made for each request costs more than the form
def _class_of(kinds: tuple[str, ...]) -> type[ConsentsForm]:
    fields: dict[str, Any] = {_name(kind): BooleanField(KINDS[kind]) for kind in kinds}
    return type("ConsentsOfEvent", (ConsentsForm,), {**fields, "kinds": kinds})


def _name(kind: str) -> str:
    return f"consent_{kind}"


class NoticeForm(Form):
    """The office's own words in the notice."""

    controller = CleanString(_l("หน่วยงานผู้ควบคุมข้อมูล"), [required(), at_most(300)])
    contact = CleanString(_l("ที่อยู่ โทรศัพท์ หรืออีเมลที่ติดต่อเรื่องข้อมูล"), [required(), at_most(300)])
    dpo = CleanString(_l("เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล (ถ้ามี)"), [at_most(300)])
    recipients = CleanText(_l("ข้อมูลไปถึงใครบ้าง"), [required(), at_most(500)])
    retention = CleanText(_l("เก็บข้อมูลนานเท่าใด"), [required(), at_most(500)])
    consents = SeveralChoices(_l("ขอความยินยอมเพิ่มเติม (ไม่บังคับตอบ)"), choices=list(KINDS.items()))

    def show(self, event: Event, words: Notice | None) -> None:
        """Fill in what is in force, or what the event says already."""
        if words is None:
            self.controller.data, self.contact.data = event.organiser_name, event.contact
            self.retention.data = str(
                _l("โทรศัพท์และอีเมลไม่เกิน 1 ปี หลักฐานการเข้าร่วมตามระเบียบงานสารบรรณและการเงินของหน่วยงาน")
            )
            self.recipients.data = str(
                _l("ผู้จัดงานและผู้ประสานงานของอำเภอหรือหน่วยงานท่าน สถานที่จัดงานได้เฉพาะจำนวนคน ไม่ส่งออกนอกประเทศ")
            )
            return
        for name in (*notice.WORDS, "consents"):
            self[name].data = getattr(words, name)

    def words(self) -> dict[str, str]:
        """What the rules are given."""
        return {name: self[name].data or "" for name in notice.WORDS}
