"""The name in a row: in its parts or in one cell, with a position, a remark or a number beside it."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from app.core.text import arabic_digits, clean_name, clean_text, display_width

from ... import names
from .. import labels
from ..content import is_name_like
from ..grid import is_dash
from .facts import Checking, too_long

_LONGEST_NAME = 300  # characters of a whole cell of names
_NOBODY = re.compile(
    r"ว่าง|รอ(?:แจ้ง|ส่ง|ยืนยัน|รายชื่อ|ระบุ|ประสาน|แต่งตั้ง).*|อยู่ระหว่าง.*|ยังไม่.*|ไม่ส่ง.*|ไม่ประสงค์.*|x{3,}", re.I
)
_A_TITLE = r"(?:นาย|นาง|น\.\s?ส\.?|ด\.[ชญ]\.|ดร\.|ว่าที่)"
_SECOND_PERSON = re.compile(
    rf"[\n,/&+;]|\s(?:และ|กับ)\s?|(?:และ|กับ)\s?(?={_A_TITLE})|\sแทน\s|[-–]\s?(?={_A_TITLE})|\s(?=\d[.)]\s?[ก-ฮเ-ไ])"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_STANDS_IN = re.compile(r"(?<=\S\s)(\S+)[\s/]+((?:ผู้|ตัว)?แทน)\s*$")
_PHONE_AT_END = re.compile(
    r"[\s(]*(?:โทร(?:ศัพท์)?\.?|tel\.?|มือถือ)?\s*[:.]?\s*(\+?[\d๐-๙][\d๐-๙\s\-.]{7,})\)?$", re.IGNORECASE
)


def combined_cells(checking: Checking) -> dict[str, str]:
    """Name and position, or position and office, that stand in one cell."""
    parts: dict[str, str] = {}
    both = checking.row.values.get(labels.NAME_POSITION, "")
    if both and not is_dash(both):
        parts[labels.FULL_NAME], parts[labels.POSITION] = _name_and_position(both)
    both = checking.row.values.get(labels.POSITION_ORGANISATION, "")
    if both and not is_dash(both):
        first, _sign, second = (
            (part.strip() for part in re.split(r"(\n|\s*/\s*|,\s+)", both, maxsplit=1))
            if re.search(r"\n|/|,\s", both)
            else (both, "", "")
        )
        parts[labels.POSITION], parts[labels.ORGANISATION] = clean_text(first), clean_text(second)
    return parts


def _name_and_position(text: str) -> tuple[str, str]:
    cut = re.split(r"\n|/|\sตำแหน่ง\s*:?|^ตำแหน่ง\s*:?|,\s", text, maxsplit=1)
    if len(cut) == 2 and cut[1].strip():
        return clean_text(cut[0]), clean_text(cut[1])
    name = names.split_name(text)
    last, _space, position = name.last.partition(" ")
    if last == "ณ":
        more, _space, position = position.partition(" ")
        last = f"ณ {more}"
    return f"{name.title}{name.first} {last}", position


def name_of(checking: Checking, parts: dict[str, str], hidden: list[str]) -> names.PersonName:
    """The name in its parts; a fault when there is none, only half of one, or two people's."""
    row = checking.row
    title, last = checking.text(labels.TITLE), checking.text(labels.LAST_NAME)
    written = parts.get(labels.FULL_NAME) or next(
        (row.values[f] for f in (labels.FULL_NAME, labels.FIRST_NAME) if row.values.get(f)), ""
    )
    if {labels.FULL_NAME, labels.FIRST_NAME, labels.LAST_NAME, labels.NAME_POSITION, labels.TITLE} & set(hidden):
        return names.PersonName()
    if len(written) > _LONGEST_NAME:
        checking.fault("too_long", labels.FULL_NAME, too_long(labels.FULL_NAME, _LONGEST_NAME))
        return names.PersonName()
    written = _take_phone(checking, parts, written)
    first = "" if is_dash(written) or _NOBODY.fullmatch(clean_text(written)) else written
    if title and not names.is_title(title) and not first:
        title, first = "", title
    if not first and not last:
        checking.fault("no_name", labels.FULL_NAME, _("ไม่มีชื่อ โปรดใส่ชื่อและนามสกุล"))
        return names.PersonName()
    if _two_people(first, row.values.get(labels.LAST_NAME, "")):
        checking.fault("two_people", labels.FULL_NAME, _("มีมากกว่าหนึ่งคนในช่องเดียว โปรดแยกเป็นคนละแถว"))
        return names.PersonName()
    first = _take_stand_in(checking, first)
    _note_remark(checking, first)
    name = _in_parts(checking, title, first, last)
    if re.search(r"[\d@=<>{}\\]", name.first + name.last) or not re.search(r"[^\W\d_]", name.first + name.last):
        checking.fault("bad_name", labels.FULL_NAME, _("ชื่อมีตัวเลขหรือเครื่องหมายปนอยู่ โปรดใส่ชื่อและนามสกุลเท่านั้น"))
    elif not name.first or not name.last:
        checking.fault("one_name", labels.FULL_NAME, _("มีชื่อหรือนามสกุลเพียงอย่างเดียว โปรดใส่ให้ครบทั้งสอง"))
    return name


