"""Name badges: 90 x 55 mm, ten to an A4 page, cut marks in the margins.

Rows in, bytes out. A name is read from two metres away, so it gets all the room; what does not fit is made
smaller or wrapped, never cut off, and ``unfit_badges`` lists it before anything is printed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import category

from reportlab.lib.units import mm

from app.core import qr
from app.thai_pdf import (
    ASCENT,
    BOLD,
    REGULAR,
    Fitted,
    ThaiCanvas,
    Wish,
    drawable,
    fit_column,
    fit_lines,
    fit_name,
    missing_characters,
)

from .paper import (
    BLACK,
    GREY,
    HAIRLINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Block,
    draw_cut_marks,
    draw_qr,
    new_canvas,
    printable,
)
from .shapes import UNFIT_CODE, UNFIT_LETTERS, UNFIT_NAME, UNFIT_TEXT, BadgeEvent, BadgePerson, Unfit

WIDTH, HEIGHT = 90 * mm, 55 * mm
ACROSS, DOWN = 2, 5
PER_PAGE = ACROSS * DOWN
LEFT = (PAGE_WIDTH - ACROSS * WIDTH) / 2
TOP = PAGE_HEIGHT - (PAGE_HEIGHT - DOWN * HEIGHT) / 2

# Inside a badge, from its lower left corner.
PADDING = 4 * mm
TEXT_WIDTH = WIDTH - 2 * PADDING
RULE = 46.5 * mm
NAME_TOP, NAME_HEIGHT = 46 * mm, 17 * mm
QR_SIDE = 24 * mm
QR_X, QR_Y = WIDTH - QR_SIDE - 2.5 * mm, 5.5 * mm
CODE_SIZE = 7
CODE_Y = 3.2 * mm
COLUMN_TOP = 28.5 * mm
COLUMN_WIDTH = QR_X - PADDING - 1 * mm
# Group and table stand at the foot, left of the ticket code: what a person looks for when entering the hall.
GROUP_BOTTOM, GROUP_HEIGHT, GROUP_WIDTH = 2 * mm, 9 * mm, 48 * mm

ONE_LINE, TWO_LINES = (26, 18), (22, 13)
HEADER_FORM = "badge-header"
CHECK_FIRST = "โปรดตรวจข้อมูลก่อนพิมพ์"


@dataclass(frozen=True)
class _Badge:
    """A badge laid out: blocks of lines, the QR's modules (none where it cannot be drawn), what does not fit."""

    blocks: Sequence[Block]
    matrix: Sequence[Sequence[bool]] = ()
    code: str = ""
    unfit: Sequence[str] = field(default_factory=tuple)


def build_badges(
    event: BadgeEvent, people: Sequence[BadgePerson], tell: Callable[[int, int], None] | None = None
) -> bytes:
    """The PDF of all badges, in the order given; a person whose badge cannot be made gets one that says so."""
    canvas, out = new_canvas(f"ป้ายชื่อ {drawable(event.name)}")
    _draw_header_form(canvas, event)
    for start in range(0, max(len(people), 1), PER_PAGE):
        _draw_page(canvas, people[start : start + PER_PAGE])
        canvas.showPage()
        if tell is not None:
            tell(min(start + PER_PAGE, len(people)), len(people))
    canvas.save()
    return out.getvalue()


def unfit_badges(people: Sequence[BadgePerson]) -> list[Unfit]:
    """The people whose badge somebody should look at first: too long to be read, or without a code."""
    return [
        Unfit(person.reference, drawable(str(person.name)), what)
        for person in people
        for what in _lay_out(person).unfit
    ]


