"""A person's own data as a file: everything the event keeps about the person, by every record."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import gettext as _

from app.core.formatting import thai_datetime
from app.core.languages import language
from app.core.spreadsheets import csv_bytes

from . import consents
from .models import Registrant
from .questions import answering
from .questions.forms import shown_value
from .signals import gathering_own_data

Section = tuple[str, list[tuple[str, str]]]


def sections(registrant: Registrant) -> list[Section]:
    """The data under headings, as (name, value); later domains add what they keep."""
    event = registrant.event
    own = [
        (_("งาน"), event.name),
        (_("คำนำหน้า"), registrant.title),
        (_("ชื่อ"), registrant.first_name),
        (_("นามสกุล"), registrant.last_name),
        (_("ตำแหน่ง"), registrant.position),
        (_("หน่วยงาน"), registrant.organisation),
        (_("ประเภท"), registrant.category),
        (_("อำเภอ"), registrant.unit.name),
        (_("โทรศัพท์"), registrant.phone),
        (_("อีเมล"), registrant.email),
        (_("อาหาร"), registrant.food),
        (_("รหัสบัตร"), registrant.ticket_code),
        (_("แจ้งชื่อเมื่อ"), _when(registrant.created_at)),
        (_("ประกาศความเป็นส่วนตัวฉบับที่"), registrant.notice_version),
        (_("บันทึกของผู้จัดงาน"), registrant.note),
    ]
    answers = [
        (answer.question.label, shown_value(answer.question, answer.value, language()))
        for answer in answering.answers_of(registrant)
    ]
    given = [
        (consent.text or consent.kind, f"{_('ยินยอม') if consent.given else _('ไม่ยินยอม')} {_when(consent.at)}")
        for consent in consents.history(registrant)
    ]
    found: list[Section] = [(_("ข้อมูล"), own), (_("คำตอบ"), answers), (_("ความยินยอม"), given)]
    found += [section for _receiver, section in gathering_own_data.send(registrant) if section]
    return [(heading, [pair for pair in pairs if pair[1]]) for heading, pairs in found if pairs]


def as_json(registrant: Registrant) -> bytes:
    """The data for programs: heading → list of name and value, because a name may come twice."""
    content: dict[str, Any] = {
        heading: [{"name": name, "value": value} for name, value in pairs]
        for heading, pairs in sections(registrant)
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def as_csv(registrant: Registrant) -> bytes:
    """The data for a spreadsheet: heading, name, value."""
    rows = [[heading, name, value] for heading, pairs in sections(registrant) for name, value in pairs]
    return csv_bytes([[_("หมวด"), _("รายการ"), _("ข้อมูล")], *rows])


def _when(moment: Any) -> str:
    return thai_datetime(moment, locale=language())
