"""Drawings in a plan book: shrunk to the page's width, and where they are taller than a page, cut into strips.

Every strip repeats the drawing's heading (the names of the columns). Strips end between two lanes, or overlap by
more than a box is high, so that each box stands whole on one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.platypus import Flowable, Spacer

from app.exercises.linkage.book.blocks import Drawing
from app.thai_pdf import REGULAR, ThaiCanvas, drawable

from ..svg_canvas import Picture, paint

LARGEST = 0.85
LEAST_SHRUNK = 0.72
OVERLAP = 90.0
CAPTION = 22.0


class Strip(NamedTuple):
    """A window of a drawing: from `top`, so high, in the drawing's units; the first shows its own heading."""

    top: float
    height: float
    is_first: bool


def strips(picture: Picture, header: float, most: float, breaks: Sequence[float] = ()) -> list[Strip]:
    """Windows at most so high, heading included: they end at a break where one is there, else they overlap."""
    found: list[Strip] = []
    top = 0.0
    while True:
        room = most - header if found else most
        if picture.height - top <= room:
            return [*found, Strip(top, picture.height - top, not found)]
        cut = max((one for one in breaks if top < one <= top + room), default=None)
        found.append(Strip(top, room if cut is None else cut - top, not found))
        top = top + room - OVERLAP if cut is None else cut


def fitting_scale(picture: Picture, width: float, room: float) -> float:
    """As wide as the page, or a little smaller where the whole drawing then stands on one page."""
    scale = min(width / max(picture.width, 1), LARGEST)
    whole = room / max(picture.height, 1)
    return min(scale, whole) if whole >= scale * LEAST_SHRUNK else scale


def picture_flows(drawing: Drawing, width: float, room: float) -> Iterator[Flowable]:
    """The drawing as flowables of at most the room's height."""
    picture = Picture.of(drawing.svg)
    scale = fitting_scale(picture, width, room)
    parts = strips(picture, drawing.header, room / scale, drawing.breaks)
    for number, strip in enumerate(parts, 1):
        counted = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        yield _PictureFlow(picture, strip, drawing.header, scale, drawable(drawing.caption) + counted)
        yield Spacer(1, 6)


class _PictureFlow(Flowable):
    """One strip with its caption."""

    def __init__(self, picture: Picture, strip: Strip, header: float, scale: float, caption: str) -> None:
        super().__init__()
        self.picture, self.strip, self.scale, self.caption = picture, strip, scale, caption
        self.header = 0.0 if strip.is_first else header
        self.width = picture.width * scale
        self.height = (strip.height + self.header) * scale + CAPTION

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The size it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """The heading again where it is a later strip, the window, the caption."""
        canvas: ThaiCanvas = self.canv
        top = self.height
        if self.header:
            self._window(canvas, 0.0, self.header, top)
            top -= self.header * self.scale
        self._window(canvas, self.strip.top, self.strip.height, top)
        canvas.setFont(REGULAR, 9.5)
        canvas.setFillGray(0.35)
        canvas.drawString(0, 8, self.caption)
        canvas.setFillGray(0)

    def _window(self, canvas: ThaiCanvas, start: float, height: float, top: float) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, top - height * self.scale, self.width, height * self.scale)
        canvas.clipPath(path, stroke=0, fill=0)
        paint(canvas, self.picture, 0, top + start * self.scale, self.scale)
        canvas.restoreState()
