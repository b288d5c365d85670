"""Where a line of Thai may end: between words of the dictionary, kept from known mistakes by guards.

Thai has no spaces between words, so a dictionary proposes and the guards below dispose: a mark never starts
a line, an abbreviation is never cut, a number stays with its neighbours. The same break points serve paragraphs,
badges and the labels of drawings: ``break_lines`` takes any way of measuring.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from . import words

# A place to break that the writer put in the text; never drawn.
BREAK_HERE = "\u200b"

_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u200d\ufe0f"
_NEVER_STARTS = re.compile(f"[ๆฯะาำๅ{_MARKS})\\]}}”’»!?,.:;%…/\"'–-]")
_NEVER_ENDS = re.compile("[เแโใไ(\\[{“‘«฿$#\"']")
# In the last resort even a word may be cut, but never inside what is drawn as one piece.
_NEVER_STARTS_EVEN_THEN = re.compile(f"[ๆฯะาำๅ{_MARKS})\\]}}”’»]")
_ABBREVIATION = re.compile(f"(?:[ก-ฮ][ก-ฮะ-ฺเ-ไ{_MARKS}]{{0,4}}\\.)+")
_THAI = re.compile("[\u0e00-\u0e7f]")
_ONE_CONSONANT = re.compile("[ก-ฮ][\u0e47-\u0e4e]*")
# Words of one consonant that are words.
_WHOLE_IN_ONE = {"ณ", "ก็"}
# Words that lead the next one: a line does not end in การ or นาย.
_LEADERS = {"การ", "ความ", "ผู้", "นัก", "ชาว", "นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง"}
# These lead only a name: อำเภอ|เพื่อ may part, อำเภอเสลภูมิ may not.
_LEAD_A_PLACE = {"อำเภอ", "ตำบล", "จังหวัด"}


class Breaker:
    """Knows where lines may end; ``keep`` are words (names, say) inside which they may not."""

    def __init__(self, keep: Iterable[str] = ()) -> None:
        kept = sorted({word for word in keep if len(word) > 2}, key=len, reverse=True)
        self._keep = re.compile("|".join(map(re.escape, kept))) if kept else None
        self.points = lru_cache(maxsize=4096)(self._points)
        self.fine_points = lru_cache(maxsize=512)(self._fine_points)

    @staticmethod
    @cache
    def plain() -> Breaker:
        """The breaker that knows the dictionary only."""
        return Breaker()

    def _points(self, text: str) -> tuple[int, ...]:
        """The places in a text, as offsets, where a new line may begin."""
        proposed = _boundaries(text)
        forbidden = _forbidden(text, proposed)
        if self._keep:
            for found in self._keep.finditer(text):
                forbidden.update(range(found.start() + 1, found.end()))
        return tuple(sorted(proposed - forbidden))

    def _fine_points(self, text: str) -> tuple[int, ...]:
        """The places where a word too wide for its column may be cut: shorter words, else any whole letter."""
        short = _ends(words.short_words_of(text)) - {len(text)}
        places = short - _forbidden(text, short)
        return tuple(sorted(places)) or letter_points(text)


def break_points(text: str, breaker: Breaker | None = None) -> tuple[int, ...]:
    """The offsets at which a new line may begin, spaces included."""
    return (breaker or Breaker.plain()).points(text)


def break_lines(
    text: str, measure: Callable[[str], float], max_width: float, breaker: Breaker | None = None
) -> list[str]:
    """Break a text into lines no wider than ``max_width`` by any measure (points, pixels, characters).

    Newlines are kept. A word wider than a whole line is cut between shorter words, then between letters;
    only a single letter wider than the line still stands out.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += _fill(paragraph.strip(), measure, max_width, breaker or Breaker.plain()) or [""]
    return found


def _fill(text: str, measure: Callable[[str], float], max_width: float, breaker: Breaker) -> list[str]:
    if measure(_visible(text)) <= max_width:
        return [_visible(text)] if text else []
    lines: list[str] = []
    line = ""
    pieces = _cut(text, breaker.points(text))[::-1]
    while pieces:
        piece = pieces.pop()
        longer = line + piece
        if measure(_visible(longer)) <= max_width:
            line = longer
        elif line.strip():
            lines.append(_visible(line))
            line = ""
            pieces.append(piece.lstrip())
        elif finer := _finer(piece.strip(), breaker):
            pieces += finer[::-1]
        else:
            lines.append(_visible(piece))
            line = ""
    return [*lines, _visible(line)] if line.strip() else lines


