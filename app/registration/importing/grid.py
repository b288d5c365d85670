"""A table made ready to be understood: cleaned cells, merged ranges known, formulas set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.spreadsheets import Formula, Table
from app.core.text import UnreadableText, clean_text

# ditto marks; a plain dash is no ditto, it says that there is nothing
_DITTO = re.compile(
    r"""[\s\-–.]*(?:["“”″〃]|''|,,)+[\s\-–.]*|เช่นเดียวกัน|(?:ตาม|ดัง|ดังกล่าว)(?:ข้างต้น|ข้างบน)|as above|ditto"""
)
_DASH = re.compile(
    r"[\s\-\u2010-\u2015_.…]*[\-\u2010-\u2015_.…][\s\-\u2010-\u2015_.…]*|ไม่มี|ไม่ระบุ|n/a", re.IGNORECASE
)


@dataclass(frozen=True)
class GridRow:
    """One row: its number in the file, its cells cleaned (newlines kept), what a merged range spreads over it."""

    number: int
    cells: list[str]
    spread: dict[int, str] = field(default_factory=dict)
    formulas: frozenset[int] = frozenset()

    def at(self, column: int) -> str:
        """The text of a cell, "" beyond the end of the row."""
        return self.cells[column] if column < len(self.cells) else ""

    def filled(self) -> dict[int, str]:
        """The cells that hold something, by column."""
        return {column: text for column, text in enumerate(self.cells) if text}


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet that hold something, in order; ``spans`` has the last column of merged cells."""

    name: str
    rows: list[GridRow]
    spans: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.rows), default=0)

    def only(self, columns: range) -> Grid:
        """The same sheet with the cells of other columns empty: one of two lists side by side."""
        rows = [
            GridRow(
                row.number,
                [text if column in columns else "" for column, text in enumerate(row.cells)],
                {column: text for column, text in row.spread.items() if column in columns},
                row.formulas & set(columns),
            )
            for row in self.rows
        ]
        return Grid(self.name, rows, self.spans)


def make_grid(table: Table) -> Grid:
    """Clean a table's cells. A formula's cell is empty in the grid and noted in the row."""
    originals = {row.number: row.cells for row in table.rows}
    spread: dict[int, dict[int, str]] = {}
    spans: dict[tuple[int, int], int] = {}
    for merge in table.merges:
        spans[merge.top, merge.left] = merge.right
        source = originals.get(merge.top, [])
        text = source[merge.left] if merge.left < len(source) else ""
        if merge.bottom > merge.top and text and not isinstance(text, Formula):
            for number in range(merge.top + 1, min(merge.bottom, merge.top + 5000) + 1):
                if number in originals:
                    spread.setdefault(number, {})[merge.left] = _clean(text)
    rows = []
    for row in table.rows:
        formulas = frozenset(column for column, text in enumerate(row.cells) if isinstance(text, Formula))
        cells = ["" if column in formulas else _clean(text) for column, text in enumerate(row.cells)]
        rows.append(GridRow(row.number, cells, spread.get(row.number, {}), formulas))
    return Grid(table.name, rows, spans)


def is_dash(text: str) -> bool:
    """Whether a cell says that there is nothing, as "-" does."""
    return bool(_DASH.fullmatch(text))


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above"."""
    return bool(_DITTO.fullmatch(text))


def first_filled(texts: Sequence[str]) -> str:
    """The first text that says something."""
    return next((text for text in texts if text and not is_dash(text)), "")


def _clean(text: str) -> str:
    try:
        return clean_text(text, multiline=True)
    except UnreadableText:  # a lone surrogate; nothing a person typed
        return ""