def _in_parts(checking: Checking, title: str, first: str, last: str) -> names.PersonName:
    if checking.row.own_export:
        return names.PersonName(
            clean_name(title), clean_name(first), clean_name(checking.row.values.get(labels.LAST_NAME))
        )
    given = names.tidy(first)
    found_title, rest = names.split_title(given, first_only=bool(last))
    repeats = checking.repeats_title or _plainly_repeats(title, found_title, rest)
    if (title and not (repeats and (last or " " in rest))) or found_title in checking.no_titles:
        found_title, rest = "", given
    checking.is_title_guessed = bool(found_title) and not title
    if not last:
        rest, _space, last = rest.partition(" ")
    return names.PersonName(names.standard_title(title) or found_title, rest, names.tidy(last))


def _plainly_repeats(title: str, found_title: str, rest: str) -> bool:
    """Whether นาย stands before นายสมหมาย: the rest is too long for นาย to begin a first name."""
    return found_title == names.standard_title(title) and display_width(rest.partition(" ")[0]) > 3


def _two_people(text: str, last: str) -> bool:
    """Whether a cell names two: each with a title, each with first and last name, or one behind the other."""
    parts = [part.strip() for part in _SECOND_PERSON.split(_BRACKETS.sub(" ", text)) if part.strip()]
    if len(parts) > 1 and sum(names.begins_with_title(part) for part in parts) > 1:
        return True
    if sum(_is_whole(part) for part in parts) > 1 or any(_holds_second(part) for part in parts):
        return True
    return last.count("\n") == text.count("\n") == 1 and not any(" " in part for part in (*parts, last.strip()))


def _is_whole(part: str) -> bool:
    """Whether a part has first and last name: สมหมาย รักดี, but not the ณ ระยอง of a last name."""
    first, _space, last = names.split_title(names.tidy(part))[1].partition(" ")
    return bool(last) and first != "ณ" and not last.startswith("ณ ") and is_name_like(part)


def _holds_second(part: str) -> bool:
    """Whether a titled name stands behind a whole name: นายปิติ พอใจ นายมานะ อดทน."""
    words = names.split_title(names.tidy(part))[1].split()
    behind = " ".join(words[2:])
    if names.begins_with_title(behind) and " " in names.split_title(names.tidy(behind))[1]:
        return True
    return len(words) == 3 and bool(re.search(r"[ก-๙]{2}(?:นาย|นาง|น\.ส\.)[ก-ฮเ-ไ][ก-๙]+$", words[1]))


def _take_stand_in(checking: Checking, text: str) -> str:
    """The name without แทน behind it, which says that somebody stands in and is kept as a note."""
    found = _STANDS_IN.search(text)
    if not found or not is_name_like(text[: found.end(1)]):
        return text
    checking.notes.append(found[2])
    return text[: found.end(1)]


def _note_remark(checking: Checking, text: str) -> None:
    """A remark in brackets beside the name, (ผู้แทน), is kept as a note."""
    for remark in re.findall(r"\(([^()]{2,80})\)", text):
        checking.notes.append(clean_text(remark))


def _take_phone(checking: Checking, parts: dict[str, str], text: str) -> str:
    """The name without a telephone number behind it; the number is used when it has no column of its own."""
    found = _PHONE_AT_END.search(text)
    if not found or len(re.sub(r"\D", "", arabic_digits(found[1]))) < 9:
        return text
    parts[labels.PHONE] = found[1]
    return text[: found.start()]
