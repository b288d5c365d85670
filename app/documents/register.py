"""The attendance register as sheets of a workbook: the names, then the sums by unit, category and both."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.checkin.figures import register
from app.checkin.figures.register import Mark, Register, Status, Tally
from app.core.formatting import thai_time
from app.core.languages import language
from app.core.spreadsheets import Sheet
from app.core.spreadsheets.writing import Cell
from app.events.models import Event


def sheets(event: Event, read: Register, made: str) -> list[Sheet]:
    """Four sheets; ``made`` says in words when the figures were read."""
    notes = [f"{event.name}", made]
    units, whole = register.by_unit(read, event.units), register.whole(read, event.units)
    measure = _("ร้อยละเทียบกับเป้าหมายของหน่วยที่กำหนดให้มาในช่วงนั้น หน่วยที่ไม่ได้ตั้งเป้าหมายเทียบกับผู้ตอบรับ")
    return [
        Sheet(_("ทะเบียนการเข้าร่วม"), _names_header(read), _names(read), notes),
        _sums(_("แยกหน่วย"), read, [*units, whole], [*notes, measure], with_category=False),
        _sums(_("แยกประเภท"), read, register.by_category(read), notes, with_unit=False),
        _sums(_("แยกหน่วยและประเภท"), read, register.by_unit_and_category(read, event.units), notes),
    ]


def _names_header(read: Register) -> list[str]:
    people = [_("ที่"), _("ชื่อ – สกุล"), _("ตำแหน่ง"), _("หน่วยงาน"), _("ประเภท"), _("อำเภอ/หน่วยงาน")]
    return [*people, *(text for point in read.points for text in (point.name, _("เวลา/เหตุผล")))]


def _names(read: Register) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, line in enumerate(read.lines, start=1):
        person = line.registrant
        who = [person.full_name, person.position, person.organisation, person.category, person.unit.name]
        rows.append([number, *who, *(text for mark in line.marks for text in _mark(mark))])
    return rows


def _mark(mark: Mark) -> tuple[str, str]:
    words = {
        Status.PRESENT: _("มา"),
        Status.LATE: _("สาย"),
        Status.EXCUSED: _("ลา/ติดราชการ"),
        Status.ABSENT: _("ขาด"),
        Status.EXPECTED: _("ยังไม่มา"),
        Status.REPLACED: _("มีผู้มาแทน"),
        Status.NOT_MEANT: "–",
    }
    return words[mark.status], thai_time(mark.at, locale=language()) if mark.at else mark.remark


def _sums(
    name: str,
    read: Register,
    tallies: Sequence[Tally],
    notes: Sequence[str],
    *,
    with_unit: bool = True,
    with_category: bool = True,
) -> Sheet:
    header = [_("อำเภอ/หน่วยงาน")] * with_unit + [_("ประเภท")] * with_category
    if with_unit and not with_category:
        header.append(_("เป้าหมาย"))
    header.append(_("ตอบรับ"))
    for point in read.points:
        header += [_("%(point)s มา", point=point.name), _("สาย"), _("ลา"), _("ขาด"), _("ร้อยละ")]
    rows = [_sum(tally, with_unit=with_unit, with_category=with_category) for tally in tallies]
    return Sheet(name, header, rows, notes)


def _sum(tally: Tally, *, with_unit: bool, with_category: bool) -> list[Cell]:
    row: list[Cell] = []
    if with_unit:
        row.append(tally.label or _("รวม"))
    if with_category:
        row.append(tally.category or _("ไม่ระบุประเภท"))
    if with_unit and not with_category:
        row.append(tally.target or None)
    row.append(tally.registered)
    for count in tally.counts:
        percent = round(100 * count.present / count.expected, 1) if count.expected else None
        row += [count.present, count.late, count.excused, count.absent, percent]
    return row
