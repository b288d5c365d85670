"""Our drawings on paper: the SVG that `app.exercises.linkage.map.svg` writes, painted onto a Thai canvas.

It reads the little SVG that our own drawings use: rect, circle, line, path (M, C, H, L), text, groups with a
translation. Thai is shaped by the canvas, so a drawing looks on paper as it does on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from reportlab.lib.colors import HexColor

from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, drawable

_STEP = re.compile(r"([MCHL])([^MCHL]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_INHERITED = ("fill", "stroke", "font-size", "font-weight")
_QUARTER = 0.5523  # of a circle, for curves that round a corner


@dataclass(frozen=True)
class Picture:
    """A drawing read once: its tree and its size in its own units."""

    root: ET.Element
    width: float
    height: float

    @classmethod
    def of(cls, markup: str) -> Picture:
        """Read one of our own drawings."""
        root = ET.fromstring(markup)
        return cls(root, float(root.get("width", "0")), float(root.get("height", "0")))


def paint(canvas: ThaiCanvas, picture: Picture, left: float, top: float, scale: float) -> None:
    """Paint the picture with its upper left corner at (left, top), one unit being `scale` points."""
    canvas.saveState()
    _Painter(canvas, left, top, scale).walk(picture.root, {}, 0.0, 0.0)
    canvas.restoreState()


def picture_pdf(markup: str) -> bytes:
    """The drawing as a PDF of one page that is just as large."""
    picture = Picture.of(markup)
    out = BytesIO()
    canvas = ThaiCanvas(out, pagesize=(picture.width, picture.height))
    paint(canvas, picture, 0, picture.height, 1)
    canvas.save()
    return out.getvalue()


@dataclass(frozen=True)
class _Painter:
    canvas: ThaiCanvas
    left: float
    top: float
    scale: float

    def walk(self, element: ET.Element, inherited: Mapping[str, str], dx: float, dy: float) -> None:
        style = {**inherited, **{name: value for name in _INHERITED if (value := element.get(name))}}
        if moved := element.get("transform"):
            x, y = (float(n) for n in _NUMBER.findall(moved)[:2])
            dx, dy = dx + x, dy + y
        tag = element.tag.rpartition("}")[2]
        if tag in ("rect", "circle", "line", "path"):
            self._shape(tag, element, style, dx, dy)
        elif tag == "text":
            self._text(element, style, dx, dy)
        elif tag != "title":
            for child in element:
                self.walk(child, style, dx, dy)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.scale, self.top - y * self.scale

    def _text(self, element: ET.Element, style: Mapping[str, str], dx: float, dy: float) -> None:
        x, y = self._at(_n(element, "x") + dx, _n(element, "y") + dy)
        bold = style.get("font-weight") == "700"
        self.canvas.setFont(BOLD if bold else REGULAR, float(style.get("font-size", "14")) * self.scale)
        self.canvas.setFillColor(HexColor(style.get("fill", "#000000")))
        words = drawable(element.text)
        anchor = element.get("text-anchor")
        if anchor == "middle":
            self.canvas.drawCentredString(x, y, words)
        elif anchor == "end":
            self.canvas.drawRightString(x, y, words)
        else:
            self.canvas.drawString(x, y, words)

    def _shape(self, tag: str, element: ET.Element, style: Mapping[str, str], dx: float, dy: float) -> None:
        fill, stroke = style.get("fill", "#000000"), style.get("stroke")
        filled, drawn = fill != "none" and tag not in ("line", "path"), bool(stroke)
        canvas = self.canvas
        canvas.saveState()
        if filled:
            canvas.setFillColor(HexColor(fill))
        if stroke:
            canvas.setStrokeColor(HexColor(stroke))
            canvas.setLineWidth(float(element.get("stroke-width", "1")) * self.scale)
        if opacity := element.get("stroke-opacity"):
            canvas.setStrokeAlpha(float(opacity))
        if dashes := element.get("stroke-dasharray"):
            canvas.setDash([float(n) * self.scale for n in dashes.split()])
        path = canvas.beginPath()
        for operator, points in _outline(tag, element):
            moved = [self._at(x + dx, y + dy) for x, y in points]
            flat = [coordinate for point in moved for coordinate in point]
            {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo}[operator](*flat)
        if tag in ("rect", "circle"):
            path.close()
        canvas.drawPath(path, stroke=int(drawn), fill=int(filled))
        canvas.restoreState()


Point = tuple[float, float]


def _outline(tag: str, element: ET.Element) -> Iterator[tuple[str, list[Point]]]:
    """The shape as moves, lines and curves."""
    if tag == "line":
        yield "M", [(_n(element, "x1"), _n(element, "y1"))]
        yield "L", [(_n(element, "x2"), _n(element, "y2"))]
    elif tag == "rect":
        x, y, wide, high = (_n(element, name) for name in ("x", "y", "width", "height"))
        yield from _rounded(x, y, wide, high, min(_n(element, "rx"), wide / 2, high / 2))
    elif tag == "circle":
        x, y, r = (_n(element, name) for name in ("cx", "cy", "r"))
        yield from _rounded(x - r, y - r, 2 * r, 2 * r, r)
    else:
        yield from _path(element.get("d", ""))


def _rounded(x: float, y: float, wide: float, high: float, r: float) -> Iterator[tuple[str, list[Point]]]:
    k = r * (1 - _QUARTER)
    right, low = x + wide, y + high
    yield "M", [(x + r, y)]
    yield "L", [(right - r, y)]
    yield "C", [(right - k, y), (right, y + k), (right, y + r)]
    yield "L", [(right, low - r)]
    yield "C", [(right, low - k), (right - k, low), (right - r, low)]
    yield "L", [(x + r, low)]
    yield "C", [(x + k, low), (x, low - k), (x, low - r)]
    yield "L", [(x, y + r)]
    yield "C", [(x, y + k), (x + k, y), (x + r, y)]


def _path(written: str) -> Iterator[tuple[str, list[Point]]]:
    y = 0.0
    for operator, numbers in _STEP.findall(written):
        values = [float(n) for n in _NUMBER.findall(numbers)]
        if operator == "H":
            yield "L", [(values[0], y)]
            continue
        points = list(zip(values[::2], values[1::2], strict=True))
        y = points[-1][1]
        yield operator, points


def _n(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))
