"""A name as it stands in one cell, taken apart into title, first and last name.

Titles found here are suggestions for confirmation: นางรอง can be a name. Printing never takes a name apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.text import clean_name

# Ranks and professions as written out; longer ones are tried first.
_RANKS = tuple(
    """
    พลเอก พลโท พลตรี พันเอกพิเศษ พันเอก พันโท พันตรี ร้อยเอก ร้อยโท ร้อยตรี
    จ่าสิบเอก จ่าสิบโท จ่าสิบตรี สิบเอก สิบโท สิบตรี
    พลเรือเอก พลเรือโท พลเรือตรี นาวาเอก นาวาโท นาวาตรี เรือเอก เรือโท เรือตรี
    พันจ่าเอก พันจ่าโท พันจ่าตรี จ่าเอก จ่าโท จ่าตรี
    พลอากาศเอก พลอากาศโท พลอากาศตรี นาวาอากาศเอก นาวาอากาศโท นาวาอากาศตรี เรืออากาศเอก เรืออากาศโท เรืออากาศตรี
    พันจ่าอากาศเอก พันจ่าอากาศโท พันจ่าอากาศตรี จ่าอากาศเอก จ่าอากาศโท จ่าอากาศตรี
    พลตำรวจเอก พลตำรวจโท พลตำรวจตรี พันตำรวจเอก พันตำรวจโท พันตำรวจตรี ร้อยตำรวจเอก ร้อยตำรวจโท ร้อยตำรวจตรี
    ดาบตำรวจ จ่าสิบตำรวจ สิบตำรวจเอก สิบตำรวจโท สิบตำรวจตรี
    นายกองใหญ่ นายกองเอก นายกองโท นายกองตรี นายหมวดเอก นายหมวดโท นายหมวดตรี นายหมู่ใหญ่ นายหมู่เอก นายหมู่โท นายหมู่ตรี
    พลทหาร พลตำรวจ พลฯ
    """.split()  # noqa: SIM905 a list of one word a line would fill the screen
)
_OTHERS = tuple(
    """
    นางสาว นาง นาย เด็กชาย เด็กหญิง หม่อมหลวง หม่อมราชวงศ์ หม่อมเจ้า ท่านผู้หญิง คุณหญิง
    นายแพทย์ แพทย์หญิง ทันตแพทย์หญิง ทันตแพทย์ เภสัชกรหญิง เภสัชกร สัตวแพทย์หญิง นายสัตวแพทย์
    ศาสตราจารย์ รองศาสตราจารย์ ผู้ช่วยศาสตราจารย์ ดอกเตอร์
    พระครูปลัด พระครูสมุห์ พระครูใบฎีกา พระครูวินัยธร พระครูสังฆรักษ์ พระครู
    พระมหา พระอธิการ พระปลัด พระสมุห์ พระใบฎีกา แม่ชี สามเณร
    """.split()  # noqa: SIM905
)
_NEED_SPACE = ("คุณ", "ดร", "นส", "พระ", "อาจารย์")  # begin too many names to be cut off without a space
# Short titles that people write without their dot; a first and a last name must follow, as นพ is a name too.
_UNDOTTED = ("นพ", "พญ", "ทพ", "ทพญ", "ภก", "ภญ", "ผศ", "รศ", "พตอ", "พตท", "พตต", "รตอ", "รตท", "รตต", "ดต")
# Ranks and น.ส. without the last dot; a space must follow.
_SHORT = (
    "น.ส",
    "ด.ช",
    "ด.ญ",
    "ม.ล",
    "ม.ร.ว",
    "พ.อ",
    "พ.ท",
    "พ.ต",
    "ร.อ",
    "ร.ท",
    "ร.ต",
    "จ.ส.อ",
    "จ.ส.ท",
    "จ.ส.ต",
) + (
    *("ส.อ", "ส.ท", "ส.ต", "พล.อ", "พล.ท", "พล.ต", "พ.ต.อ", "พ.ต.ท", "พ.ต.ต", "ร.ต.อ", "ร.ต.ท", "ร.ต.ต", "ด.ต"),
    *("จ.ส.ต", "ส.ต.อ", "ส.ต.ท", "ส.ต.ต", "พล.ต.อ", "พล.ต.ท", "พล.ต.ต", "น.อ", "น.ท", "น.ต", "พ.จ.อ", "พ.จ.ท"),
    *("พ.จ.ต", "จ.อ", "จ.ท", "จ.ต"),
)
_LATIN = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?"
_DOTTED = r"(?:[ก-ฮ]{1,4}\.\s?){1,5}"
_LAST_DOT_MISSING = r"(?:{})(?=\s)".format(
    "|".join(re.escape(short).replace(r"\.", r"\.\s?") for short in sorted(_SHORT, key=len, reverse=True))
)
_CANONICAL = {
    "น.ส.": "นางสาว",
    "นส.": "นางสาว",
    "นส": "นางสาว",
    "ดร": "ดร.",
    "ว่าที่ร.ต.": "ว่าที่ร้อยตรี",
    "ว่าที่รต.": "ว่าที่ร้อยตรี",
    "ว่าที่ร.ต.หญิง": "ว่าที่ร้อยตรีหญิง",
    "ว่าที่รต.หญิง": "ว่าที่ร้อยตรีหญิง",
}
_RANK_NAMES = "|".join(sorted(_RANKS, key=len, reverse=True))
_TITLES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"ว่าที่\s*(?:{_RANK_NAMES}|{_LAST_DOT_MISSING}|{_DOTTED})",
        _LAST_DOT_MISSING,
        _DOTTED,
        *(rf"({title})\s?\.?" for title in sorted({*_RANKS, *_OTHERS}, key=len, reverse=True)),
        rf"(?:{'|'.join(_NEED_SPACE)})(?=\s)",
        rf"(?:{'|'.join(_UNDOTTED)})(?=\s+[ก-ฮเ-ไ]\S+\s+(?!ณ\s)[ก-ฮเ-ไ])",
        _LATIN,
    )
]
_CHAINED = re.compile(rf"(?:{_DOTTED}|ดอกเตอร์)\s*")
_STARTS_A_NAME = re.compile(r"[ก-ฮเ-ไA-Za-z]")
# What follows นาย in the name of an office, not of a person.
_OFFICES = re.compile(
    r"นายอำเภอ|นายกเทศมนตรี|นายกองค์การ|นายก\s?อบ[ตจ]|นายก\s?อบ\.|นายกเมือง|นายกสมาคม|นายกเหล่ากาชาด|นายก\s?ทต|นายทะเบียน"
)
_NUMBERED = re.compile(r"^[(\[]?\d{1,4}\s*[.)\]/:]\s*(?=\D)")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True)
class PersonName:
    """A name in parts; a part that is missing is ""."""

    title: str = ""
    first: str = ""
    last: str = ""


def split_name(text: str | None, *, has_title: bool = False) -> PersonName:
    """Take apart "นายสมชาย ใจดี"; with ``has_title`` the title stands in a cell of its own."""
    name = tidy(text)
    title = ""
    if not has_title:
        title, name = split_title(name)
    first, _space, last = name.partition(" ")
    return PersonName(title, first, last.strip())


def tidy(text: str | None) -> str:
    """One line in the stored spelling, without a number in front and without remarks in brackets."""
    name = clean_name(text)
    without = _IN_BRACKETS.sub(" ", _NUMBERED.sub("", name))
    return " ".join(without.split()).strip(" ,;:*-–•")


def split_title(name: str, *, first_only: bool = False) -> tuple[str, str]:
    """The title in front of a tidied name and the rest; ("", name) when what is left would be no name.

    With ``first_only`` the last name stands elsewhere, so one word after the title is enough.
    """
    if _OFFICES.match(name):
        return "", name
    readings = [_chain(title, rest) for title, rest in _beginnings(name) if _STARTS_A_NAME.match(rest)]
    if not readings:
        return "", name
    title, rest = readings[0]
    if not first_only and title != "นางสาว":
        # นายแพทย์ ใจดี is a Mr. แพทย์ ใจดี rather than a doctor without a last name.
        title, rest = next((reading for reading in readings if " " in reading[1]), readings[0])
    return standard_title(title), rest


def _beginnings(name: str) -> Iterator[tuple[str, str]]:
    for pattern in _TITLES:
        if found := pattern.match(name):
            yield (found[1] if pattern.groups else found.group()).strip(), name[found.end() :].strip()


def _chain(title: str, rest: str) -> tuple[str, str]:
    """Further dotted titles (ผศ.ดร.), and หญิง after a rank unless that is the first name."""
    while more := _CHAINED.match(rest):
        if not _STARTS_A_NAME.match(rest[more.end() :]):
            break
        title, rest = title + more.group().strip(), rest[more.end() :].strip()
    is_rank = "." in title or any(rank in title for rank in _RANKS)
    if is_rank and rest.startswith("หญิง"):
        after = rest.removeprefix("หญิง").strip()
        if _STARTS_A_NAME.match(after) and " " in after:
            title, rest = f"{title}หญิง", after
    words = rest.split(" ")
    if (
        title.endswith(("พ.อ.", "พ.อ", "น.อ.", "น.อ", "พันเอก", "นาวาเอก"))
        and words[0] == "พิเศษ"
        and len(words) > 2
    ):
        return f"{title}พิเศษ", " ".join(words[1:])
    if is_rank and len(words) > 2 and words[0] in ("นาย", "นาง", "นางสาว"):
        title, rest = f"{title} {words[0]}", " ".join(words[1:])
    return title, rest


def standard_title(title: str | None) -> str:
    """A title in its usual spelling: น.ส. is นางสาว, ว่าที่ ร.ต. is ว่าที่ร้อยตรี; others keep theirs without spaces."""
    written = clean_name(title)
    squeezed = written.replace(" ", "")
    if squeezed.removeprefix("ว่าที่") in (*_SHORT, *_UNDOTTED):
        squeezed += "."
    if squeezed in _CANONICAL:
        return _CANONICAL[squeezed]
    return squeezed if re.search("[ก-ฮ]", squeezed) and not re.search(r" นา[ยง]", written) else written


def is_title(text: str) -> bool:
    """Whether a cell holds a title and nothing else."""
    written = clean_name(text)
    rests = (written[len(found.group()) :] for pattern in _TITLES if (found := pattern.match(written + " ")))
    return any(not _CHAINED.sub("", rest.replace("หญิง", "", 1).strip()) for rest in rests)


def begins_with_title(text: str) -> bool:
    """Whether a cell reads like a person with a title in front."""
    return bool(split_title(tidy(text))[0])


def names_an_office(text: str) -> bool:
    """Whether the text is an office such as นายอำเภอแกลง, which only looks like a titled name."""
    return bool(_OFFICES.match(tidy(text)))