def _draw_page(canvas: ThaiCanvas, people: Sequence[BadgePerson]) -> None:
    draw_cut_marks(
        canvas,
        [LEFT + column * WIDTH for column in range(ACROSS + 1)],
        [TOP - row * HEIGHT for row in range(DOWN + 1)],
    )
    for place, person in enumerate(people):
        canvas.saveState()
        canvas.translate(LEFT + place % ACROSS * WIDTH, TOP - (place // ACROSS + 1) * HEIGHT)
        _draw(canvas, _lay_out(person))
        canvas.restoreState()


def _draw_header_form(canvas: ThaiCanvas, event: BadgeEvent) -> None:
    """The event's name and dates, drawn once and shown on every badge."""
    text = drawable("\n".join(filter(None, [event.name, event.dates])), multiline=True)
    room = HEIGHT - RULE - 0.5 * mm
    fitted = fit_lines(text, REGULAR, TEXT_WIDTH, room, size=9, min_size=5.5, max_lines=3, leading=1.3)
    space = (HEIGHT - RULE - fitted.height) / 2
    canvas.beginForm(HEADER_FORM, 0, 0, WIDTH, HEIGHT)
    canvas.setFillGray(GREY)
    Block(fitted, REGULAR, PADDING, HEIGHT - space, TEXT_WIDTH, "centre").draw(canvas)
    canvas.setStrokeGray(GREY)
    canvas.setLineWidth(2 * HAIRLINE)
    canvas.line(PADDING, RULE, WIDTH - PADDING, RULE)
    canvas.endForm()


def _draw(canvas: ThaiCanvas, badge: _Badge) -> None:
    canvas.doForm(HEADER_FORM)
    canvas.setFillGray(BLACK)
    for block in badge.blocks:
        block.draw(canvas)
    if badge.matrix:
        draw_qr(canvas, badge.matrix, QR_X, QR_Y, QR_SIDE)
    if badge.code:
        canvas.setFont(REGULAR, CODE_SIZE)
        canvas.drawRightString(WIDTH - PADDING, CODE_Y, badge.code)


def _lay_out(person: BadgePerson) -> _Badge:
    """Lay out one badge; whatever goes wrong with one person stays with that person."""
    try:
        return _laid_out(person)
    except Exception:  # one bad row must not cost the other 529 their badges
        logging.getLogger(__name__).exception("a badge could not be laid out")
        fitted = fit_lines(CHECK_FIRST, BOLD, TEXT_WIDTH, NAME_HEIGHT, size=16, min_size=8)
        return _Badge([Block(fitted, BOLD, PADDING, NAME_TOP, TEXT_WIDTH, "centre")], unfit=(UNFIT_NAME,))


def _laid_out(person: BadgePerson) -> _Badge:
    # marks alone have no letter to stand on and would climb over the line above
    has_letter = any(not category(character).startswith("M") for character in printable(person.name))
    shown = printable(person.name) if has_letter else CHECK_FIRST
    name = fit_name(shown, BOLD, TEXT_WIDTH, NAME_HEIGHT, one_line=ONE_LINE, two_lines=TWO_LINES)
    space = (NAME_HEIGHT - name.height) / 2
    blocks = [Block(name, BOLD, PADDING, NAME_TOP - space, TEXT_WIDTH, "centre")]
    group = _group(person)
    room = COLUMN_TOP - (GROUP_BOTTOM + group.height if group.lines else QR_Y)
    wishes = _column(person)
    column = fit_column(wishes, COLUMN_WIDTH, room, leading=1.45)
    blocks += _stack(column, [wish.font for wish in wishes])
    blocks.append(Block(group, BOLD, PADDING, GROUP_BOTTOM + group.height, GROUP_WIDTH))
    matrix = _matrix(person.payload)
    unfit = [
        what
        for what, fits in (
            (UNFIT_NAME, name.fits and has_letter),
            (UNFIT_TEXT, all(text.fits for text in [*column, group])),
            (UNFIT_CODE, bool(matrix)),
            (UNFIT_LETTERS, not missing_characters(printable(person.name), BOLD)),
        )
        if not fits
    ]
    return _Badge(blocks, matrix, _in_fours(printable(person.ticket_code)), tuple(unfit))


def _group(person: BadgePerson) -> Fitted:
    """Group and table in one line, "เสลภูมิ 1 · โต๊ะ 12"."""
    table = printable(person.table)
    parts = [printable(person.group), f"โต๊ะ {table}" if table.isdecimal() else table]
    text = " · ".join(filter(None, parts))
    return fit_lines(text, BOLD, GROUP_WIDTH, GROUP_HEIGHT, size=13, min_size=7, max_lines=2, leading=1.4)


def _column(person: BadgePerson) -> list[Wish]:
    """Position and place of work, the empty ones left out."""
    wishes = [
        Wish(printable(person.position), REGULAR, 13, 8.5),
        Wish(_place_of_work(person), REGULAR, 11, 7),
    ]
    return [wish for wish in wishes if wish.text]


def _place_of_work(person: BadgePerson) -> str:
    """The organisation, with the unit behind it unless the organisation already names it."""
    organisation, unit = printable(person.organisation), printable(person.unit)
    if unit.removeprefix("อำเภอ") in organisation:
        return organisation
    return " ".join(filter(None, [organisation, unit]))


def _stack(column: Sequence[Fitted], fonts: Sequence[str]) -> Iterator[Block]:
    """Blocks one below the other, as fit_column measured them."""
    base = None
    for fitted, font in zip(column, fonts, strict=True):
        rise = ASCENT * fitted.size
        top = COLUMN_TOP if base is None else base - fitted.leading + rise
        yield Block(fitted, font, PADDING, top, COLUMN_WIDTH)
        base = top - rise - (len(fitted.lines) - 1) * fitted.leading


def _matrix(payload: str) -> Sequence[Sequence[bool]]:
    """The QR's modules; none for a payload that is empty or too long, which unfit_badges reports."""
    try:
        return qr.matrix(payload) if payload else ()
    except ValueError:
        return ()


def _in_fours(code: str) -> str:
    """A ticket code as it is read aloud and typed: groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
