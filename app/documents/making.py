"""Each document as a finished file: what it is called, what kind it is, its bytes, whose data it holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from app.audit.trail import record
from app.checkin.figures import opening, register
from app.checkin.paper import sheets
from app.core import clock
from app.core.formatting import thai_datetime
from app.core.languages import language
from app.core.spreadsheets import Sheet, csv_bytes, write_workbook
from app.events.models import CheckPoint, Event, Unit
from app.exercises.linkage.analysis import Scope, analyse
from app.exercises.linkage.document.reading import SCHEMA_VERSION
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.scopes import HANDED_IN, WRITING, scope_words
from app.exercises.linkage.snapshots.keeping import document_in
from app.exercises.linkage.snapshots.models import Snapshot
from app.exercises.linkage.workbook.making import build_workbook
from app.exercises.models import Exercise, Submission
from app.registration.models import Registrant

from . import check_point_rows, rows
from . import register as register_sheets
from .books.progress import Tell, silent

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True)
class Made:
    """A finished file. ``facts`` go into the audit trail: counts and choices, never names."""

    document: str
    file_name: str
    mimetype: str
    data: bytes
    facts: dict[str, Any] = field(default_factory=dict)
    printed: sheets.Printed | None = None


def registrants_csv(event: Event, *, with_sensitive: bool = False) -> Made:
    """The list of who takes part, as a spreadsheet reads CSV."""
    people = rows.registrants(event)
    asked = rows.answer_columns(event, with_sensitive=with_sensitive)
    lines = rows.registrant_rows(people, with_sensitive=with_sensitive)
    whole = [line + asked.of(person) for person, line in zip(people, lines, strict=True)]
    facts = {"people": len(people), "sensitive": with_sensitive}
    return Made(
        "registrants",
        f"รายชื่อ {event.slug}.csv",
        CSV,
        csv_bytes([[*rows.REGISTRANT_HEADER, *asked.headings], *whole]),
        facts,
    )


def registrants_xlsx(event: Event, *, with_sensitive: bool = False) -> Made:
    """The list of who takes part as a workbook, with the group each sits in."""
    people = rows.registrants(event)
    groups = rows.groups_by_registrant(event)
    asked = rows.answer_columns(event, with_sensitive=with_sensitive)
    lines = rows.registrant_rows(people, with_sensitive=with_sensitive)
    for person, line in zip(people, lines, strict=True):
        line += [groups[person.id].name if person.id in groups else "", *asked.of(person)]
    sheet = Sheet("รายชื่อ", [*rows.REGISTRANT_HEADER, "กลุ่ม", *asked.headings], lines)
    facts = {"people": len(people), "sensitive": with_sensitive}
    return Made("registrants", f"รายชื่อ {event.slug}.xlsx", XLSX, write_workbook([sheet]), facts)


def badges(event: Event, unit: Unit | None = None, only: Registrant | None = None) -> Made:
    """Badges of all, of one unit, or of one person whose badge was lost."""
    return badges_to_draw(event, unit, only)(silent)


def badges_to_draw(
    event: Event, unit: Unit | None = None, only: Registrant | None = None
) -> Callable[[Tell], Made]:
    """Reads everything; what comes back draws without the database, telling how far it is."""
    from .badges import build_badges  # what draws is imported when it draws: it doubles the start of a server

    people = rows.badge_people(event, rows.registrants(event, unit, only))
    on_each, whose = rows.badge_event(event), f" {unit.name}" if unit is not None else ""
    name = f"ป้ายชื่อ{whose} {event.slug}.pdf"
    return lambda tell: Made("badges", name, PDF, build_badges(on_each, people, tell), {"people": len(people)})


def sign_in_sheets(event: Event, check_point: CheckPoint) -> Made:
    """The sign-in sheets of a check-point, each unit on a page of its own."""
    from .sign_in_sheets import draw_sheets, lay_out_sheets

    sections = check_point_rows.sheet_sections(event, check_point)
    heading = check_point_rows.sheet_heading(event, check_point)
    pages = lay_out_sheets(heading, sections)
    printed = sheets.edition_of(check_point, check_point_rows.numbered_lines(event, pages))
    data = draw_sheets(replace(heading, edition=printed.edition), pages)
    name = f"บัญชีลายมือชื่อ {check_point.name} {event.slug}.pdf"
    facts = {"people": sum(len(section.rows) for section in sections), "check_point": check_point.id}
    return Made("sign-in-sheets", name, PDF, data, {**facts, "edition": printed.edition}, printed)


def register_xlsx(event: Event) -> Made:
    """The attendance register: names against half-days, and target against actual by unit and category."""
    now = clock.now()
    read = register.read(event, now)
    moment = _("ข้อมูล ณ วันที่ %(when)s", when=thai_datetime(now, locale=language()))
    data = write_workbook(register_sheets.sheets(event, read, moment))
    return Made("register", f"ทะเบียนการเข้าร่วม {event.slug}.xlsx", XLSX, data, {"people": len(read.lines)})


def table_signs(event: Event) -> Made:
    """A sign for every table of the grouping in force."""
    from .table_signs import build_table_signs

    signs = rows.table_signs(event)
    name = f"ป้ายโต๊ะ {event.slug}.pdf"
    return Made("table-signs", name, PDF, build_table_signs(signs), {"tables": len(signs)})


def group_sheets(exercise: Exercise, only: Submission | None = None) -> Made:
    """An A3 sheet for every table of an exercise, or for one."""
    from .group_sheet import build_group_sheets

    sheets = rows.group_sheets(exercise, only)
    name = f"กระดาษกลุ่ม {exercise.event.slug}.pdf"
    return Made(
        "group-sheets", name, PDF, build_group_sheets(sheets), {"exercise": exercise.id, "tables": len(sheets)}
    )


def opening_report(event: Event, check_point: CheckPoint) -> Made:
    """One page of figures for who reads the opening report; no names."""
    from .opening_report import build_opening_report

    page = check_point_rows.opening_page(event, opening.figures(check_point, clock.now()))
    name = f"ตัวเลขกล่าวรายงาน {check_point.name} {event.slug}.pdf"
    return Made("opening-report", name, PDF, build_opening_report(page), {"check_point": check_point.id})


def workbook(exercise: Exercise, *, handed_in: bool = False, version: Snapshot | None = None) -> Made:
    """The exercise as a workbook: cards, links, what is covered and what is missing, who sat where."""
    document = document_of(exercise) if version is None else document_in(version)
    scope = Scope(statuses=HANDED_IN if handed_in else WRITING)
    analyses = analyse(document, scope)
    event = exercise.event
    counted = counted_words(handed_in, version)
    members = rows.group_members(exercise)
    data = build_workbook(document, analyses, event_name=event.name, counted=counted, scope=scope, members=members)
    name = _("การเชื่อมโยงแผน %(slug)s.xlsx", slug=event.slug)
    facts: dict[str, Any] = {"exercise": exercise.id, "handed_in": handed_in}
    if version is not None:
        name = _("การเชื่อมโยงแผน %(slug)s ฉบับที่ %(n)d.xlsx", slug=event.slug, n=version.number)
        facts["version"] = version.number
    return Made("workbook", name, XLSX, data, facts)


def counted_words(handed_in: bool, version: Snapshot | None) -> str:
    """What a document counts; of a version its number and the beginning of the hash that proves it."""
    if version is None:
        return scope_words(handed_in)
    number = _("ฉบับที่ %(n)d", n=version.number)
    return f"{number} “{version.name}” SHA-256 {version.sha256[:16]}…"


def exercise_json(exercise: Exercise) -> Made:
    """The exercise as a file that another event, or another system, can read."""
    document = {"schema_version": SCHEMA_VERSION, **document_of(exercise)}
    data = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    name = _("กิจกรรมกลุ่ม %(slug)s.json", slug=exercise.event.slug)
    return Made("exercise", name, JSON, data, {"exercise": exercise.id})


def note(actor: object, event: Event, made: Made) -> None:
    """Write into the audit trail that a document left the house; numbered sheets are kept with their numbers."""
    if made.printed is not None:
        sheets.keep(made.printed)
    record(actor, event, "document.exported", event, document=made.document, **made.facts)
