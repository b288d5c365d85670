"""How alike two titles are: Dice's coefficient over sets of three code points.

Thai needs no word segmentation for this. NFC only: NFKC takes ำ apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_LEADING_WORD = re.compile(r"^\s*(?:โครงการ|กิจกรรม)")


def normalised_title(title: str) -> str:
    """NFC, Arabic digits, no leading โครงการ/กิจกรรม; letters, marks and numbers only."""
    plain = unicodedata.normalize("NFC", title).translate(_THAI_DIGITS)
    plain = _LEADING_WORD.sub("", plain)
    return "".join(ch for ch in plain if unicodedata.category(ch)[0] in "LMN")


def trigrams(title: str) -> frozenset[str]:
    """The sets of three neighbouring code points of the normalised title."""
    plain = normalised_title(title)
    return frozenset(plain[n : n + 3] for n in range(len(plain) - 2))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared trigrams, twice, over all trigrams; 0 when there are none."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def similar_pairs(titles: Mapping[str, str], at_least: float) -> Iterator[tuple[str, str, float]]:
    """All pairs (smaller id first) that share anything and are at least so alike.

    Walks an index from trigram to titles instead of comparing all pairs, so that pairs sharing nothing
    cost nothing.
    """
    grams = {key: trigrams(titles[key]) for key in sorted(titles)}
    sizes = {key: len(own) for key, own in grams.items()}
    index: dict[str, list[str]] = defaultdict(list)
    for key, own in grams.items():
        size = sizes[key]
        for other, count in Counter(chain.from_iterable(index[gram] for gram in own)).items():
            alike = 2 * count / (size + sizes[other])
            if alike >= at_least:
                yield other, key, alike
        for gram in own:
            index[gram].append(key)
