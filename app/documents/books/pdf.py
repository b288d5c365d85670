"""A plan book as PDF: cover, contents with page numbers, chapters on tall or wide paper."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import zip_longest
from typing import Any

from flask_babel import gettext as _
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from app.exercises.linkage.book import PlanBook
from app.exercises.linkage.book.blocks import Block, Chapter, Cover, Drawing, Grid, Heading, Points
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, drawable, fit_lines, safe_paragraph, thai_style

from ..paper import BLACK, GREY, dotted, draw_footer
from ..paper import Block as Lines
from .grid import GridFlow
from .pictures import picture_flows
from .progress import Progress, Tell, silent, weight

TALL, WIDE = A4, landscape(A4)
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 18 * mm, 20 * mm, 18 * mm
CONTENTS = "contents"
LONGEST = 5000


def build_plan_book(book: PlanBook, tell: Tell = silent) -> bytes:
    """The bytes of the book. First every block is laid out, then every page drawn."""
    out = BytesIO()
    progress = Progress(book, tell, passes=2)
    document = _BookDocument(out, book, progress)
    story: list[Any] = [PageBreak(), _Contents(), NextPageTemplate("tall")]
    for chapter in book.chapters:
        story += [NextPageTemplate("wide" if chapter.is_wide else "tall"), PageBreak()]
        story += _chapter(chapter, progress)
    story.append(_Finish())
    document.build(story, canvasmaker=ThaiCanvas)
    return out.getvalue()


def _room(wide: bool) -> float:
    return (WIDE if wide else TALL)[0] - LEFT - RIGHT


def _chapter(chapter: Chapter, progress: Progress) -> Iterable[Any]:
    yield _Title(chapter.title)
    yield safe_paragraph(chapter.title, thai_style("chapter", size=17, bold=True, spaceAfter=8), 300)
    for block, following in zip_longest(chapter.blocks, chapter.blocks[1:]):
        if isinstance(block, Heading):
            yield CondPageBreak(_room_with(following, chapter.is_wide))
        if block is not None:
            yield from _flows(block, chapter.is_wide)
            progress.add(weight(block))


def _room_with(following: Block | None, wide: bool) -> float:
    """What a heading asks for below it: a few lines, or the whole first drawing."""
    if isinstance(following, Drawing):
        return next(iter(_flows(following, wide))).height + 14 * mm
    return 40 * mm


def _flows(block: Block, wide: bool) -> Iterable[Any]:
    if isinstance(block, Heading):
        style = thai_style("heading", size=13, bold=True, spaceBefore=8, spaceAfter=3)
        yield safe_paragraph(block.text, style, 400)
    elif isinstance(block, Points):
        style = thai_style("point", size=11, leftIndent=12, firstLineIndent=-12, spaceAfter=1)
        yield from (safe_paragraph(f"•  {line}", style, LONGEST) for line in block.lines)
    elif isinstance(block, Grid):
        yield GridFlow(block, _room(wide))
        yield Spacer(1, 6)
    elif isinstance(block, Drawing):
        yield from picture_flows(block, _room(wide), (WIDE if wide else TALL)[1] - TOP - BOTTOM - 84)
    else:
        style = thai_style("soft", size=9.5, textColor="#4d5866", spaceAfter=5)
        plain = thai_style("words", size=11.5, spaceAfter=6, firstLineIndent=0)
        yield safe_paragraph(block.text, style if block.is_soft else plain, LONGEST)


class _Title(ActionFlowable):
    """Notes where a chapter begins, for the contents and for the reader's outline."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = drawable(title)

    def apply(self, doc: Any) -> None:
        """Called when the page it stands on is being made."""
        key = f"chapter-{len(doc.chapters)}"
        doc.canv.bookmarkPage(key)
        doc.canv.addOutlineEntry(self.title, key, 0)
        doc.chapters.append((self.title, doc.page, key))


