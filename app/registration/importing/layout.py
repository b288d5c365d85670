"""Which rows of a sheet are people, and what the rows around them say about them.

Districts stand in sheet names, in titles and in rows between people; units and offices are left blank for
"as above"; totals, signatures and repeated headings are no people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import gettext as _

from app.core.spreadsheets import FileUnreadable, column_letter
from app.core.text import arabic_digits

from . import labels
from .columns import Columns, find_columns
from .content import is_category, is_name_like, is_office
from .footers import Footers
from .found import DataRow, FoundHeader, SheetReading
from .grid import Grid, GridRow, is_dash, is_ditto
from .header import Header, counts_columns, find_header, strange_header
from .sections import Section, lone_name, section_of
from .units import UnitChoice, Units
from .wording import FOOTER, GROUP, LIST_TITLE, QUANTITY, bare_heading, is_heading, is_total, without_number

MAX_ROWS = 5_000  # people of one file
_ABOVE = (labels.UNIT, labels.ORGANISATION)
_SPREADABLE = (labels.UNIT, labels.ORGANISATION, labels.CATEGORY, labels.POSITION, labels.FOOD)

_DISTRICT_LABEL = re.compile(r"(?:อำเภอ|อ\s*\.)[\s:]*")


def read_sheet(grid: Grid, units: Units, choice: Mapping[str, str], file_unit: UnitChoice | None) -> SheetReading:
    """Read one sheet from top to bottom; two lists side by side are read one after the other."""
    reading = SheetReading(grid.name)
    for part in _side_by_side(grid):
        _SheetReader(part, units, choice, reading, file_unit).read()
    return reading


def _side_by_side(grid: Grid) -> list[Grid]:
    """The sheet, or each of several lists that stand beside each other under repeated headings."""
    header = next((found for place in range(min(len(grid.rows), 40)) if (found := find_header(grid, place))), None)
    if header is None:
        return [grid]
    starts = [c for c, heading in sorted(header.headings.items()) if heading.meaning == labels.FULL_NAME]
    meanings = [heading.meaning for _c, heading in sorted(header.headings.items())]
    if len(starts) < 2 or meanings.count(labels.NUMBER) not in (0, len(starts)):
        return [grid]
    if len({header.headings[start].text for start in starts}) > 1:
        return [grid]
    numbers = [c for c, heading in sorted(header.headings.items()) if heading.meaning == labels.NUMBER]
    cuts = [*(numbers or starts), grid.width]
    return [grid.only(range(0 if n == 0 else cuts[n], cuts[n + 1])) for n in range(len(starts))]


class _SheetReader:
    """Walks down one sheet and keeps what the rows above said."""

    def __init__(
        self,
        grid: Grid,
        units: Units,
        choice: Mapping[str, str],
        reading: SheetReading,
        file_unit: UnitChoice | None,
    ) -> None:
        self.grid, self.units, self.choice, self.reading = grid, units, choice, reading
        self.of_sheet = units.in_sheet_name(grid.name)
        self.file_unit = None if self.of_sheet is None and units.is_elsewhere(grid.name) else file_unit
        self.title_unit: UnitChoice | None = None
        self.columns: Columns | None = None
        self.own_export = False
        self.header: Header | None = None
        self.section = Section(None)
        self.office = self.category = ""
        self.above: dict[str, str] = {}
        self.previous: dict[str, str] = {}
        self.footers = Footers()
        self.titles: set[str] = set()  # a title repeated on each page is no heading

    def read(self) -> None:
        headers = self._headers()
        if not headers and self.grid.rows:
            self._begin(None, self.grid.rows)
        starts = {header.top: header for header in headers}
        inside = {place for header in headers for place in range(header.top, header.bottom + 1)}
        for place, row in enumerate(self.grid.rows):
            if place in starts:
                following = [h.top for h in headers if h.top > place]
                end = following[0] if following else len(self.grid.rows)
                self._begin(starts[place], self.grid.rows[starts[place].bottom + 1 : end])
            elif place not in inside:
                self._take(row, under_header=place - 1 in inside)

    def _headers(self) -> list[Header]:
        headers: list[Header] = []
        place = 0
        while place < len(self.grid.rows):
            written_here = bool(headers) and headers[-1].wrote(self.grid.rows[place])
            header = None if written_here else find_header(self.grid, place, headers[0] if headers else None)
            if header:
                headers.append(header)
            place = header.bottom + 1 if header else place + 1
        strange = None if headers else strange_header(self.grid, self.units)
        return [strange] if strange else headers

    def _begin(self, header: Header | None, rows: list[GridRow]) -> None:
        columns = find_columns(self.grid, header, rows, self.units, self.choice)
        number = self.grid.rows[header.top].number if header else 0
        self.reading.headers.append(FoundHeader(number, columns, list(rows[:50])))
        if columns.has_name:
            self.footers.end()
            self.columns = columns
            self.own_export = bool(header and header.is_own_export)
            self.header = header

    def _take(self, row: GridRow, *, under_header: bool) -> None:
        """Decide what a row is and remember what it says, or add it to the people."""
        if self.columns is None:
            self._take_title(row)
            return
        if self.header is not None and self.header.wrote(row):
            self._add(row)
            return
        texts = {column: text for column, text in row.filled().items() if not is_dash(text)}
        numbered = self._is_numbered(row)
        if (under_header and counts_columns(row)) or is_total(texts, numbered, self.units):
            return
        if row.formulas & self._name_columns():
            self._refuse_formulas(row)
        if self._take_section(row, texts, numbered) or self.footers.is_footer(texts, numbered, self.columns):
            return
        if self._take_heading(texts, numbered):
            return
        if any(text for column, text in texts.items() if column in self.columns.mapped):
            self._add(row)
        elif row.formulas & self.columns.mapped and numbered:
            self._refuse_formulas(row)

    def _take_title(self, row: GridRow) -> None:
        self.titles.update(row.filled().values())
        text = " ".join(row.filled().values())
        self.title_unit = self.units.in_title(text) or self.title_unit
        office = re.search(r"(?:หน่วยงาน|ส่วนราชการ|สังกัด)\s*[:：.…]+\s*([ก-๙][^:…]{4,})", text)
        if office:
            self.office = office[1].strip(" .…")
        else:
            self._take_form_line(list(row.filled().values()))

    def _take_form_line(self, texts: list[str]) -> None:
        """หน่วยงาน | สำนักงานเกษตรอำเภอแกลง, in two cells of a form's head."""
        if len(texts) == 2 and labels.meaning_of(texts[0]) == labels.ORGANISATION and is_office(texts[1]):
            self.office = texts[1]

    def _is_numbered(self, row: GridRow) -> bool:
        """Whether the row carries a running number, as people do and headings do not."""
        if self.columns is None or self.columns.number is None:
            return False
        return bool(re.fullmatch(r"\(?\d{1,5}[.)]?", arabic_digits(row.at(self.columns.number))))

    def _take_section(self, row: GridRow, texts: dict[int, str], numbered: bool) -> bool:
        """A row that only names a unit, perhaps with a count, begins that unit's people."""
        number = self.columns.number if self.columns else None
        counts = [c for c, t in texts.items() if QUANTITY.fullmatch(arabic_digits(t)) or t.strip(" :") == "จำนวน"]
        words = {c: t for c, t in texts.items() if c not in counts and c != number}
        if not words and number in texts and not numbered:
            words = {number: texts[number]}
        if not words or len(words) > 4:
            return False
        column, text = next(iter(words)), " ".join(words.values())
        if numbered and (len(words) > 1 or (self.columns and self.columns.field_of(column) == labels.UNIT)):
            return False
        if self.footers.is_below and text.startswith("หัวหน้าสำนักงาน"):
            return False  # the signer's post
        unit = self.units.heading(text)
        alone = len(words) == 1 or bool(_DISTRICT_LABEL.fullmatch(words[column]))
        section = Section(unit) if unit or not alone else self._alone(column, text, numbered)
        if section is None or section == Section(None):
            return False
        self._begin_section(section, text if is_office(text) and section.unit != self.units.agencies else "")
        return True

    def _alone(self, column: int, text: str, numbered: bool) -> Section | None:
        """The section that a row of one text begins when it is not plainly the name of a unit."""
        assert self.columns is not None
        is_sectioned = self.section != Section(None)
        if FOOTER.match(text) or (text in self.titles and not is_sectioned):
            return None
        of_names = self.columns.field_of(column) in (*labels.NAMES, labels.LAST_NAME)
        if numbered:
            says_district = of_names and text.startswith("อำเภอ")
            return section_of(text, self.units, for_certain=True) if says_district else None
        if LIST_TITLE.search(text) and not is_name_like(text) and (unit := self.units.in_title(text)):
            return Section(unit)
        if column not in self.columns.mapped and (section := lone_name(text, self.units)):
            return section
        if of_names and is_sectioned and " " not in text and (unit := self.units.find(text)):
            return Section(unit)
        if of_names or column not in self.columns.mapped:
            return section_of(text, self.units, for_certain=is_sectioned or not of_names)
        return None

    def _begin_section(self, section: Section, office: str = "") -> None:
        self.section, self.office, self.category = section, office, ""
        self.above, self.previous = {}, {}
        self.footers.end()

    def _take_heading(self, texts: dict[int, str], numbered: bool) -> bool:
        """A row of one text that is no person: an office or a kind of participant over those below, or nothing."""
        assert self.columns is not None
        texts = without_number(texts, self.columns.number)
        if numbered or len(texts) != 1:
            return False
        ((column, written),) = texts.items()
        text = bare_heading(written)
        of_names = self.columns.field_of(column) in (*labels.NAMES, labels.LAST_NAME)
        if of_names and not is_heading(written):
            return False
        if is_category(text):
            self.category = text
        elif is_office(text) and text not in self.titles and not GROUP.match(text) and not LIST_TITLE.search(text):
            provincial = self.units.agencies if self.units.is_provincial(text, "") else None
            unit = self.units.mentioned(text) or provincial
            self._begin_section(Section(unit) if unit else self.section, text)
        return True

    def _add(self, row: GridRow) -> None:
        assert self.columns is not None
        self.footers.end()
        self._refuse_formulas(row)
        values = {name: self._value(row, name) for name in self.columns.fields}
        if self.columns.joined_to_name:
            cells = [values[labels.FULL_NAME], *(row.at(c) for c in self.columns.joined_to_name)]
            values[labels.FULL_NAME] = " ".join(cell for cell in cells if cell)
        if values.get(labels.UNIT) and values[labels.UNIT] != self.above.get(labels.UNIT):
            self.above = {}  # another district: its first blank office is not the office of the last one
        self.reading.rows.append(
            DataRow(
                sheet=self.grid.name,
                number=row.number,
                values=values,
                original=row.cells,
                columns=self.columns,
                above={} if self.own_export else {f: t for f, t in self.above.items() if not values.get(f)},
                section=self.section.unit,
                unknown_section=self.section.written,
                of_sheet=self.of_sheet,
                of_title=self.title_unit or self.file_unit,
                office=self.office,
                category=self.category,
                own_export=self.own_export,
                as_written=self.header is not None and self.header.wrote(row),
            )
        )
        for name in _ABOVE:
            if values.get(name) and not is_dash(values[name]):
                self.above[name] = values[name]
        self.previous = {**self.previous, **{n: v for n, v in values.items() if v}}
        if len(self.reading.rows) > MAX_ROWS:
            raise too_many_rows()

    def _value(self, row: GridRow, name: str) -> str:
        """The text of a field: the first of its columns that is filled; a merged range counts, a ditto copies."""
        assert self.columns is not None
        text = ""
        for column in self.columns.fields[name]:
            found = row.at(column) or (row.spread.get(column, "") if name in _SPREADABLE else "")
            if found and (not text or is_dash(text)):
                text = found
        if name in _SPREADABLE and is_ditto(text) and not (self.header is not None and self.header.wrote(row)):
            return self.previous.get(name, "")
        return text

    def _name_columns(self) -> set[int]:
        assert self.columns is not None
        return {column for column in self.columns.mapped if self.columns.field_of(column) in labels.NAMES}

    def _refuse_formulas(self, row: GridRow) -> None:
        """A formula where a person's field should be: its value cannot be trusted, so the file is refused."""
        assert self.columns is not None
        for column in sorted(row.formulas & self.columns.mapped):
            raise FileUnreadable(
                _(
                    "แผ่นงาน %(sheet)s ช่อง %(cell)s เป็นสูตร โปรดคัดลอกตารางแล้ววางแบบ “ค่า” (Paste Values) แล้วส่งใหม่",
                    sheet=self.grid.name,
                    cell=f"{column_letter(column)}{row.number}",
                )
            )


def too_many_rows() -> FileUnreadable:
    """The refusal of a file with more people than one import takes."""
    return FileUnreadable(_("ไฟล์นี้มีมากกว่า %(count)d คน โปรดแบ่งเป็นหลายไฟล์ แล้วนำเข้าทีละไฟล์", count=MAX_ROWS))
