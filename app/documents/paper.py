"""Paper and what is drawn on it everywhere: A4, blocks of fitted lines, QR codes, cut marks, dotted lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from re import search

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from app.core import qr
from app.core.text import thai_digits
from app.thai_pdf import ASCENT, REGULAR, Fitted, ThaiCanvas, drawable, text_width

PAGE_WIDTH, PAGE_HEIGHT = A4
BLACK, GREY, PALE = 0.0, 0.35, 0.82
HAIRLINE = 0.25
# Longer than any field of ours: a text beyond it would leave the page before it became unreadable.
LONGEST_TEXT = 400
CUT_MARK = 5 * mm
CUT_GAP = 1 * mm


@dataclass(frozen=True)
class Block:
    """Fitted lines with their place: ``top`` is where the tallest mark of the first line may reach."""

    fitted: Fitted
    font: str
    x: float
    top: float
    width: float
    align: str = "left"  # left, centre or right

    def draw(self, canvas: ThaiCanvas) -> None:
        """Draw the lines."""
        canvas.setFont(self.font, self.fitted.size)
        base = self.top - ASCENT * self.fitted.size
        for line in self.fitted.lines:
            draw_aligned(canvas, line, self.x, base, self.width, self.align)
            base -= self.fitted.leading


def new_canvas(title: str) -> tuple[ThaiCanvas, BytesIO]:
    """A canvas of A4 pages and the buffer it is saved into; ``title`` is what a reader shows as its name."""
    out = BytesIO()
    canvas = ThaiCanvas(out, pagesize=A4)
    canvas.setTitle(title)
    canvas.setCreator("Sammana")
    return canvas, out


def draw_aligned(canvas: ThaiCanvas, text: str, x: float, y: float, width: float, align: str = "left") -> None:
    """Draw one line in the canvas's font within a width."""
    if align == "centre":
        canvas.drawCentredString(x + width / 2, y, text)
    elif align == "right":
        canvas.drawRightString(x + width, y, text)
    else:
        canvas.drawString(x, y, text)


def draw_qr(canvas: ThaiCanvas, matrix: Sequence[Sequence[bool]], x: float, y: float, side: float) -> None:
    """Draw a QR matrix with its quiet zone into a square whose lower left corner is (x, y).

    One path of row runs in units of a module: whole numbers, no seams, a tenth of the size of single squares.
    """
    modules = len(matrix) + 2 * qr.QUIET_ZONE
    runs = (
        f"{start + qr.QUIET_ZONE} {modules - qr.QUIET_ZONE - 1 - row} {length} 1 re"
        for row, line in enumerate(matrix)
        for start, length in _dark_runs(line)
    )
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.translate(x, y)
    canvas.scale(side / modules, side / modules)
    canvas.setFillGray(0)
    canvas.addLiteral(" ".join(runs) + " f")
    canvas.restoreState()


def _dark_runs(line: Sequence[bool]) -> Iterable[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*line, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def draw_cut_marks(canvas: ThaiCanvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Short lines in the margins that show where the guillotine goes; pale lines between for scissors."""
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    canvas.setLineWidth(HAIRLINE)
    canvas.setStrokeGray(PALE)
    for x in xs:
        canvas.line(x, bottom, x, top)
    for y in ys:
        canvas.line(left, y, right, y)
    canvas.setStrokeGray(BLACK)
    for x in xs:
        canvas.line(x, top + CUT_GAP, x, top + CUT_GAP + CUT_MARK)
        canvas.line(x, bottom - CUT_GAP, x, bottom - CUT_GAP - CUT_MARK)
    for y in ys:
        canvas.line(left - CUT_GAP, y, left - CUT_GAP - CUT_MARK, y)
        canvas.line(right + CUT_GAP, y, right + CUT_GAP + CUT_MARK, y)


def draw_footer(canvas: ThaiCanvas, left: str, right: str, x: float, y: float, width: float) -> None:
    """A small line at the foot of a page."""
    canvas.setFont(REGULAR, 9)
    canvas.setFillGray(GREY)
    room = width - text_width(right, REGULAR, 9) - 5 * mm
    while left and text_width(left, REGULAR, 9) > room:
        left = left[: -2 if left.endswith("…") else -1].rstrip() + "…" if len(left) > 1 else ""
    canvas.drawString(x, y, left)
    canvas.drawRightString(x + width, y, right)
    canvas.setFillGray(BLACK)


def dotted(canvas: ThaiCanvas, x: float, y: float, width: float) -> None:
    """A dotted line to write on."""
    canvas.saveState()
    canvas.setLineWidth(0.6)
    canvas.setDash(0.6, 2)
    canvas.line(x, y, x + width, y)
    canvas.restoreState()


def printable(text: str | None) -> str:
    """A text of a row as it is printed."""
    return drawable(text, max_len=LONGEST_TEXT)


def in_digits(text: str, thai: bool) -> str:
    """Write a text in Thai digits where the document wants them; what holds Latin letters is a code and stays."""
    return thai_digits(text) if thai and not search("[A-Za-z]", text) else text
