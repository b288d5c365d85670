"""Paragraphs that break Thai between words, and the one way from a person's text to a paragraph.

Stands on ReportLab 5.1.0: Paragraph.breakLines takes a list of "frag words" ([width, (style, text), …], a _HSFrag
when a space follows) as ``frags`` and keeps its objects, so words can be cut before it and joined after it.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.paragraph import Paragraph, _getFragWords, _HSFrag, _processed_frags

from app.core.text import UnreadableText, clean_text, order_marks

from .breaking import BREAK_HERE, Breaker, letter_points
from .fonts import BOLD, REGULAR, register_fonts

# ReportLab takes the usual character for a space; this one passes through it untouched.
_MARKED_BREAK = "\ufdd0"
# Words that a space before them must not part from: ต่าง ๆ
_NO_BREAK_SPACE = "\xa0"
MORE = "…"

Word = list  # [width, (style, text), …]


class _Part(list):
    """A word cut from the one behind it because its column was too narrow; joined again before each wrap."""


def thai_style(
    name: str = "body", *, size: float = 12, bold: bool = False, leading: float | None = None, **options: Any
) -> ParagraphStyle:
    """A paragraph style in which marks of two lines do not touch: leading 1.6 of the size, left, no splitting."""
    register_fonts()
    font = options.pop("fontName", BOLD if bold else REGULAR)
    wanted = {
        "fontName": font,
        "bulletFontName": font,
        "fontSize": size,
        "leading": leading or 1.6 * size,
        "alignment": TA_LEFT,
        "shaping": 0,
        "splitLongWords": 0,
        "spaceShrinkage": 0,
    }
    return ParagraphStyle(name, **(wanted | options))


def safe_paragraph(
    text: str, style: ParagraphStyle, max_len: int = 200, *, breaker: Breaker | None = None
) -> ThaiParagraph:
    """A paragraph of text that a person typed: never read as markup, never longer than ``max_len`` characters.

    It never raises: what cannot be read is left out, what is too long ends in …, newlines start a new line.
    """
    shown = drawable(text, multiline=True, max_len=max_len)
    return ThaiParagraph(escape(shown).replace("\n", "<br/>"), style, breaker=breaker)


def drawable(text: str | None, *, multiline: bool = False, max_len: int | None = None) -> str:
    """Return a text as it can be drawn: clean, its marks in order, without what no font and no file can hold.

    It never raises for any string. Beyond ``max_len`` characters it ends, behind a whole letter, in ….
    """
    try:
        cleaned = clean_text(text, multiline=multiline)
    except UnreadableText:
        kept = "".join(c for c in text or "" if c != "\x00" and not "\ud800" <= c <= "\udfff")
        cleaned = clean_text(kept, multiline=multiline)
    shown = order_marks(cleaned)
    if max_len is None or len(shown) <= max_len:
        return shown
    return shown[: max(letter_points(shown[:max_len]), default=max_len)].rstrip() + MORE


class ThaiParagraph(Paragraph):
    """A Paragraph whose lines end between Thai words; draw it on a ThaiCanvas.

    ``text`` is ReportLab markup written by the program. Text typed by a person goes through safe_paragraph.
    """

    frags: list[Any]
    breaker: Breaker

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle | None = None,
        *args: Any,
        breaker: Breaker | None = None,
        **options: Any,
    ) -> None:
        register_fonts()
        self.breaker = breaker or Breaker.plain()
        super().__init__(text, style or thai_style(), *args, **options)

    def breakLines(self, width: float | list[float]) -> Any:
        """Cut the words where lines may end, fill the lines, and count the spaces for whoever justifies."""
        widths = width if isinstance(width, (list, tuple)) else [width]
        if self.frags:
            if _processed_frags(self.frags):
                whole = _joined(self.frags)
            else:
                whole = [part for word in self._words(widths[0]) for part in self._cut(word, self.breaker.points)]
            self.frags = [part for word in whole for part in self._narrowed(word, min(widths))]
        lines = super().breakLines(width)
        for line in lines.lines if lines.kind == 1 else ():
            # ReportLab counts the pieces of a word as words and would stretch spaces that are not there
            line.wordCount = 1 + sum(f.text.count(" ") for f in line.words if not hasattr(f, "cbDefn"))
        return lines

    def split(self, availWidth: float, availHeight: float) -> list[ThaiParagraph]:
        """The parts on this page and the next; both go on knowing the words to keep."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.breaker = self.breaker
        return parts

    def _words(self, width: float) -> list[Word]:
        """The words between spaces, as ReportLab makes them."""
        for before, frag in zip([None, *self.frags], self.frags, strict=False):
            if getattr(frag, "text", ""):
                frag.text = _prepared(frag.text)
                if before is not None and frag.text[0] in "ๆฯ" and getattr(before, "text", "").endswith(" "):
                    before.text = before.text.rstrip(" ") + _NO_BREAK_SPACE
        return _getFragWords(self.frags, width)

    def _cut(self, word: Word, points: Any) -> list[Word]:
        """Cut a word at its break points; pictures, line breaks and <nobr> stay whole."""
        if any(hasattr(style, "cbDefn") or hasattr(style, "lineBreak") for style, _text in word[1:]):
            return [word]
        text = "".join(piece for _style, piece in word[1:]).replace(_MARKED_BREAK, BREAK_HERE)
        wanted = [place for place in points(text) if not self._inside_nobr(word, place)]
        return _cut_at(word, wanted) if wanted or BREAK_HERE in text else [word]

    def _narrowed(self, word: Word, width: float) -> list[Word]:
        """Cut a word wider than the column into shorter words, then into letters; mark the parts to join again."""
        if word[0] <= width or len(word) < 2:
            return [word]
        parts = self._cut(word, self.breaker.fine_points)
        parts = [p for part in parts for p in ([part] if part[0] <= width else self._cut(part, letter_points))]
        return [_Part(part) for part in parts[:-1]] + parts[-1:]

    @staticmethod
    def _inside_nobr(word: Word, place: int) -> bool:
        end = 0
        for style, piece in word[1:]:
            start, end = end, end + len(piece)
            if start < place < end:
                return bool(getattr(style, "nobr", False))
        return False


