"""What the drawing modules are given: plain rows of text, filled by queries and by tests alike.

Every text is as it should be printed; dates are already in พ.ศ. ``reference`` is whatever the caller wants to
find a row by again; it is never printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class BadgeEvent:
    """What stands on every badge of an event."""

    name: str
    dates: str = ""


@dataclass(frozen=True)
class BadgePerson:
    """One badge. ``payload`` is what the QR holds (uppercase, so that the code stays small)."""

    name: str
    payload: str
    ticket_code: str
    position: str = ""
    organisation: str = ""
    unit: str = ""
    group: str = ""
    table: str = ""
    reference: str = ""


@dataclass(frozen=True)
class CertifyingOfficer:
    """Who signs under a sheet; empty texts leave dotted lines to fill in by hand."""

    name: str = ""
    position: str = ""


@dataclass(frozen=True)
class SheetHeading:
    """What stands on top of every page of sign-in sheets."""

    event: str
    check_point: str  # "ภาคเช้า"
    when: str  # "วันที่ 7 สิงหาคม 2561 เวลา 08.30 – 12.00 น."
    place: str = ""
    organiser: str = ""
    title: str = "บัญชีลายมือชื่อผู้เข้ารับการฝึกอบรม (ใบลงทะเบียน)"
    officer: CertifyingOfficer = CertifyingOfficer()
    thai_digits: bool = False
    edition: int = 1  # from the second on, printed beside the page's number


@dataclass(frozen=True)
class SheetRow:
    """One person of a sign-in sheet."""

    name: str
    position: str = ""
    organisation: str = ""
    note: str = ""
    reference: str = ""


@dataclass(frozen=True)
class SheetSection:
    """The people of one unit; it starts on a page of its own. ``blank_rows`` are lines for walk-ins."""

    unit: str
    rows: Sequence[SheetRow]
    blank_rows: int = 0
    reference: str = ""


@dataclass(frozen=True)
class Unfit:
    """A row somebody should look at before printing, and what about it does not fit."""

    reference: str
    name: str
    what: str


# What can be wrong with a row, in the words its list shows.
UNFIT_NAME = "ชื่อ–สกุล"
UNFIT_TEXT = "ตำแหน่งและหน่วยงาน"
UNFIT_CODE = "รหัสบัตร"
UNFIT_LETTERS = "มีตัวอักษรที่พิมพ์ไม่ได้"


@dataclass(frozen=True)
class TableSign:
    """What stands on a table. ``payload`` is the address behind its QR."""

    number: str
    name: str
    payload: str
    event: str = ""
    facilitator: str = ""


@dataclass(frozen=True)
class GroupSheet:
    """An A3 sheet for one table. ``rows`` are the codes and titles of what is written already."""

    event: str
    exercise: str
    group: str
    table: str
    payload: str
    questions: Sequence[str]  # of needs, projects, the issue, the reason
    issues: Sequence[tuple[str, str]]  # code, title
    needs: Sequence[tuple[str, str]] = ()
    projects: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class OpeningTable:
    """A small table: its heading, the heads of its columns, rows of a name and two numbers."""

    heading: str
    columns: tuple[str, str, str]
    rows: Sequence[tuple[str, int, int]]


@dataclass(frozen=True)
class OpeningPage:
    """What the page says, as it is printed."""

    event: str
    check_point: str
    figure: str  # "187 / 200 คน"
    sentence: str
    cautions: Sequence[str]  # phones that have not sent everything
    tables: Sequence[OpeningTable]
    organiser: str = ""
    moment: str = ""
