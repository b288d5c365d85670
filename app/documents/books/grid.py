"""Tables of a plan book: laid out once, drawn line by line, cut between rows and, where a row is long, inside it.

A province has thousands of cells. Their lines are filled by adding the widths of single characters, which for
Thai is the width of the line (marks take no room), so nothing is shaped before it is drawn.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

from reportlab.platypus import Flowable

from app.exercises.linkage.book.blocks import Grid
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, break_lines, drawable, text_width

SIZE = 9.0
LEADING = 14.0
PAD = 3.0
RISE = 1.1 * SIZE
SHADE, SUM_SHADE, RULE = 0.9, 0.95, 0.55
LONGEST_CELL = 50_000  # no cell that people fill is near it; a row may go on over pages

Row = list[list[str]]  # the lines of each cell


class GridFlow(Flowable):
    """A table that fills the width and goes on over pages, its heading repeated."""

    def __init__(self, grid: Grid, width: float) -> None:
        super().__init__()
        self.grid, self.width = grid, width
        self.widths = column_widths(grid, width)
        self.head = [cell_lines(words, BOLD, w) for words, w in zip(grid.header, self.widths, strict=True)]
        self._hold(self._all_rows(), grid.totals)

    def _hold(self, rows: list[Row], totals: int) -> GridFlow:
        self.rows, self.totals = rows, totals
        self.heights = [_height(row) for row in rows]
        self.height = _height(self.head) + sum(self.heights)
        return self

    def _part(self, rows: list[Row], totals: int) -> GridFlow:
        """Some of the rows under the same heading; nothing is measured again."""
        part = GridFlow.__new__(GridFlow)
        Flowable.__init__(part)
        part.grid, part.width, part.widths, part.head = self.grid, self.width, self.widths, self.head
        return part._hold(rows, totals)

    def _all_rows(self) -> list[Row]:
        first_sum = len(self.grid.rows) - self.grid.totals
        return [
            [
                cell_lines(words, BOLD if n >= first_sum else REGULAR, w)
                for words, w in zip(row, self.widths, strict=True)
            ]
            for n, row in enumerate(self.grid.rows)
        ]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The size it takes."""
        return self.width, self.height

    def split(self, _width: float, room: float) -> list[Flowable]:
        """What fits here, and the rest under a heading of its own; nothing fits where no line does."""
        left = room - _height(self.head)
        number = 0
        while number < len(self.rows) and self.heights[number] <= left:
            left -= self.heights[number]
            number += 1
        fitting, rest = self.rows[:number], self.rows[number:]
        if rest:
            lines = int((left - 2 * PAD) // LEADING)
            # a row is cut only when it is taller than what a page usually has left
            if lines >= 3 and len(max(rest[0], key=len)) > max(12, lines):
                fitting.append([cell[:lines] for cell in rest[0]])
                rest[0] = [cell[lines:] for cell in rest[0]]
        if not fitting:
            return []
        if not rest:
            return [self]
        here = max(self.totals - len(rest), 0)
        return [self._part(fitting, here), self._part(rest, min(self.totals, len(rest)))]

    def draw(self) -> None:
        """Heading, rows, lines between them."""
        canvas: ThaiCanvas = self.canv
        top = self.height
        edges = [top]
        top = self._row(canvas, self.head, top, BOLD, SHADE)
        edges.append(top)
        first_sum = len(self.rows) - self.totals
        for number, row in enumerate(self.rows):
            is_sum = number >= first_sum
            top = self._row(canvas, row, top, BOLD if is_sum else REGULAR, SUM_SHADE if is_sum else None)
            edges.append(top)
        canvas.setStrokeGray(RULE)
        canvas.setLineWidth(0.5)
        for y in edges:
            canvas.line(0, y, self.width, y)
        x = 0.0
        for width in [0.0, *self.widths]:
            x += width
            canvas.line(x, edges[0], x, edges[-1])

    def _row(self, canvas: ThaiCanvas, row: Row, top: float, font: str, shade: float | None) -> float:
        height = _height(row)
        if shade is not None:
            canvas.setFillGray(shade)
            canvas.rect(0, top - height, self.width, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(font, SIZE)
        x = 0.0
        for column, (lines, width) in enumerate(zip(row, self.widths, strict=True)):
            for number, line in enumerate(lines):
                y = top - PAD - RISE - number * LEADING
                if column in self.grid.numbers and row is not self.head:
                    canvas.drawRightString(x + width - PAD, y, line)
                elif line:
                    canvas.drawString(x + PAD, y, line)
            x += width
        return top - height


def column_widths(grid: Grid, width: float, size: float = SIZE, pad: float = PAD) -> list[float]:
    """The shares of the width, columns of numbers wide enough for their longest, which is never broken."""
    whole = sum(grid.widths)
    wanted = [width * share / whole for share in grid.widths]
    cells = [grid.header, *grid.rows]
    for column in grid.numbers:
        longest = max((measured(row[column], BOLD, size) for row in cells[1:]), default=0.0)
        wanted[column] = max(wanted[column], longest + 2 * pad + 1)
    over = sum(wanted) - width
    free = sum(w for n, w in enumerate(wanted) if n not in grid.numbers)
    if over > 0 and free > over:
        wanted = [w if n in grid.numbers else w * (free - over) / free for n, w in enumerate(wanted)]
    return wanted


def measured(line: str, font: str, size: float = SIZE) -> float:
    """The width of a line at a size, in points."""
    widths = _widths(font)
    return sum(widths[c] for c in line) * size


def _height(row: Row) -> float:
    return max((len(cell) for cell in row), default=1) * LEADING + 2 * PAD


@lru_cache(maxsize=20_000)
def cell_lines(words: str, font: str, width: float) -> list[str]:
    """The lines of a cell of that width; never changed by whoever gets them."""
    shown = drawable(words, multiline=True, max_len=LONGEST_CELL)
    return break_lines(shown, lambda line: measured(line, font), width - 2 * PAD) or [""]


class _Widths(dict[str, float]):
    """Character → its width at size 1; marks above and below take no room."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, character: str) -> float:
        if category(character) in ("Mn", "Cf"):
            width = 0.0
        else:
            width = text_width("า" if character == "ำ" else character, self.font, 1000) / 1000
        self[character] = width
        return width


@lru_cache(maxsize=4)
def _widths(font: str) -> _Widths:
    return _Widths(font)
