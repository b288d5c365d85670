"""Which column holds which field: by its heading, else by what stands in it, and as chosen by hand before all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import labels
from .content import is_name_like, looks_like
from .grid import Grid, GridRow
from .header import Header, Heading
from .units import Units

# Fields that may have several columns; the first that is filled counts.
_SEVERAL = (labels.PHONE, labels.ORGANISATION)
_BY_CONTENT = (
    labels.EMAIL,
    labels.PHONE,
    labels.UNIT,
    labels.TITLE,
    labels.FOOD,
    labels.CATEGORY,
    labels.ORGANISATION,
    labels.POSITION,
)
_ENOUGH = 0.6
_WORD = re.compile(r"[ก-๙A-Za-z.\- ]{1,60}")


@dataclass(frozen=True)
class Columns:
    """The columns of each field, best first; ``number`` is the running number; ``headings`` are all columns."""

    fields: dict[str, list[int]]
    number: int | None
    headings: dict[int, Heading]
    joined_to_name: tuple[int, ...] = ()  # cells beside the name that belong to it

    def field_of(self, column: int) -> str:
        """The field a column is mapped to, or ""."""
        if column in self.joined_to_name:
            return labels.FULL_NAME
        return next((field for field, columns in self.fields.items() if column in columns), "")

    @property
    def mapped(self) -> set[int]:
        """Every column whose content becomes part of a person."""
        return {column for columns in self.fields.values() for column in columns} | set(self.joined_to_name)

    @property
    def has_name(self) -> bool:
        """Whether any column gives names."""
        return any(self.fields.get(field) for field in (*labels.NAMES, labels.LAST_NAME))


def find_columns(
    grid: Grid, header: Header | None, rows: Sequence[GridRow], units: Units, choice: Mapping[str, str]
) -> Columns:
    """Give each column of a stretch of rows its field. ``choice`` maps heading keys to fields, "" for none."""
    headings = dict(header.headings) if header else {}
    for column in range(grid.width):
        headings.setdefault(column, Heading(column, "", None))
    guess = _Guess(headings, rows, units)
    guess.take_choice(choice)
    guess.take_headings()
    guess.settle_names()
    guess.take_content(without_header=header is None)
    guess.join_name_cells()
    return Columns(guess.fields, guess.number, headings, tuple(guess.joined))


class _Guess:
    """The guess while it is being made; each step only takes columns that are still free."""

    def __init__(self, headings: dict[int, Heading], rows: Sequence[GridRow], units: Units) -> None:
        self.headings = headings
        self.rows = rows
        self.units = units
        self.fields: dict[str, list[int]] = {}
        self.number: int | None = None
        self.joined: list[int] = []
        self.chosen: set[int] = set()

    def cells(self, column: int) -> list[str]:
        return [text for row in self.rows if (text := row.at(column))]

    def likeness(self, field: str, column: int) -> float:
        return looks_like(field, self.cells(column), self.units)

    def is_free(self, column: int) -> bool:
        taken = {c for columns in self.fields.values() for c in columns}
        return column not in taken | self.chosen and column != self.number

    def take_choice(self, choice: Mapping[str, str]) -> None:
        for column, heading in self.headings.items():
            if heading.key in choice:
                self.chosen.add(column)
                if choice[heading.key] in labels.FIELDS:
                    self.fields.setdefault(choice[heading.key], []).append(column)

    def take_headings(self) -> None:
        claims: dict[str, list[int]] = {}
        for column, heading in sorted(self.headings.items()):
            if heading.meaning and column not in self.chosen:
                claims.setdefault(heading.meaning, []).append(column)
        for meaning, columns in claims.items():
            if meaning == labels.NUMBER:
                self.number = columns[0]
            elif meaning in labels.FIELDS and meaning not in self.fields:
                ranked = sorted(columns, key=lambda column: (-self._rank(meaning, column), column))
                self.fields[meaning] = ranked if meaning in _SEVERAL else ranked[:1]

    def _rank(self, field: str, column: int) -> float:
        """How well a column suits a field that several claim; หน่วยงาน before สังกัด, มือถือ before others."""
        if not self.cells(column):
            return -1.0
        words = self.headings[column].text
        preferred = (field == labels.ORGANISATION and "หน่วยงาน" in words) or (
            field == labels.PHONE and ("มือถือ" in words or "เคลื่อนที่" in words)
        )
        return self.likeness(field, column) + 2 * preferred

    def settle_names(self) -> None:
        """ชื่อ alone is a whole name; ชื่อสกุล beside ชื่อ is a last name; of two whole names one is enough."""
        fields = self.fields
        if labels.FIRST_NAME in fields and labels.LAST_NAME not in fields and labels.FULL_NAME in fields:
            full = fields[labels.FULL_NAME][0]
            if (
                labels.squeezed(self.headings[full].text) == "ชื่อสกุล"
                and self.likeness(labels.FULL_NAME, full) < 0.5
            ):
                fields[labels.LAST_NAME] = fields.pop(labels.FULL_NAME)
            else:
                del fields[labels.FIRST_NAME]
        if labels.LAST_NAME in fields and labels.FULL_NAME in fields:
            spare = labels.FULL_NAME if labels.FIRST_NAME in fields else None
            if spare:
                del fields[spare]
            else:
                fields[labels.FIRST_NAME] = fields.pop(labels.FULL_NAME)
        if labels.FIRST_NAME in fields and labels.LAST_NAME not in fields:
            fields[labels.FULL_NAME] = fields.pop(labels.FIRST_NAME)
        if labels.NAME_POSITION in fields and {labels.FULL_NAME, labels.FIRST_NAME} & fields.keys():
            del fields[labels.NAME_POSITION]

    def take_content(self, *, without_header: bool) -> None:
        """Fields without a heading, from columns whose heading says nothing."""
        if self.number is None:
            self.number = self._best(labels.NUMBER, only_unlabelled=True)
        names = {*labels.NAMES, labels.LAST_NAME}
        for field in _BY_CONTENT:
            if field not in self.fields and not (field == labels.TITLE and labels.FULL_NAME in self.fields):
                column = self._best(field, only_unlabelled=not without_header and field not in _BY_CONTENT[:3])
                if column is not None:
                    self.fields[field] = [column]
        if not names & self.fields.keys():
            column = self._best(labels.FULL_NAME, only_unlabelled=False)
            if column is not None:
                self.fields[labels.FULL_NAME] = [column]
            else:
                self._names_after_title()

    def _best(self, field: str, *, only_unlabelled: bool) -> int | None:
        free = [
            column
            for column, heading in self.headings.items()
            if self.is_free(column) and heading.meaning is None and not (only_unlabelled and heading.text)
        ]
        ranked = sorted(((self.likeness(field, column), -column) for column in free), reverse=True)
        return -ranked[0][1] if ranked and ranked[0][0] >= _ENOUGH else None

    def _names_after_title(self) -> None:
        """Without any heading: the two columns of words after the titles are first and last names."""
        if labels.TITLE not in self.fields:
            return
        first = self.fields[labels.TITLE][0] + 1
        if all(self._holds_words(column) for column in (first, first + 1)):
            self.fields[labels.FIRST_NAME], self.fields[labels.LAST_NAME] = [first], [first + 1]

    def _holds_words(self, column: int) -> bool:
        cells = self.cells(column)
        return bool(cells) and all(_WORD.fullmatch(cell) for cell in cells[:50])

    def join_name_cells(self) -> None:
        """ชื่อ-สกุล written over two or three cells: the cells without a heading beside it belong to the name."""
        (start,) = self.fields.get(labels.FULL_NAME, [None])[:1] or [None]
        if start is None or start in self.chosen:
            return
        whole = [is_name_like(cell) and " " in cell for cell in self.cells(start)]
        if whole and sum(whole) > 0.5 * len(whole):
            return
        for column in (start + 1, start + 2):
            heading = self.headings.get(column)
            if heading is None or heading.text or not self.is_free(column) or not self._holds_words(column):
                return
            self.joined.append(column)
