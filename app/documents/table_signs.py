"""Table signs: A4 across, folded in the middle, so that the number is read from both sides.

Rows in, bytes out. The side towards the people of the table carries the QR of its page.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from app.core import qr
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, drawable, fit_lines

from .paper import BLACK, GREY, PAGE_HEIGHT, PAGE_WIDTH, PALE, Block, draw_qr, new_canvas, printable
from .shapes import TableSign

WIDTH, HALF = PAGE_HEIGHT, PAGE_WIDTH / 2  # the sheet lies across
MARGIN = 12 * mm
NUMBER_WIDTH = 90 * mm
QR_SIDE = 52 * mm
SCAN = "สแกนเพื่อดูโต๊ะของท่าน"


def build_table_signs(signs: Sequence[TableSign]) -> bytes:
    """One sheet for each table."""
    canvas, out = new_canvas("ป้ายโต๊ะ")
    canvas.setPageSize((WIDTH, PAGE_WIDTH))
    for sign in signs:
        _draw_half(canvas, sign, with_code=True)
        canvas.saveState()
        canvas.translate(WIDTH, PAGE_WIDTH)
        canvas.rotate(180)
        _draw_half(canvas, sign, with_code=False)
        canvas.restoreState()
        _draw_fold(canvas)
        canvas.showPage()
    if not signs:
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_half(canvas: ThaiCanvas, sign: TableSign, *, with_code: bool) -> None:
    """The lower half of the sheet: number, name, and the code where it is wanted."""
    canvas.setFillGray(BLACK)
    _middle(canvas, f"โต๊ะ {printable(sign.number)}", MARGIN, NUMBER_WIDTH, 110, 40)
    x = MARGIN + NUMBER_WIDTH + 6 * mm
    room = WIDTH - MARGIN - x - (QR_SIDE + 6 * mm if with_code else 0)
    top = HALF - MARGIN
    name = fit_lines(printable(sign.name), BOLD, room, 62 * mm, size=54, min_size=20, max_lines=3)
    Block(name, BOLD, x, top, room).draw(canvas)
    canvas.setFillGray(GREY)
    small = drawable("\n".join(filter(None, [sign.facilitator, sign.event])), multiline=True)
    foot = fit_lines(small, REGULAR, room, 24 * mm, size=15, min_size=9, max_lines=4)
    Block(foot, REGULAR, x, MARGIN + foot.height, room).draw(canvas)
    canvas.setFillGray(BLACK)
    if with_code:
        draw_qr(canvas, qr.matrix(sign.payload), WIDTH - MARGIN - QR_SIDE, (HALF - QR_SIDE) / 2 + 4 * mm, QR_SIDE)
        words = fit_lines(SCAN, REGULAR, QR_SIDE, size=12, min_size=8)
        bottom = (HALF - QR_SIDE) / 2 + 3 * mm
        Block(words, REGULAR, WIDTH - MARGIN - QR_SIDE, bottom, QR_SIDE, "centre").draw(canvas)


def _middle(canvas: ThaiCanvas, text: str, x: float, width: float, size: float, least: float) -> None:
    fitted = fit_lines(text, BOLD, width, HALF - 2 * MARGIN, size=size, min_size=least, max_lines=2, leading=1.4)
    Block(fitted, BOLD, x, (HALF + fitted.height) / 2, width, "centre").draw(canvas)


def _draw_fold(canvas: ThaiCanvas) -> None:
    canvas.saveState()
    canvas.setStrokeGray(PALE)
    canvas.setDash(4, 4)
    canvas.line(0, HALF, WIDTH, HALF)
    canvas.restoreState()
