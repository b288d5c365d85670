"""A canvas that shapes every string at the moment it is written into the page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from .fonts import REGULAR, register_fonts
from .shaping import Glyph, Shaped, ThaiFont

# In thousandths of the font size: smaller moves are rounding, not design.
_NOTHING = 0.05


class ThaiText(PDFTextObject):
    """A text object whose strings are drawn glyph by glyph where HarfBuzz placed them."""

    _curSubset: int

    def _formatText(self, text: str | bytes) -> str:
        """Return the operators that draw a string; ReportLab calls this for every string of every text object."""
        font = pdfmetrics.getFont(self._fontname)
        if not isinstance(font, ThaiFont):
            return super()._formatText(text)
        shaped = font.shape(text if isinstance(text, str) else text.decode("utf-8"))
        operators = " ".join(self._operators(font, shaped))
        if shaped.says_text:
            said = (b"\xfe\xff" + shaped.text.encode("utf-16-be")).hex().upper()
            return f"/Span <</ActualText <{said}>>> BDC {operators} EMC"
        return operators

    def _operators(self, font: ThaiFont, shaped: Shaped) -> list[str]:
        """Choose the subset, raise the base line where marks ask for it, and show the glyphs."""
        found: list[str] = []
        start = 0
        for subset, codes in font.splitString("".join(g.code for g in shaped.glyphs), self._canvas._doc):
            glyphs = list(zip(codes, shaped.glyphs[start : start + len(codes)], strict=True))
            start += len(codes)
            if subset != self._curSubset:
                name = font.getSubsetInternalName(subset, self._canvas._doc)
                found.append(f"{name} {fp_str(self._fontsize)} Tf {fp_str(self._leading)} TL")
                self._curSubset = subset
            for rise, raised in groupby(glyphs, key=lambda pair: pair[1].rise):
                if abs(rise) > _NOTHING:
                    found.append(f"{fp_str(self._rise + rise * self._fontsize / 1000)} Ts")
                found.append(self._show(list(raised)))
                if abs(rise) > _NOTHING:
                    found.append(f"{fp_str(self._rise)} Ts")
        return found

    def _show(self, glyphs: list[tuple[int, Glyph]]) -> str:
        """One Tj, or one TJ with the moves between the glyphs. A province's book comes here a million times."""
        shown: list[str] = []
        codes = bytearray()
        move = 0.0
        for code, glyph in glyphs:
            if abs(glyph.before) > _NOTHING:
                move -= glyph.before
            if abs(move) > _NOTHING:
                if codes:
                    shown.append(self._string(codes))
                    codes.clear()
                shown.append(fp_str(move))
            codes.append(code)
            move = glyph.after if abs(glyph.after) > _NOTHING else 0.0
        if not shown and abs(move) <= _NOTHING:
            return f"{self._string(codes)} Tj"
        shown.append(self._string(codes))
        if abs(move) > _NOTHING:
            shown.append(fp_str(move))
        return f"[{' '.join(shown)}] TJ"

    def _string(self, codes: bytearray) -> str:
        return f"({self._canvas._escape(bytes(codes))})"  # type: ignore[arg-type]


class ThaiCanvas(Canvas):
    """A canvas for Thai: Sarabun from the start (so that no other font enters the file), everything shaped."""

    def __init__(self, filename: Any, *args: Any, **options: Any) -> None:
        register_fonts()
        options["initialFontName"] = options.get("initialFontName") or REGULAR
        options["lang"] = options.get("lang") or "th-TH"
        if options.get("pageCompression") is None:
            options["pageCompression"] = 1
        super().__init__(filename, *args, **options)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ThaiText:
        """A fresh text object that shapes what it is given."""
        return ThaiText(self, x, y, direction=direction)
