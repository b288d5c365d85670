"""A ReportLab font whose strings are shaped by HarfBuzz when they are measured and when they are drawn.

Text stays ordinary Thai everywhere until the moment of drawing. A glyph that is not simply the glyph of its
character gets a private code (from U+F0000) that carries the text it stands for, so that searching and copying
in the finished PDF give back what was typed.

Stands on ReportLab 5.1.0: TTFont.splitString, TTFont.addObjects, face.charToGlyph and face.charWidths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

FIRST_PRIVATE_CODE = 0xF0000
LAST_PRIVATE_CODE = 0xFFFFD
# Strings kept shaped; a document of 500 people draws fewer different ones.
CACHE_SIZE = 20_000

SARA_AM = "ำ"
TONES = "\u0e48\u0e49\u0e4a\u0e4b"
# What a reader may find for a glyph that has no character of its own; most programs drop it when they copy.
NO_TEXT = "\u200b"

_THAI_RUN = re.compile("([\u0e00-\u0e7f]+)")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_DRAWN_AS_SPACE = dict.fromkeys([0x09, 0x0A, 0x0D, 0xA0], " ")
_BEFORE_DRAWING = {**_INVISIBLE, **_DRAWN_AS_SPACE}


class Glyph(NamedTuple):
    """One drawn glyph; every number in thousandths of the font size."""

    code: str  # the character, or the private character, by which ReportLab finds it
    before: float  # moved to the right before drawing
    after: float  # moved to the left after drawing, on top of the glyph's own width
    rise: float


class Shaped(NamedTuple):
    """A string ready to draw: its visible text, its glyphs, its width in thousandths of the font size."""

    text: str
    glyphs: tuple[Glyph, ...]
    advance: float
    # whether the text needs saying beside the glyphs: readers guess wrongly about marks above and below
    says_text: bool


class ThaiFont(TTFont):
    """A TrueType font that shapes what it measures; draw it on a ThaiCanvas, a plain Canvas does not shape."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename, asciiReadable=False, shapable=False)
        face = uharfbuzz.Face(uharfbuzz.Blob(self.face._ttf_data))
        self._harfbuzz = uharfbuzz.Font(face)
        self._per_thousand = 1000 / face.upem
        self._shaped: dict[str, Shaped] = {}
        self._codes: dict[tuple[int, str], str] = {}
        self._texts: dict[int, str] = {}
        self._lock = Lock()

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """The width of a text as it will be drawn, in points."""
        return self.shape(text if isinstance(text, str) else text.decode(encoding)).advance * size / 1000

    def shape(self, text: str) -> Shaped:
        """Return the glyphs of a text, Thai and other scripts shaped apart."""
        known = self._shaped.get(text)
        if known is not None:
            return known
        visible = text.translate(_BEFORE_DRAWING)
        with self._lock:
            glyphs: list[Glyph] = []
            advance = 0.0
            for run in filter(None, _THAI_RUN.split(visible)):
                run_glyphs, run_advance = self._shape_run(run)
                glyphs += run_glyphs
                advance += run_advance
            says_text = any("\u0e00" <= g.code <= "\u0e7f" or ord(g.code) >= FIRST_PRIVATE_CODE for g in glyphs)
            shaped = Shaped(visible, tuple(glyphs), advance, says_text)
            if len(self._shaped) >= CACHE_SIZE:
                self._shaped.clear()
            self._shaped[text] = shaped
        return shaped

    def _shape_run(self, run: str) -> tuple[list[Glyph], float]:
        """Shape a run of one script; HarfBuzz would else take the first script of the string for all of it."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        if _THAI_RUN.match(run):
            buffer.script, buffer.language = "Thai", "th"
        uharfbuzz.shape(self._harfbuzz, buffer)
        scale, widths = self._per_thousand, self.face.charWidths
        glyphs, advance = [], 0.0
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        texts = _texts_of_glyphs(run, [info.cluster for info in infos])
        for info, position, text in zip(infos, positions, texts, strict=True):
            code = self._code_of(info.codepoint, text)
            x_offset, y_offset, x_advance, _y = position.position
            shift, forward = x_offset * scale, x_advance * scale
            after = widths[ord(code)] - forward + shift
            glyphs.append(Glyph(code, shift, after, y_offset * scale))
            advance += forward
        return glyphs, advance

    def _code_of(self, glyph: int, text: str) -> str:
        """The character that draws a glyph: its own where that is enough, else a private one with its text."""
        face = self.face
        if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
            return text
        code = self._codes.get((glyph, text))
        if code is None:
            number = min(FIRST_PRIVATE_CODE + len(self._texts), LAST_PRIVATE_CODE)
            face.charToGlyph[number] = glyph
            face.charWidths[number] = face.hmetrics[glyph][0] * self._per_thousand
            self._texts[number] = text
            code = self._codes[glyph, text] = chr(number)
        return code

    def addObjects(self, doc: object) -> None:
        """Write the font's subsets into a document, each with a table from code to the text it stands for."""
        # the parser of the font file keeps one reading position, so one document at a time
        with self._lock:
            subsets = self.state[doc].subsets
            super().addObjects(doc)
            for number, subset in enumerate(subsets):
                name = doc.idToObject["BasicFonts"].dict[self._internal_name(doc, number)].BaseFont  # type: ignore[attr-defined]
                stream = doc.idToObject[f"toUnicodeCMap:{name}"]  # type: ignore[attr-defined]
                stream.content = to_unicode_table(name, [self._texts.get(code, chr(code)) for code in subset])

    def _internal_name(self, doc: object, subset: int) -> str:
        return f"{doc.fontMapping[self.fontName][1:]}+{subset}"  # type: ignore[attr-defined]


def _texts_of_glyphs(run: str, clusters: list[int]) -> Iterator[str]:
    """The text that each glyph stands for; together, in drawing order, they are the run."""
    start = 0
    while start < len(clusters):
        end = start
        while end < len(clusters) and clusters[end] == clusters[start]:
            end += 1
        until = clusters[end] if end < len(clusters) else len(run)
        if end - start == 1:
            yield run[clusters[start] : until]
        else:
            yield from _share(run[clusters[start] : until], end - start)
        start = end


def _share(text: str, glyphs: int) -> list[str]:
    """Share the characters of a cluster among its glyphs."""
    letters = list(text)
    if glyphs == len(letters):
        return letters
    if glyphs < len(letters):
        return [*letters[: glyphs - 1], "".join(letters[glyphs - 1 :])]
    if SARA_AM in text and glyphs == len(letters) + 1:
        # SARA AM is drawn as a ring in front of the tones and an AA behind them; the AA stands for it
        ring = text.index(SARA_AM)
        while ring and letters[ring - 1] in TONES:
            ring -= 1
        return [*letters[:ring], NO_TEXT, *letters[ring:]]
    return letters + [NO_TEXT] * (glyphs - len(letters))


def to_unicode_table(name: str, texts: list[str]) -> str:
    """The ToUnicode stream of a simple font whose code n stands for texts[n]."""
    pairs = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts)]
    # a reader may refuse more than 100 pairs in one block
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(texts) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in [f"{len(block)} beginbfchar", *block, "endbfchar"]),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
