"""How alike two titles are: Dice's coefficient over sets of three code points.

Thai needs no word segmentation for this. NFC only: NFKC takes ำ apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
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

    Each title's set is one number with a bit a trigram, so that comparing two is one `&`: some 100 nanoseconds
    however often the words of a province repeat themselves. Frequent trigrams have the low bits, which keeps the
    numbers short.
    """
    grams = {key: trigrams(titles[key]) for key in sorted(titles)}
    frequent = Counter(chain.from_iterable(grams.values())).most_common()
    bit = {gram: 1 << place for place, (gram, _count) in enumerate(frequent)}
    masks = [sum(map(bit.__getitem__, own)) for own in grams.values()]
    sizes = [len(own) for own in grams.values()]
    keys = list(grams)
    smallest = min(sizes, default=0)
    for place, (mask, size) in enumerate(zip(masks, sizes, strict=True)):
        least = at_least * (size + smallest) / 2 - 1  # nothing that is alike enough shares fewer
        shared = [(mask & other).bit_count() for other in masks[:place]]
        for other in [number for number, count in enumerate(shared) if count > least]:
            alike = 2 * shared[other] / (size + sizes[other] or 1)
            if shared[other] and alike >= at_least:
                yield keys[other], keys[place], alike
