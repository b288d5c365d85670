"""What is printed for one check-point, as plain rows: its sign-in sheets and the page of the opening report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.checkin import both_came
from app.checkin.door import stand_in
from app.checkin.figures import opening
from app.checkin.figures.opening import Opening
from app.checkin.paper.sheets import Numbered
from app.core.formatting import thai_date, thai_date_short, thai_datetime, thai_number, thai_time
from app.database import db
from app.events.models import CheckPoint, Event, UnitKind
from app.registration.models import Part, Registrant
from app.registration.parts import LABELS, OTHERS

from . import rows
from .shapes import OpeningPage, OpeningTable, SheetHeading, SheetRow, SheetSection

if TYPE_CHECKING:
    from .sheet_layout import Page

WALK_IN_ROWS = 3


def sheet_heading(event: Event, check_point: CheckPoint) -> SheetHeading:
    """What stands on top of the sheets of a check-point; a day in its name is not said twice."""
    day = check_point.day.date if check_point.day is not None else event.first_day
    when = f"วันที่ {thai_date(day)}"
    if check_point.starts is not None:
        when += f" เวลา {thai_time(check_point.starts)}"
    return SheetHeading(
        event=event.name,
        check_point=check_point.name.removesuffix(thai_date_short(day)).strip() or check_point.name,
        when=when,
        place=event.venue,
        organiser=event.organiser_name,
    )


def sheet_sections(event: Event, check_point: CheckPoint | None = None) -> list[SheetSection]:
    """A section for each unit that sends somebody, with a few lines for those who come unannounced.

    Of a check-point for some only, the sections have whom it is meant for. Guests, speakers, staff and press have
    sheets of their own behind them.
    """
    people: dict[int, list[SheetRow]] = {unit.id: [] for unit in event.units}
    listed = rows.registrants(event)
    instead = stand_in.by_place(listed)
    came_too = both_came.named_people(event)
    beside: dict[Part, list[SheetRow]] = {part: [] for part in OTHERS}
    for person in listed:
        if person.part != Part.PARTICIPANT:
            beside[Part(person.part)].append(_sheet_row(person))
            continue
        if person.stands_for_id is not None and person.stands_for_id in instead:
            continue  # in the line of the one they stand in for
        if check_point is not None and not check_point.is_for(person.unit, person.category):
            continue
        for other in instead.get(person.id, ()):
            people[person.unit_id].append(_sheet_row(other, person))
        if person.id not in instead or person.id in came_too:
            people[person.unit_id].append(_sheet_row(person))
    return [
        SheetSection(unit.name, people[unit.id], WALK_IN_ROWS, reference=unit.public_id)
        for unit in event.units
        if people[unit.id]
    ] + [
        SheetSection(str(LABELS[part]), found, reference=_their_unit(event))
        for part, found in beside.items()
        if found
    ]


def _their_unit(event: Event) -> str:
    """Where sheets of who belongs to no unit are filed."""
    provincial = (unit.public_id for unit in event.units if unit.kind == UnitKind.PROVINCE_AGENCIES)
    return next(provincial, event.units[0].public_id)


def _sheet_row(person: Registrant, expected: Registrant | None = None) -> SheetRow:
    """A person's line; of a stand-in also whose place it is."""
    name = f"{person.full_name} (แทน) {expected.full_name}" if expected else person.full_name
    note = "แทน" if expected else ""
    return SheetRow(name, person.position, person.organisation, note, reference=person.public_id)


def numbered_lines(event: Event, pages: Sequence[Page]) -> list[Numbered]:
    """Which line of which printed page is whose, to be kept beside what was printed."""
    ids = dict(
        db.session.execute(select(Registrant.public_id, Registrant.id).where(Registrant.event_id == event.id))
        .tuples()
        .all()
    )
    units = {unit.public_id: unit.id for unit in event.units}
    return [
        Numbered(number, line.number, units[page.reference], ids.get(line.reference))
        for number, page in enumerate(pages, start=1)
        for line in page.lines
    ]


def opening_page(event: Event, found: Opening) -> OpeningPage:
    """The figures of the opening report as they are printed."""
    turnout = found.turnout
    units = [(one.unit.name, one.present, one.expected) for one in turnout.units if one.expected or one.present]
    kinds = [(one.name or "ไม่ระบุประเภท", one.present, one.registered) for one in found.categories]
    return OpeningPage(
        event=event.name,
        check_point=found.check_point.name,
        figure=f"{thai_number(turnout.present)} / {thai_number(turnout.expected)} คน",
        sentence=opening.sentence(found),
        cautions=_cautions(found),
        tables=[
            OpeningTable("แยกตามประเภท", ("ประเภท", "มาแล้ว", "ตอบรับ"), kinds),
            OpeningTable("แยกตามอำเภอ/หน่วยงาน", ("หน่วย", "มาแล้ว", "เป้าหมาย"), units),
        ],
        organiser=event.organiser_name,
        moment=f"ข้อมูล ณ วันที่ {thai_datetime(found.at)}",
    )


def _cautions(found: Opening) -> list[str]:
    """How sure the figures are, in the words of the page."""
    said = []
    if found.behind:
        said.append(f"โทรศัพท์ {len(found.behind)} เครื่องยังส่งไม่ครบ ค้าง {found.waiting} รายการ ตัวเลขอาจเพิ่มขึ้น")
    if found.silent:
        said.append(f"โทรศัพท์ {len(found.silent)} เครื่องไม่ได้ติดต่อเกิน 5 นาที อาจมีรายการค้าง")
    if found.left:
        scans = sum(phone.waiting for phone in found.left)
        said.append(f"โทรศัพท์ {len(found.left)} เครื่องยกเลิกการจับคู่แล้ว เคยแจ้งว่าค้าง {scans} รายการ")
    return said or ["โทรศัพท์หน้างานส่งข้อมูลครบทุกเครื่อง"]
