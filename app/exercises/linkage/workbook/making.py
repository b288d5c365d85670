"""The exercise as a workbook: the groups' cards in the order of the plan forms, then what the analyses found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

from app.core.spreadsheets import Sheet, write_workbook

from ..analysis import Scope
from . import cards, findings
from .source import Book, Cell


class GroupMember(NamedTuple):
    """A person of a group as the workbook names them: never a telephone number."""

    group: str
    name: str
    position: str = ""
    organisation: str = ""
    role: str = ""


def build_workbook(
    document: Mapping[str, Any],
    analyses: Mapping[str, Any],
    *,
    event_name: str,
    counted: str,
    scope: Scope | None = None,
    members: Iterable[GroupMember] = (),
) -> bytes:
    """The whole exercise as XLSX. `analyses` count the cards of `scope`, which `counted` names in words."""
    book = Book(document, analyses, event_name, counted, scope or Scope())
    sheets = [
        findings.summary_sheet(book),
        cards.needs_sheet(book),
        cards.projects_sheet(book),
        cards.links_sheet(book),
        findings.coverage_sheet(book),
        findings.goals_sheet(book),
        findings.broken_sheet(book),
        cards.capacity_sheet(book),
        findings.chains_sheet(book),
        findings.overlap_sheet(book),
        findings.screening_sheet(book),
        findings.votes_sheet(book),
        members_sheet(book, members),
    ]
    return write_workbook(sheets)


def members_sheet(book: Book, members: Iterable[GroupMember]) -> Sheet:
    """Who sat in which group, without telephone numbers or e-mail."""
    header = [_("กลุ่ม"), _("ที่"), _("ชื่อ–สกุล"), _("ตำแหน่ง"), _("หน่วยงาน"), _("หน้าที่ในกลุ่ม")]
    rows: list[list[Cell]] = []
    seen: dict[str, int] = {}
    for person in members:
        seen[person.group] = seen.get(person.group, 0) + 1
        name = book.groups.get(person.group, person.group)
        rows.append([name, seen[person.group], person.name, person.position, person.organisation, person.role])
    return Sheet(_("ผู้เข้าร่วมรายกลุ่ม"), header, rows)
