"""Text as people type it, made safe to store, to compare, to search and to sort.

``clean_text`` is for everything that comes in; ``clean_name`` for names of people, units and places only.
``search_key`` and ``sort_key`` make the columns beside a name. The module imports nothing heavy.
"""

from __future__ import annotations

import re
import unicodedata

MAX_COMBINING_RUN = 5
# What separates the two levels of a sort key: below every printable character, and PostgreSQL stores it
# (it refuses NUL).
SORT_SEPARATOR = "\x01"

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)

TONES = "\u0e48-\u0e4b"
ABOVE_AND_BELOW = "\u0e31\u0e34-\u0e3a"
_REPEATS = f"{ABOVE_AND_BELOW}ะาำๅเ-ไ\u0e47\u0e4c-\u0e4e"


class UnreadableText(ValueError):
    """The text holds something that no keyboard types and no database stores."""


class TextTooLong(UnreadableText):
    """The text is readable but longer than its field; nothing is ever cut off silently."""

    def __init__(self, length: int, max_length: int) -> None:
        super().__init__(f"{length} characters where {max_length} are allowed")
        self.length = length
        self.max_length = max_length


def _unwanted() -> dict[int, str | None]:
    """The characters that are removed, or become a space or a newline, before anything else looks."""
    controls = [*range(0x01, 0x20), *range(0x7F, 0xA0)]
    bidi = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    invisible = [0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF]
    annotations = [0xFFF9, 0xFFFA, 0xFFFB]
    not_characters = [*range(0xFDD0, 0xFDF0), *(p * 0x10000 + e for p in range(17) for e in (0xFFFE, 0xFFFF))]
    table: dict[int, str | None] = dict.fromkeys(controls + bidi + invisible + annotations + not_characters)
    spaces = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
    table.update(dict.fromkeys(spaces, " "))
    table[0x09] = "\t"
    # VT, FF, NEL and the two Unicode separators are line ends that survive copying out of Word
    table.update(dict.fromkeys([0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n"))
    # old Thai fonts kept shifted marks and footless letters in the private area; Word files still carry them
    tones = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
    old_thai = f"ฐ\u0e34\u0e35\u0e36\u0e37{tones}{tones}ญ\u0e31\u0e4d\u0e47{tones}\u0e38\u0e39\u0e3a"
    table.update({0xF700 + place: letter for place, letter in enumerate(old_thai)})
    return table


_UNWANTED = _unwanted()
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# a private-use character means something only on the machine of the one who typed it
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")


def clean_text(value: str | None, *, max_length: int | None = None, multiline: bool = False) -> str:
    """Return what was typed without the characters nobody sees; raise UnreadableText for what cannot be kept.

    Newlines and tabs stay when ``multiline``, else they become spaces. Length is counted after cleaning;
    beyond ``max_length`` TextTooLong is raised, because nothing typed may be lost unnoticed.
    """
    if not value:
        return ""
    if bad := _UNSTORABLE.search(value):
        raise UnreadableText(f"character U+{ord(bad.group()):04X} cannot be stored")
    text = _PRIVATE.sub("", value.replace("\r\n", "\n").translate(_UNWANTED))
    text = _tidy_lines(text) if multiline else " ".join(text.split())
    text = _cap_combining(unicodedata.normalize("NFC", text))
    if max_length is not None and len(text) > max_length:
        raise TextTooLong(len(text), max_length)
    return text


def _tidy_lines(text: str) -> str:
    """Collapse runs of spaces, drop spaces at line ends and blank lines round the whole."""
    lines = (re.sub(" {2,}", " ", line).rstrip(" \t") for line in text.split("\n"))
    return "\n".join(lines).strip()


# A run that is long enough to hold too many marks: nothing of ASCII, no Thai letter, vowel beside or digit.
_MAY_BE_MARKS = re.compile(
    f"[^\x00-\x7f\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0e5b]{{{MAX_COMBINING_RUN + 1},}}"
)


def _cap_combining(text: str) -> str:
    """Keep at most five marks in a row: more is a joke that paints over its neighbours."""
    if not _MAY_BE_MARKS.search(text):
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run <= MAX_COMBINING_RUN:
            kept.append(character)
    return "".join(kept)


# Each pair puts one habit of typing into the one right order of characters; the order of the pairs matters.
_ORDER = [
    (re.compile("เเ"), "แ"),
    (re.compile(f"([{TONES}\u0e4c]+)([{ABOVE_AND_BELOW}]+)"), r"\2\1"),  # ป่ี, สิทธ์ิ: the vowel before the tone
    (re.compile(f"\u0e4d([{TONES}]*)า"), r"\1ำ"),  # นํ้า, น้ํา: SARA AM typed as two characters
    (re.compile(f"([ะาำๅ]+)([{TONES}]+)"), r"\2\1"),  # นำ้
]
_REPEATED = [
    (re.compile(f"[{TONES}]+([{TONES}])"), r"\1"),  # of several tones the last one typed counts
    (re.compile(f"([{_REPEATS}])\\1+"), r"\1"),
]


def order_marks(text: str) -> str:
    """Put vowels, tones and SARA AM into the order that fonts draw rightly; nothing is lost or added."""
    for habit, order in _ORDER:
        text = habit.sub(order, text)
    return text


def clean_name(value: str | None, *, max_length: int | None = None) -> str:
    """Return the one stored spelling of a name of a person, a unit or a place.

    clean_text, then marks in their order, นํ้า as น้ำ, เเ as แ, doubled marks once, no joiners.
    Digits become Arabic (documents print Thai ones where they like), so that
    หมู่ที่ ๕ and หมู่ที่ 5 are one place. Doing it twice changes nothing.
    """
    text = clean_text(value).translate({0x200C: None, 0x200D: None})
    before = None
    while before != text:  # one pair may make work for another; every round shortens or orders, so it ends
        before = text
        text = _respell(text)
    if max_length is not None and len(text) > max_length:
        raise TextTooLong(len(text), max_length)
    return text


def _respell(text: str) -> str:
    text = order_marks(text)
    for habit, once in _REPEATED:
        text = habit.sub(once, text)
    return clean_text(text.translate(_TO_ARABIC))


def arabic_digits(text: str) -> str:
    """Write every Thai digit as 0-9."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Write every digit 0-9 as a Thai digit; not for codes, addresses and telephone numbers."""
    return text.translate(_TO_THAI)


# Letters that sound alike and are mixed up when a name is heard, not read.
_SOUNDS_ALIKE = str.maketrans("ศษณใๅ", "สสนไา")
_NOT_HEARD = re.compile("[\u0e47-\u0e4e\u0e3a]")


def search_key(value: str | None) -> str:
    """Return the loose key by which a name is found: no spaces, dots, tones or ์; ศษ as ส, ณ as น, ใ as ไ.

    It holds letters, digits and Thai vowels only, so it is safe inside LIKE; it may be empty.
    Store search_key of first and last name in a row and look for query_key of what was typed.
    """
    text = _NOT_HEARD.sub("", clean_name(value).casefold()).translate(_SOUNDS_ALIKE)
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c).startswith("M"))


_DOTTED = r"(?:[ก-ฮ]{1,4}\.\s?){1,5}(?:หญิง\s?)?"  # ดร. น.ส. พ.จ.อ. ร.ต.ท.หญิง
_TITLE = re.compile(rf"^(?:นางสาว|นาง|นาย|ว่าที่\s?{_DOTTED}|{_DOTTED})\s*(?=[ก-ฮเ-ไ].)")


def query_key(typed: str | None) -> str:
    """Return the search key of what someone typed, without a title in front of it.

    Only queries lose it: what is left of นางรอง still finds the row of นางรอง.
    """
    text = clean_name(typed)
    return search_key(_TITLE.sub("", text)) or search_key(text)


_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_SECOND_LEVEL = re.compile("[\u0e47-\u0e4c\u0e4e]")


def sort_key(value: str | None) -> str:
    """Return a key in dictionary order: the consonant before its leading vowel, tones last.

    Compare keys by code point: SQLite does; on PostgreSQL the column needs COLLATE "C".
    """
    full = _LEADING_VOWEL.sub(r"\2\1", clean_name(value).casefold())
    return f"{_SECOND_LEVEL.sub('', full)}{SORT_SEPARATOR}{full}"


def display_width(text: str) -> int:
    """Count the columns a text takes: its characters without marks above or below and invisible ones."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)
