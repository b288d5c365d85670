"""The 13-digit national ID: found wherever it was typed, so that it can be left out or masked."""

from __future__ import annotations

import re

from app.core.text import arabic_digits

MASK = "x-xxxx-xxxxx-xx-x"
# Thirteen digits, each perhaps after one space, dash or dot, and no further digit joined to either end.
_THIRTEEN = re.compile(r"(?<![\d+])(?<!\d[-.])\d(?:[ \u00a0.\-\u2010-\u2015]?\d){12}(?![-.]?\d)")
_WRITTEN_AS_ID = re.compile(
    r"\d[ .\-\u2010-\u2015]\d{4}[ .\-\u2010-\u2015]\d{5}[ .\-\u2010-\u2015]\d{2}[ .\-\u2010-\u2015]\d"
)


def has_thirteen_digits(text: str) -> bool:
    """Whether a run of exactly thirteen digits stands in the text, whatever its check digit."""
    return bool(_THIRTEEN.search(arabic_digits(text)))


def holds_national_id(text: str) -> bool:
    """Whether the text holds a national ID: thirteen digits with the right check digit, or grouped 1-4-5-2-1.

    Two telephone numbers with spaces in them can make thirteen digits; they begin with 0, an ID hardly ever.
    """
    for found in _THIRTEEN.finditer(arabic_digits(text)):
        written = found.group()
        if _WRITTEN_AS_ID.fullmatch(written):
            return True
        if is_national_id(re.sub(r"\D", "", written)) and (written.isdigit() or not written.startswith("0")):
            return True
    return False


def is_national_id(digits: str) -> bool:
    """Whether thirteen ASCII digits end in their check digit (modulo 11, weights 13 to 2)."""
    if len(digits) != 13 or not digits.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


def mask_national_ids(text: str) -> str:
    """The text with every run of thirteen digits replaced; a mistyped ID is masked too."""
    # Thai digits are one character each, so the places found in the Arabic text fit the original.
    places = [found.span() for found in _THIRTEEN.finditer(arabic_digits(text))]
    for start, end in reversed(places):
        text = text[:start] + MASK + text[end:]
    return text
