"""Telephone numbers and e-mail addresses as people write them, made into the one stored form."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.text import arabic_digits, clean_text

BAD_PHONE = _l("หมายเลขโทรศัพท์ไม่ถูกต้อง โปรดใส่มือถือ 10 หลัก เช่น 081-234-5678 หรือเบอร์สำนักงาน 9 หลัก")
BAD_EMAIL = _l("อีเมลไม่ถูกต้อง โปรดตรวจว่าสะกดครบ เช่น somchai@example.com")

_NOTHING = re.compile(r"[\W_]*|ไม่มี\w*|ไม่ระบุ|ไม่ทราบ|ไม่ประสงค์\w*|ว่าง|n/?a|none|null|nil", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:ต่อ|ภายใน|ext\.?|[x#])\s*\d{1,5}(?:\s*[-,]\s*\d{1,5})*", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[^\d +().\-\u2010-\u2015_]+|(?<=\d) +(?=[+(]?0)|(?<=\d) *\(?(?=\+66)")
_NEIGHBOUR = re.compile(r"(?<=\d)\s*-\s*\d{1,2}$")  # 038-611104-5: the line and its last neighbour
_LONGEST = 400  # of a cell with several numbers or addresses
_NOT_A_NUMBER = re.compile(r"[^\d+]")
# A number cell that became text: 812345678.0, 8.12345678E8; with fewer digits than the exponent some are lost.
_FLOAT = re.compile(r"(\d{8,11})\.0*|(\d)\.(\d{7,10})e\+?(\d{1,2})", re.IGNORECASE)
_WIDE = {0xFF01 + place: 0x21 + place for place in range(94)}  # ａ＠ｂ．ｃ, as an East Asian keyboard types it


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: dashes, dots, ไม่มี, n/a."""
    return bool(_NOTHING.fullmatch(text.strip()))


def read_phone(text: str | None) -> str:
    """The stored form of a telephone number, national digits such as 0812345678; "" for none.

    Of several numbers the first mobile is taken. Raises RuleBroken for field ``phone``.
    """
    numbers = read_phones(text)
    return numbers[0] if numbers else ""


def read_phones(text: str | None) -> list[str]:
    """Every number in the text in its stored form, mobiles first; RuleBroken when there is only a bad one."""
    return list(_phones(text or ""))


def unread_numbers(text: str) -> list[str]:
    """What stands beside a good number and is written like one, but is none: the 0891 of "0812345678, 0891"."""
    written = _without_float(arabic_digits(clean_text(text, multiline=True)).translate(_WIDE))
    digits = [(part, len(re.sub(r"\D", "", part))) for part in _parts(written)]
    return [part for part, count in digits if 4 <= count <= 12 and not _one_number(part)]


@lru_cache(maxsize=64)  # a form reads its number twice: to check it and to keep it
def _phones(text: str) -> tuple[str, ...]:
    written = _without_float(arabic_digits(clean_text(text, multiline=True)).translate(_WIDE))
    if is_nothing(written):
        return ()
    if len(written) > _LONGEST:
        raise RuleBroken(BAD_PHONE, "phone")
    found = list(dict.fromkeys(filter(None, (_one_number(part) for part in _parts(written)))))
    if not found:
        raise RuleBroken(BAD_PHONE, "phone")
    return tuple(sorted(found, key=lambda number: len(number) < 10))


def _without_float(written: str) -> str:
    found = _FLOAT.fullmatch(written)
    if not found:
        return written
    whole, first, rest, exponent = found.groups()
    return whole or (first + rest if int(exponent) == len(rest) else written)


def _parts(written: str) -> list[str]:
    """The text cut where one number ends and the next begins; with its spaces, when no cut gives a number."""
    written = _EXTENSION.sub(" ", written)
    parts = [part.strip() for part in _BETWEEN_NUMBERS.split(written) if any(c.isdigit() for c in part)]
    return parts if any(map(_one_number, parts)) else [written.replace("\n", " ").strip()]


def _one_number(part: str) -> str:
    """The national digits of one number, or "" when it is none."""
    for written in (part, _NEIGHBOUR.sub("", part)):
        digits = _NOT_A_NUMBER.sub("", written.replace("(0)", ""))
        for candidate in _readings(digits):
            if _is_valid(candidate):
                return candidate
    return ""


def _readings(digits: str) -> list[str]:
    """What the digits may mean: with a country code in front, or without the zero a number cell loses."""
    national = re.sub(r"^(?:\+66|0066|66)0?(?=\d{8,9}$)", "0", digits)
    readings = [national]
    if not national.startswith(("0", "+")) and len(national) in (8, 9):
        readings.append("0" + national)
    return [reading for reading in readings if reading.isdigit()]


def _is_valid(number: str) -> bool:
    if len(number) not in (9, 10) or not number.startswith("0"):
        return False
    import phonenumbers  # here: a start does without it

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "TH"))
    except phonenumbers.NumberParseException:
        return False


def read_email(text: str | None) -> str:
    """The stored form of an e-mail address, in small letters; "" for none. Raises RuleBroken for field ``email``.

    Spaces inside come from copying and are taken out; of several addresses the first good one is taken.
    """
    written = clean_text(text, multiline=True).translate(_WIDE)
    if is_nothing(written):
        return ""
    if len(written) > _LONGEST:
        raise RuleBroken(BAD_EMAIL, "email")
    for part in (*re.split(r"[,;/\n]|หรือ|และ", written), written):
        address = re.sub(r"^(?:e-?mail|อีเมล์?|mailto)\s*:?", "", re.sub(r"\s", "", part), flags=re.IGNORECASE)
        try:
            found = validate_email(address.strip(".<>()"), check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError:
            continue
        if len(found.normalized) <= 254:
            return found.normalized.lower()
    raise RuleBroken(BAD_EMAIL, "email")
