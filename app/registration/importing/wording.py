"""What the words of a row say of it: a sum, a heading, the note below a list."""

from __future__ import annotations

import re

from app.core.text import arabic_digits

from .. import names
from .content import is_category, is_name_like, is_office, is_phone_like
from .units import Units

QUANTITY = re.compile(r"\(?\s*(?:จำนวน|รวม)?\s*[\d,]+\s*(?:คน|ราย|ท่าน|รูป)?\s*\)?|คน|ราย|ท่าน")
LIST_TITLE = re.compile(r"บัญชี|รายชื่อ|แบบตอบรับ|แบบแจ้ง|รายนาม|ผู้เข้าร่วม|โครงการ")
GROUP = re.compile(r"(?:กลุ่ม|ฝ่าย|ชุด|รุ่น)\s*(?:ที่)?\s*[\dก-ฮA-Z]{1,3}(?![ก-๙A-Za-z])")
_ASKED = "(?=ส่ง|แจ้ง|ระบุ|กรอก|ลง|ตอบ|เขียน|นำ)"
FOOTER = re.compile(
    r"[(\[]?\s*(?:ลงชื่อ|ลงนาม|หมายเหตุ|ผู้รับรอง|ผู้ตรวจ|ผู้จัดทำ|ผู้รายงาน|ผู้ประสาน|ผู้ให้ข้อมูล|ผู้อนุมัติ|ผู้เสนอ|"
    r"ประสานงาน|ขอรับรอง|รับรองว่า|ข้อมูล\s?ณ|ณ\s?วันที่|วันที่|ติดต่อสอบถาม|สอบถาม|ส่งกลับ|หน้า\s*\d|แผ่นที่|ขอแสดง|จึงเรียน|"
    r"พิมพ์เมื่อ|ที่มา|โทร\s*[.:]|โทรสาร|ตำแหน่ง\s*[.:…]|page\s)"
    rf"|(?:โปรด|กรุณา){_ASKED}"
    r"|\(\s*[.…\s]*[ก-๙. ]+[.…\s]*\)$|[.…_\s]{6,}",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:รวม|ยอดรวม|ยอด|ทั้งหมด|ทั้งสิ้น|จำนวน|สรุป|grand total|total|sum)"
    r"(?=$|[\s:\d(=]|ทั้ง|จำนวน|ผู้|อำเภอ|อ\.|ยอด|คน|เป็น|ทุก|ส่วน|หน่วย|ราย)",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?:ยอด)?(?:รวม|ทั้งหมด|ทั้งสิ้น|สรุป|(?:grand )?total)(?:ทั้งสิ้น|ทั้งหมด)?", re.IGNORECASE)
_NUMBERING = re.compile(r"^[\d๐-๙]{1,2}(?:(?:[.)][\d๐-๙]{1,2})*[.)]?(?:\s+|$)|[.)])")  # 1.2 of a heading
_COUNTED = re.compile(r"\s*[(\[]?\s*(?:จำนวน|รวม)?\s*[\d๐-๙]+\s*(?:คน|ราย|ท่าน)\s*[)\]]?$")
_KIND = re.compile(r"(?:เพศ)?(?:ชาย|หญิง)|ผู้(?:ชาย|หญิง)|พระสงฆ์|เพศ|อื่น ?ๆ")  # what a list counts at its end
_MR_OR_MS = re.compile(r"นา[ยง]|น\.\s?ส\.|ว่าที่|ดร\.")
_DIGIT_BEHIND = re.compile(r"(?<=[ก-๙])[\d๐-๙]+$|[\s(]*(?:โทร\S*|มือถือ)?[\s:.]*[\d๐-๙][\d๐-๙ .\-]{7,}\)?$")


def is_total(texts: dict[int, str], numbered: bool, units: Units) -> bool:
    """รวม 25 คน, รวมทั้งสิ้น, ชาย 12 คน หญิง 13 คน: words of counting, figures and units, nothing of a person."""
    words = [arabic_digits(text) for text in texts.values() if not QUANTITY.fullmatch(arabic_digits(text))]
    if numbered and len(words) == 1 and len(texts) > 1 and _SUM.fullmatch(words[0]):
        return True  # the sum itself stands in the column of running numbers
    if not words or numbered:
        return False
    if any(is_phone_like(word) or "@" in word for word in words):
        return False
    if _TOTAL.match(words[0]):
        return all(re.search(r"\d", word) or units.heading(word) or len(word) < 6 for word in words[1:])
    quantities = len(texts) - len(words)
    if quantities and len(words) == 1 and _KIND.fullmatch(words[0]):
        return True  # ชาย 200 คน
    counted = re.findall(r"\d+\s*(?:คน|ราย|ท่าน|รูป)", " ".join(map(arabic_digits, texts.values())))
    return len(counted) > 1 and len(texts) <= 3


def without_number(texts: dict[int, str], number: int | None) -> dict[int, str]:
    """A row's texts but for a heading's own number, 1.2, in the column of running numbers."""
    return {column: text for column, text in texts.items() if column != number or not _NUMBERING.fullmatch(text)}


def bare_heading(written: str) -> str:
    """A heading without its number and the count behind it."""
    return _COUNTED.sub("", _NUMBERING.sub("", written)).strip() or written


def is_heading(text: str) -> bool:
    """Whether a text that stands alone where names stand is a heading rather than a name."""
    if GROUP.match(text):
        return True
    if _MR_OR_MS.match(text) and names.begins_with_title(text):
        return False  # นายสมชาย2 ใจดี
    name = _DIGIT_BEHIND.sub("", text)
    if is_name_like(name) and (" " in name or not is_office(name)):
        return False
    return is_category(text) or is_office(text) or bool(re.search(r"\d", text) or LIST_TITLE.search(text))