def _finer(piece: str, breaker: Breaker) -> list[str]:
    """Cut a piece that is too wide for a whole line; nothing when it is one letter."""
    pieces = _cut(piece, breaker.fine_points(piece))
    if len(pieces) == 1:
        pieces = _cut(piece, letter_points(piece))
    return pieces if len(pieces) > 1 else []


def _visible(line: str) -> str:
    return line.replace(BREAK_HERE, "").strip()


def _cut(text: str, points: Iterable[int]) -> list[str]:
    edges = [0, *points, len(text)]
    return [text[start:end] for start, end in zip(edges, edges[1:], strict=False) if start < end]


def _boundaries(text: str) -> set[int]:
    """Where the dictionary sees words end, and behind every space, slash, hyphen and explicit break."""
    found = _ends(words.words_of(text)) if _THAI.search(text) else set()
    found.update(
        match.end() for match in re.finditer(f"[ \t{BREAK_HERE}]+|[/–-](?=\\D)|[)\\]}}”](?=[ก-ฮเ-ไ])", text)
    )
    return {place for place in found if 0 < place < len(text)}


def _ends(pieces: Iterable[str]) -> set[int]:
    ends, place = set(), 0
    for piece in pieces:
        place += len(piece)
        ends.add(place)
    return ends


def _forbidden(text: str, proposed: set[int]) -> set[int]:
    """The proposed places at which no line may end after all."""
    forbidden = {place for place in proposed if _parts_a_pair(text, place)}
    for found in _ABBREVIATION.finditer(text):
        # the abbreviation stays whole and with what follows it: อ.เมือง, พ.ย.61
        forbidden.update(range(found.start() + 1, found.end() + 1))
    forbidden -= {place for place in proposed if text[place - 1] in " \t" and not _follows(text, place)}
    return forbidden | _around_fragments(text, proposed)


def _parts_a_pair(text: str, place: int) -> bool:
    """Whether the characters on the two sides belong together."""
    before, after = text[place - 1], text[place]
    if before == BREAK_HERE:
        return bool(_NEVER_STARTS_EVEN_THEN.match(after))
    if before in " \t":
        return _follows(text, place)
    if after in " \t" or _NEVER_STARTS.match(after) or _NEVER_ENDS.match(before):
        return True
    if before in "/–-":
        return not (_THAI.match(after) or (after.isalpha() and before == "/"))
    # between Thai and a digit, inside a number, inside a foreign word: only a space parts them
    return not (_THAI.match(before) or before in ")]}”…") or not (_THAI.match(after) or after in "([{“‘")


def _follows(text: str, place: int) -> bool:
    """Whether what stands behind a space belongs to what stands before it, as in ต่าง ๆ and กทม. ฯลฯ."""
    before = text[:place].rstrip()[-1:]
    return bool(re.match(f"{_NEVER_STARTS_EVEN_THEN.pattern}|[–:]", text[place]) or _NEVER_ENDS.match(before))


def _around_fragments(text: str, proposed: set[int]) -> set[int]:
    """Both edges of a scrap the dictionary does not know, such as เด้|น, and the end of a word that leads."""
    pieces = _cut(text, sorted(proposed))
    found, end = set(), 0
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=False):
        start, end = end, end + len(piece)
        lone = _ONE_CONSONANT.fullmatch(piece) and piece not in _WHOLE_IN_ONE
        if lone or (len(piece) < 4 and _THAI.match(piece) and piece not in words.known_words()):
            found.update({start, end})
        elif piece in _LEADERS or (piece in _LEAD_A_PLACE and following.rstrip() in words.place_names()):
            found.add(end)
    return {place for place in found if 0 < place < len(text) and not _at_space(text, place)}


def _at_space(text: str, place: int) -> bool:
    return text[place - 1] in f" \t{BREAK_HERE}"


def letter_points(text: str) -> tuple[int, ...]:
    """The places between letters that are drawn apart: the last resort."""
    return tuple(
        place
        for place in range(1, len(text))
        if not _NEVER_STARTS_EVEN_THEN.match(text[place]) and not _NEVER_ENDS.match(text[place - 1])
    )
