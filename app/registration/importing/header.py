"""Where the headings of a list stand: below title rows, in one row or two, again on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.ids import TICKET_LENGTH
from app.core.spreadsheets import column_letter
from app.core.text import arabic_digits

from .. import names
from . import labels
from .content import is_name_like, is_phone_like
from .grid import Grid, GridRow
from .units import Units

_TICKET = re.compile(rf"[A-Z2-7]{{{TICKET_LENGTH}}}")
_SPREADS = (labels.PHONE, labels.EMAIL)  # เบอร์โทร over "มือถือ | ที่ทำงาน" gives its meaning to both


@dataclass(frozen=True)
class Heading:
    """The heading of one column: its 0-based place, the words, and what they mean (None for unknown words)."""

    column: int
    text: str
    meaning: str | None

    @property
    def key(self) -> str:
        """By what a choice for this column is remembered: its words, or its letter when it has none."""
        return labels.squeezed(self.text) or f"#{column_letter(self.column)}"


@dataclass(frozen=True)
class Header:
    """The headings of a stretch of rows; ``top`` and ``bottom`` are places in ``Grid.rows``."""

    top: int
    bottom: int
    headings: dict[int, Heading]

    @property
    def meanings(self) -> set[str]:
        """What its headings mean, as far as that is known."""
        return {heading.meaning for heading in self.headings.values() if heading.meaning}

    @property
    def ticket_column(self) -> int | None:
        """The column of ticket codes: only a list that this system wrote has one."""
        return next((c for c, heading in self.headings.items() if heading.meaning == labels.TICKET), None)

    @property
    def is_own_export(self) -> bool:
        """Whether the list was written by this system, so that an empty cell is empty and not "as above"."""
        return self.ticket_column is not None

    def wrote(self, row: GridRow) -> bool:
        """Whether this system wrote the row: it carries a ticket code, so nothing of it needs guessing."""
        return self.ticket_column is not None and bool(_TICKET.fullmatch(row.at(self.ticket_column)))


def find_header(grid: Grid, place: int, earlier: Header | None = None) -> Header | None:
    """The header that begins at a place of the grid, or None when that row is none.

    Below an ``earlier`` header only a row with a name among its headings, or the same words again, is another.
    """
    header = _header_at(grid, place)
    if header is None or earlier is None or header.meanings & labels.NAMES:
        return header
    known = {heading.key for heading in earlier.headings.values()}
    repeated = [heading.key in known for heading in header.headings.values()]
    return header if sum(repeated) > len(repeated) / 2 else None


def _header_at(grid: Grid, place: int) -> Header | None:
    row = grid.rows[place]
    if re.fullmatch(r"[(\d).]+", arabic_digits(next(iter(row.filled().values()), ""))):
        return None  # a running number: a person, whatever else the row says
    texts = [text for text in row.filled().values() if not labels.is_question(text)]
    if any("@" in text or is_phone_like(text) for text in texts):
        return None  # a person; most rows are, so this goes before the costly look at words
    if any(names.begins_with_title(text) and is_name_like(text) for text in texts):
        return None  # a person above the headings of the next page
    single = {column: Heading(column, text, labels.meaning_of(text)) for column, text in row.filled().items()}
    if not any(heading.meaning for heading in single.values()):
        return None
    below = grid.rows[place + 1] if place + 1 < len(grid.rows) else None
    alone = Header(place, place, single)
    if below is not None and not alone.wrote(below) and _is_sub_header(row, below):
        both = _joined(grid, row, below)
        if _suffices(both):
            return Header(place, place + 1, both)
    return alone if _suffices(single) else None


def strange_header(grid: Grid, units: Units) -> Header | None:
    """The row of unknown words that must be the headings of a list in which no header was recognised.

    It stands above the first row that reads like a person; where none does, it is the first row of several words.
    """
    place = next((place for place, row in enumerate(grid.rows[:40]) if _reads_like_a_person(row)), None)
    if place is None:
        place = next((place + 1 for place, row in enumerate(grid.rows[:40]) if len(row.filled()) > 1), 0)
    if place == 0 or place >= len(grid.rows):
        return None
    texts = grid.rows[place - 1].filled()
    if len(texts) < 2 or any(_is_data(text) or units.find_exact(text) for text in texts.values()):
        return None
    return Header(place - 1, place - 1, {c: Heading(c, t, labels.meaning_of(t)) for c, t in texts.items()})


def _reads_like_a_person(row: GridRow) -> bool:
    return any(is_name_like(text) for text in row.filled().values())


def counts_columns(row: GridRow) -> bool:
    """Whether a row under the headings only numbers the columns: (1) (2) (3)."""
    numbers = [re.sub(r"[()\s.]", "", arabic_digits(text)) for text in row.filled().values()]
    if len(numbers) < 3 or not all(number.isdigit() for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def _suffices(headings: dict[int, Heading]) -> bool:
    """Whether headings make a header: two known ones with a name among them, or three; hardly anything else."""
    meanings = [heading.meaning for heading in headings.values()]
    known = [meaning for meaning in meanings if meaning]
    if len(set(known)) < (2 if labels.NAMES & set(known) else 3) or len(known) < len(meanings) / 2:
        return False
    texts = [heading.text for heading in headings.values() if not labels.is_question(heading.text)]
    return not any(is_phone_like(text) or "@" in text or names.begins_with_title(text) for text in texts)


def _is_sub_header(upper: GridRow, lower: GridRow) -> bool:
    """Whether the lower row refines the headings of the upper one, rather than being the first person."""
    if lower.number != upper.number + 1 or len(upper.filled()) < 2:
        return False
    texts = list(lower.filled().values())
    if any(_is_data(text) for text in texts) or (len(texts) == 1 and not labels.is_bare(texts[0])):
        return False  # อำเภอแกลง alone over the first people
    known = {column: meaning for column, text in lower.filled().items() if (meaning := labels.meaning_of(text))}
    if not known or len(known) < len(texts) / 2:
        return False
    below_nothing = any(not upper.at(column) for column in known)
    translated = all(labels.meaning_of(upper.at(column)) in (None, meaning) for column, meaning in known.items())
    return below_nothing or (translated and len(known) > 1)


def _is_data(text: str) -> bool:
    return bool(re.search(r"\d", arabic_digits(text)) and labels.meaning_of(text) != labels.NATIONAL_ID) or (
        "@" in text or names.begins_with_title(text)
    )


def _joined(grid: Grid, upper: GridRow, lower: GridRow) -> dict[int, Heading]:
    """The headings of two rows as one: the lower words refine what spans over them, else the upper ones stand."""
    headings = {}
    span, span_end = "", -1
    for column in range(max(len(upper.cells), len(lower.cells))):
        above, below = upper.at(column), lower.at(column)
        if above:
            span, span_end = above, _span_end(grid, upper, lower, column)
        over = span if column <= span_end else ""
        text, meaning = _choose(above, below, over, spanning=span_end > column or bool(over and not above))
        if text:
            headings[column] = Heading(column, text, meaning)
    return headings


def _span_end(grid: Grid, upper: GridRow, lower: GridRow, column: int) -> int:
    """The last column a heading stands over: its merged range, or the empty cells beside it with words below."""
    merged = grid.spans.get((upper.number, column))
    if merged is not None:
        return merged
    end = column
    while lower.at(column) and not upper.at(end + 1) and lower.at(end + 1):
        end += 1
    return end


def _choose(above: str, below: str, over: str, *, spanning: bool) -> tuple[str, str | None]:
    above_means, below_means = labels.meaning_of(above), labels.meaning_of(below)
    over_means = labels.meaning_of(over)
    if spanning and over_means in _SPREADS and below and below_means not in _SPREADS:
        return f"{over} {below}", over_means
    if below_means and (spanning or not above_means):
        return below, below_means
    if above_means and not (spanning and below):
        return above, above_means
    text = f"{over or above} {below}".strip()
    return text, below_means or labels.meaning_of(text)
