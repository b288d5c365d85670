"""What reading a spreadsheet gives: tables of text, with the row numbers a person sees."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.errors import RuleBroken


class FileUnreadable(RuleBroken):
    """The file as a whole cannot be read; the sentence says why and what to do."""


class Formula(str):
    """A cell that holds a formula, not a value; its text is the formula."""


# What a spreadsheet takes for a formula in CSV, behind blanks and apostrophes too.
FORMULA_START = r"[\s'\ufeff]*[=+\-@\t\r＝＋－＠]"  # noqa: RUF001 the wide forms count too


@dataclass(frozen=True)
class Row:
    """One row that holds something: its 1-based number in the file and its cells as text, "" for empty."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Merge:
    """A merged range; rows are 1-based as in the file, columns 0-based as in ``Row.cells``; ends are included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Table:
    """One sheet, or the whole of a CSV file; rows without any content are left out."""

    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False


def column_letter(index: int) -> str:
    """The letters of a 0-based column as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def column_index(letters: str) -> int:
    """The 0-based column of its letters: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
