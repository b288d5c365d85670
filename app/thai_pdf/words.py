"""The words a line may be broken between: a dictionary segmenter, built when it is first needed.

Nothing here runs at import: the dictionary takes a fifth of a second and 20 MB, once per process.
"""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import Any

# else pythainlp makes a folder in the home directory as soon as it is imported
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

# Words of provincial trainings that the general dictionary lacks or cuts in two.
_OFFICE_WORDS = [
    *("กบอ", "กบจ", "กบก", "กนจ", "ก.บ.อ.", "ก.บ.จ.", "อปท", "อบต", "อบจ", "ปชส", "รพ.สต.", "กศน", "กอ.รมน."),
    *("ประชารัฐ", "เปิดโครงการ", "กลั่นกรอง", "วุฒิบัตร", "เกียรติบัตร", "บูรณาการ", "ยุทธศาสตร์", "ภาคีเครือข่าย"),
    *("ส่วนราชการ", "นายอำเภอ", "ปลัดอำเภอ"),
    *("กำนัน", "ผู้ใหญ่บ้าน", "สารวัตรกำนัน", "แพทย์ประจำตำบล", "ชำนาญการ", "ชำนาญการพิเศษ", "ปฏิบัติการ", "อำนวยการ"),
    *("ผู้ว่าราชการ", "รองผู้ว่าราชการ", "นักวิชาการ", "องค์การบริหาร", "ลายมือชื่อ", "โกลเด้นซิตี้"),
]
# Entries that pull neighbours apart: เป็น|แนวทาง|ใน became เป็นแนว|ทางใน.
_MISLEADING = {"ทางใน", "เป็นแนว"}
# What makes a noun of a verb: โครง|การพัฒนา is put right to โครงการ|พัฒนา.
_NOUN_MAKERS = ("การ", "ความ")
# A sub-district whose name is as short as a syllable would cut other words in two.
_SHORTEST_SUBDISTRICT = 5
# The dictionary holds whole phrases (การส่งเสริมการเกษตร); without them their words are found instead.
LONGEST_WORD = 14
LONGEST_FINE_WORD = 8

_building = Lock()


def words_of(text: str) -> list[str]:
    """Cut a text into words; together they are the text."""
    found = _segment(text, None)
    for place in range(1, len(found)):
        found[place - 1 : place + 1] = _put_right(*found[place - 1 : place + 1])
    return found


def _put_right(word: str, following: str) -> tuple[str, str]:
    """Give การ back to the word it ends: of two ways to cut, the segmenter takes the longer second word."""
    for maker in _NOUN_MAKERS:
        rest = following.removeprefix(maker)
        if following != rest and word + maker in known_words() and rest in known_words():
            return word + maker, rest
    return word, following


def short_words_of(text: str) -> list[str]:
    """Cut a text into words of at most eight characters, for a column narrower than a word."""
    return _segment(text, LONGEST_FINE_WORD)


@cache
def known_words() -> frozenset[str]:
    """The words of the dictionary, the office's words and the names of places among them."""
    from pythainlp.corpus import thai_words

    general = {word for word in thai_words() if len(word) <= LONGEST_WORD}
    return frozenset(general - _MISLEADING) | frozenset(_OFFICE_WORDS) | place_names()


class _Dictionary:
    """What newmm asks of a dictionary, over one set of words: a trie of them takes four times the room."""

    def __init__(self, longest: int) -> None:
        self._words = known_words()
        self._longest = longest

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that begin at a place of a text, the shortest first."""
        ends = range(start + 1, min(start + self._longest, len(text)) + 1)
        return [word for end in ends if (word := text[start:end]) in self._words]


def _segment(text: str, longest: int | None) -> list[str]:
    with _building:
        dictionary = _dictionary(longest)
    from pythainlp.tokenize import newmm

    return newmm.segment(text, custom_dict=dictionary, safe_mode=False)


@cache
def _dictionary(longest: int | None) -> Any:
    return _Dictionary(longest or max(map(len, known_words())))


@cache
def place_names() -> frozenset[str]:
    """The provinces, districts and sub-districts of Thailand, without the shortest names."""
    import geothai

    names = {province.name_th for province in geothai.provinces()}
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            names.add(district.name_th.removeprefix("เขต"))
            subdistricts = (s.name_th for s in geothai.subdistricts(district.code))
            names.update(name for name in subdistricts if len(name) >= _SHORTEST_SUBDISTRICT)
    return frozenset(names)