class _Contents(Flowable):
    """Room for the contents, which are written when every page number is known."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All there is."""
        self.width, self.height = width, height
        return width, height - 1

    def draw(self) -> None:
        """Point to what comes later."""
        self.canv.doForm(CONTENTS)


class _Finish(ActionFlowable):
    """Writes the contents behind the last chapter."""

    def apply(self, doc: Any) -> None:
        """Draw titles, dots and numbers into the form the contents' page shows."""
        canvas: ThaiCanvas = doc.canv
        width, height = _room(False), TALL[1] - TOP - BOTTOM
        canvas.beginForm(CONTENTS, 0, -40, TALL[0], TALL[1])
        canvas.setFont(BOLD, 17)
        canvas.drawString(0, height - 30, _("สารบัญ"))
        canvas.setFont(REGULAR, 12)
        y = height - 66
        for title, page, _key in doc.chapters:
            *first, last = fit_lines(title, REGULAR, width - 60, size=12, min_size=12, max_lines=20).lines
            for line in first:
                canvas.drawString(0, y, line)
                y -= 19
            canvas.drawString(0, y, last)
            canvas.drawRightString(width, y, str(page))
            start = canvas.stringWidth(last, REGULAR, 12) + 6
            dotted(canvas, start, y, width - start - 24)
            y -= 24
        canvas.endForm()


class _BookDocument(BaseDocTemplate):
    """The paper of a book and what stands on every page of it."""

    def __init__(self, out: BytesIO, book: PlanBook, progress: Progress) -> None:
        self.name = drawable(f"{book.cover.title} {book.cover.period}".strip())
        super().__init__(out, pagesize=TALL, title=self.name, creator="Sammana")
        self.book = book
        self.progress = progress
        self.chapters: list[tuple[str, int, str]] = []
        self.addPageTemplates(
            [
                PageTemplate("cover", [_frame(TALL)], self._cover, pagesize=TALL, autoNextPageTemplate="tall"),
                PageTemplate("tall", [_frame(TALL)], self._foot, pagesize=TALL),
                PageTemplate("wide", [_frame(WIDE)], self._foot, pagesize=WIDE),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:
        """Called by ReportLab for everything that was drawn."""
        self.progress.add(len(flowable.rows) if isinstance(flowable, GridFlow) else 1)

    def _foot(self, canvas: ThaiCanvas, _doc: Any) -> None:
        width = canvas._pagesize[0] - LEFT - RIGHT
        draw_footer(canvas, self.name, str(self.page), LEFT, 10 * mm, width)

    def _cover(self, canvas: ThaiCanvas, _doc: Any) -> None:
        draw_cover(canvas, self.book.cover)


def _frame(size: tuple[float, float]) -> Frame:
    width, height = size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM
    return Frame(LEFT, BOTTOM, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def draw_cover(canvas: ThaiCanvas, cover: Cover) -> None:
    """The first page: what, which years, where; below, what it was made for and how it stands."""
    width, middle = _room(False), TALL[1] * 0.72
    for words, font, size, gap in (
        (cover.title, BOLD, 30, 10),
        (cover.period, BOLD, 20, 14),
        (cover.place, REGULAR, 18, 0),
    ):
        if words:
            fitted = fit_lines(drawable(words), font, width, size=size, min_size=14, max_lines=3)
            Lines(fitted, font, LEFT, middle, width, "centre").draw(canvas)
            middle -= fitted.height + gap
    y = TALL[1] * 0.3
    for words, size in ((cover.made_for, 14), (cover.state, 12), (cover.note, 11)):
        if words:
            canvas.setFillGray(BLACK if size == 14 else GREY)
            fitted = fit_lines(drawable(words), REGULAR, width, size=size, min_size=9, max_lines=4)
            Lines(fitted, REGULAR, LEFT, y, width, "centre").draw(canvas)
            y -= fitted.height + 8
    canvas.setFillGray(BLACK)