def _prepared(text: str) -> str:
    """Hide explicit breaks from ReportLab and tie ๆ and ฯ to the word before their space."""
    for sign in "ๆฯ":
        text = text.replace(f" {sign}", f"{_NO_BREAK_SPACE}{sign}")
    return order_marks(text.replace("\u00ad", "").replace(BREAK_HERE, _MARKED_BREAK))


def _cut_at(word: Word, places: list[int]) -> list[Word]:
    """Cut [width, (style, text), …] at character offsets; the last part keeps the space that follows."""
    parts: list[Word] = [[0]]
    offset = 0
    for style, text in word[1:]:
        start = 0
        for place in [p for p in places if offset < p < offset + len(text)]:
            parts[-1].append((style, text[start : place - offset]))
            parts.append([0])
            start = place - offset
        if offset in places and offset and len(parts[-1]) > 1:
            parts.append([0])
        parts[-1].append((style, text[start:]))
        offset += len(text)
    for part in parts:
        part[1:] = [(style, text.replace(_MARKED_BREAK, "")) for style, text in part[1:]]
        part[0] = sum(stringWidth(text, style.fontName, style.fontSize) for style, text in part[1:])
    parts[-1] = type(word)(parts[-1])
    return parts


def _joined(words: list[Word]) -> list[Word]:
    """Put words together again that a narrower column had cut."""
    found: list[Word] = []
    open_part: Word | None = None
    for word in words:
        if open_part is not None:
            word = (_HSFrag if isinstance(word, _HSFrag) else type(word))(_merged(open_part, word))
        open_part = word if isinstance(word, _Part) else None
        if open_part is None:
            found.append(word)
    return found if open_part is None else [*found, list(open_part)]


def _merged(first: Word, second: Word) -> Word:
    pieces = [*first[1:]]
    for style, text in second[1:]:
        if pieces and pieces[-1][0] is style:
            pieces[-1] = (style, pieces[-1][1] + text)
        else:
            pieces.append((style, text))
    return [sum(stringWidth(t, s.fontName, s.fontSize) for s, t in pieces), *pieces]
