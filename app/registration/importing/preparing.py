"""A whole list, read and judged before anything is written: who is new, who is there, what must be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from flask_babel import gettext as _

from app.core.national_id import mask_national_ids
from app.core.spreadsheets import FileUnreadable, Table, column_letter

from .. import names
from . import labels
from .columns import Columns
from .found import DataRow, FoundHeader, SheetReading
from .grid import make_grid
from .layout import MAX_ROWS, read_sheet, too_many_rows
from .matching import KnownPerson, Match, People
from .row.checking import check
from .row.facts import Fault, Person
from .units import Units

NO_TITLE = "title:"
GOOD, BAD, DUPLICATE = "good", "bad", "duplicate"
_SAMPLES = 3


@dataclass(frozen=True)
class PreparedRow:
    """A row of the list with its outcome. National IDs are masked in ``cells``; ``source`` knows its columns."""

    sheet: str
    number: int
    outcome: str
    cells: list[str]
    source: DataRow
    person: Person | None = None
    faults: list[Fault] = field(default_factory=list)
    same: Match | None = None
    similar: list[Match] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """Why a row is bad, double or similar, as sentences."""
        if self.faults:
            return " · ".join(fault.sentence for fault in self.faults)
        if self.same:
            return self.same.sentence
        return " · ".join(match.sentence for match in self.similar)


@dataclass(frozen=True)
class ColumnView:
    """A column as a page shows it for correction: its key, letter, heading, field ("" for none) and samples."""

    key: str
    letter: str
    heading: str
    field: str
    samples: list[str]


@dataclass(frozen=True)
class SheetView:
    """One header of one sheet and its columns; ``header_row`` is 0 where the sheet has no headings."""

    name: str
    header_row: int
    columns: list[ColumnView]


@dataclass(frozen=True)
class TitleView:
    """A title that was found in front of names: how often, and some of the names as they would be without it."""

    title: str
    count: int
    samples: list[str]


@dataclass
class Prepared:
    """What an import would do."""

    rows: list[PreparedRow]
    mapping: list[SheetView]
    hidden: dict[str, int] = field(default_factory=dict)  # people of each hidden sheet, which were not taken in

    def _of(self, outcome: str) -> list[PreparedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def good(self) -> list[PreparedRow]:
        """Rows that would be new registrants."""
        return self._of(GOOD)

    @property
    def bad(self) -> list[PreparedRow]:
        """Rows with faults."""
        return self._of(BAD)

    @property
    def duplicates(self) -> list[PreparedRow]:
        """Rows that certainly are somebody of an earlier row, or a registrant."""
        return self._of(DUPLICATE)

    @property
    def similar(self) -> list[PreparedRow]:
        """Good rows that resemble somebody."""
        return [row for row in self.good if row.similar]

    @property
    def guessed_titles(self) -> list[TitleView]:
        """The titles taken off the front of names, the commonest first: suggestions, shown for confirmation."""
        found: dict[str, list[str]] = {}
        for person in (row.person for row in self.good):
            if person is not None and person.is_title_guessed:
                found.setdefault(person.title, []).append(f"{person.first_name} {person.last_name}")
        views = [TitleView(title, len(people), people[:_SAMPLES]) for title, people in found.items()]
        return sorted(views, key=lambda view: (-view.count, view.title))

    @property
    def about_hidden(self) -> str:
        """What to say of hidden sheets with people; "" when there are none."""
        if not self.hidden:
            return ""
        return _(
            "แผ่นงานที่ซ่อนไว้ (%(sheets)s) มีรายชื่อ %(count)d แถวที่ไม่ได้อ่าน หากต้องการนำเข้า โปรดเลิกซ่อนแผ่นงานแล้วส่งไฟล์ใหม่",
            sheets=", ".join(self.hidden),
            count=sum(self.hidden.values()),
        )

    @property
    def has_names(self) -> bool:
        """Whether any sheet has a column of names; without one nothing could be read."""
        return any(column.field in _NAME_FIELDS for sheet in self.mapping for column in sheet.columns)


_NAME_FIELDS = {*labels.NAMES, labels.LAST_NAME}


def prepare(
    tables: Sequence[Table],
    units: Units,
    known: Iterable[KnownPerson] = (),
    column_choice: Mapping[str, str] | None = None,
    filename: str = "",
) -> Prepared:
    """Judge every row of a list. ``column_choice`` maps a column's key to its field, as chosen by hand; with
    ``NO_TITLE`` before it, a key is the beginning of names that is no title.

    Raises FileUnreadable for formulas among the people and for more than 5,000 of them. A list without a column
    of names gives no rows, and ``has_names`` is false.
    """
    file_unit = units.in_sheet_name(PurePath(filename.replace("\\", "/")).stem) if filename else None
    readings = [
        read_sheet(make_grid(table), units, column_choice or {}, file_unit)
        for table in tables
        if not table.is_hidden
    ]
    if sum(len(reading.rows) for reading in readings) > MAX_ROWS:
        raise too_many_rows()
    people = People(known)
    no_titles = {key.removeprefix(NO_TITLE) for key in column_choice or {} if key.startswith(NO_TITLE)}
    rows = [_judge(row, units, people, repeats, no_titles) for row, repeats in _rows(readings)]
    hidden = {table.name: count for table in tables if table.is_hidden and (count := _people_of(table, units))}
    return Prepared(rows, [view for reading in readings for view in _views(reading)], hidden)


def _people_of(table: Table, units: Units) -> int:
    """How many rows of a hidden sheet read like people; 0 for one that cannot be read."""
    try:
        reading = read_sheet(make_grid(table), units, {}, None)
    except FileUnreadable:
        return 0
    return sum(any(row.values.get(name) for name in _NAME_FIELDS) for row in reading.rows)


def require_names(prepared: Prepared) -> None:
    """Refuse a list in which no column of names was found."""
    if not prepared.has_names:
        raise FileUnreadable(_("ไม่พบคอลัมน์ชื่อ-นามสกุลในไฟล์นี้ โปรดใส่หัวตาราง เช่น ชื่อ-สกุล ตำแหน่ง หน่วยงาน อำเภอ แล้วส่งใหม่"))


def _rows(readings: Iterable[SheetReading]) -> Iterable[tuple[DataRow, bool]]:
    for reading in readings:
        repeats = _repeats_titles(reading.rows)
        for row in reading.rows:
            yield row, repeats


def _repeats_titles(rows: Sequence[DataRow]) -> bool:
    """Whether most first names of a sheet carry the title that has a column of its own."""
    titled = [row for row in rows if row.values.get(labels.TITLE)]
    return sum(map(_repeats_title, titled)) > len(titled) / 2


def _repeats_title(row: DataRow) -> bool:
    """Whether a row's name begins with its title and is a name without it; นาย can be a first name."""
    title = names.tidy(row.values[labels.TITLE])
    given = names.tidy(row.values.get(labels.FIRST_NAME) or row.values.get(labels.FULL_NAME))
    rest = given.removeprefix(title).strip()
    return given.startswith(title) and bool(rest) and (bool(row.values.get(labels.LAST_NAME)) or " " in rest)


def _judge(row: DataRow, units: Units, people: People, repeats_title: bool, no_titles: set[str]) -> PreparedRow:
    cells = _masked(row)
    found = check(row, units, repeats_title=repeats_title, no_titles=no_titles)
    if not isinstance(found, Person):
        return PreparedRow(row.sheet, row.number, BAD, cells, row, faults=found)
    same = people.same(found, row.sheet)
    similar = [] if same else people.similar(found, row.sheet)
    people.add(found, row.sheet, row.number)
    outcome = DUPLICATE if same else GOOD
    return PreparedRow(row.sheet, row.number, outcome, cells, row, person=found, same=same, similar=similar)


def _masked(row: DataRow) -> list[str]:
    """The row as it stands in the file, without national IDs."""
    return [
        "" if _is_id_column(row.columns, column) else mask_national_ids(text)
        for column, text in enumerate(row.original)
    ]


def _is_id_column(columns: Columns, column: int) -> bool:
    heading = columns.headings.get(column)
    return heading is not None and heading.meaning == labels.NATIONAL_ID and column not in columns.mapped


def _views(reading: SheetReading) -> list[SheetView]:
    """Each different header of a sheet, as a page shows it."""
    views: dict[tuple[str, ...], SheetView] = {}
    for header in reading.headers:
        columns = [_column_view(header, column) for column in sorted(header.columns.headings)]
        view = SheetView(reading.name, header.row, columns)
        views.setdefault(tuple(column.key for column in view.columns), view)
    return list(views.values())


def _column_view(header: FoundHeader, column: int) -> ColumnView:
    heading = header.columns.headings[column]
    texts = (row.at(column) for row in header.samples)
    samples = [] if _is_id_column(header.columns, column) else _first(_SAMPLES, texts)
    return ColumnView(heading.key, column_letter(column), heading.text, header.columns.field_of(column), samples)


def _first(count: int, texts: Iterable[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        if text and len(found) < count:
            found.append(mask_national_ids(text)[:80])
    return found
