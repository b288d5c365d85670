"""What a column holds, told from its cells: for lists without headings, or with headings nobody foresaw."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.core.national_id import has_thirteen_digits
from app.core.text import arabic_digits

from .. import names
from . import labels
from .grid import is_dash
from .units import Units

LOOKED_AT = 200
LONGEST = 200  # characters of a cell that are looked at
_POSITION = re.compile(
    r"นายอำเภอ|ปลัด|กำนัน|ผู้ใหญ่บ้าน|ผู้อำนวยการ|ผอ\.|หัวหน้า|นักวิชาการ|นักวิเคราะห์|นักพัฒนา|นักจัดการ|เจ้าพนักงาน|เจ้าหน้าที่|นายก|"
    r"ประธาน|รองประธาน|เลขานุการ|สารวัตร|ผู้กำกับ|รอง|สมาชิก|กรรมการ|พัฒนาการ|เกษตร|ท้องถิ่น|สาธารณสุข|ปศุสัตว์|ผู้แทน|สรรพากร|"
    r"คลังจังหวัด|พาณิชย์|ครู|พนักงาน|นิติกร|วิศวกร|อสม|ประชาสัมพันธ์|แรงงาน|สัสดี"
)
_ORGANISATION = re.compile(
    r"สำนัก|สนง|ที่ทำการ|ที่ว่าการ|องค์การ|องค์กร|อบต|อบจ|เทศบาล|ทต\.|ทม\.|โรงเรียน|รร\.|โรงพยาบาล|รพ(?![ะ-ู])|สถานี|สภ\.|ตำบล|ต\.|สภา(?!พร|ภรณ์|วดี|นุช)|วิทยาลัย|"
    r"มหาวิทยาลัย|ศูนย์|กศน|ธนาคาร|บริษัท|มูลนิธิ|สมาคม|ชมรม|สหกรณ์|ฝ่าย|กรม(?![ะ-ู])|สถาบัน|ชุมชน|หมู่บ้าน|ด่าน|หน่วย|"
    # words with which names of people begin too: กองแก้ว, กลุ่ม
    r"กอง(?=$|ช่าง|คลัง|การ|สาธารณ|สวัสดิ|ยุทธ|ส่งเสริม|วิชา|แผน|ทุน|บังคับ|กำกับ|พัน|ร้อย|พล|ทัพ|กิจการ|บริหาร|ประ|ป้องกัน|"
    r"ตรวจ|ทะเบียน|อาสา|บิน|เรือ|กฎหมาย|พัสดุ|ควบคุม|บัญช|อำนวย|คุ้มครอง|งาน|นโยบาย|สื่อ|กลาง|เจ้าหน้าที่|คดี|ท่อง|พัฒนา|รักษา|"
    r"สารสนเทศ|เทคโน|ผัง|วัฒน|ศึกษา|สังคม|สิ่งแวดล้อม|ทรัพยากร|หน่วย|สืบสวน|สอบสวน|โยธา|เกษตร|ปศุ|ราช)|"
    r"กลุ่ม(?!\s+[ก-ฮเ-ไ][ก-๙]{2,}$)"
)
_FOOD = re.compile(
    r"(?:อาหาร)?(?:ทั่วไป|ปกติ|ธรรมดา|อิสลาม|ฮาลาล|มุสลิม|มังสวิรัติ|เจ|พุทธ|ไทย)|halal|vegetarian|vegan|normal|แพ้.*", re.I
)
_CATEGORY = re.compile(
    r"ส่วนราชการ|องค์กรปกครองส่วนท้องถิ่น|อปท\.?|ฝ่ายปกครอง.*|ภาค\S+|ท้องที่|ท้องถิ่น|ประชาสังคม|เอกชน|รัฐวิสาหกิจ"
)
_NOT_A_PERSON = re.compile(r"บัญชี|รายชื่อ|โครงการ|อำเภอ|จังหวัด|สำนักงาน|ผู้เข้าร่วม|ทั้งสิ้น|จำนวน")
_PLACE = re.compile(r"(?:ต|อบต|อบจ|ทต|ทม|ทน|รร|สภ)\s*\.|ตำบล|หมู่ที่|หมู่บ้าน|ชุมชน")  # ต. looks like a short title
_THAI_WORD = re.compile(r"[ก-๙A-Za-z.\-]+")


def looks_like(meaning: str, cells: Sequence[str], units: Units) -> float:
    """How much of a column looks like a field, 0 to 1; 0 for fields that content cannot tell."""
    filled = [cell[:LONGEST] for cell in cells[:LOOKED_AT] if cell and not is_dash(cell[:LONGEST])]
    test = _TESTS.get(meaning)
    if not filled or test is None:
        return 0.0
    return sum(test(cell, units) for cell in filled) / len(filled)


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\(?\d{1,4}[.)]?", arabic_digits(cell)))


def is_phone_like(cell: str) -> bool:
    """Whether a cell is written like a telephone number: enough digits, hardly any letters."""
    digits = re.sub(r"\D", "", arabic_digits(cell))
    letters = re.sub(r"[\W\d_]", "", cell)
    return 8 <= len(digits) <= 24 and len(letters) <= 12 and "@" not in cell


def is_name_like(cell: str) -> bool:
    """Whether a cell reads like a person: a title, or two or three words of letters, no office, no number."""
    name = names.tidy(cell) if len(cell) <= LONGEST else ""
    if not name or re.search(r"[\d@]", name) or names.names_an_office(name) or len(name) > 80:
        return False
    if is_place(name):
        return False
    if names.split_title(name)[0]:
        return True
    words = name.split()
    plain = all(_THAI_WORD.fullmatch(word) for word in words)
    other = _POSITION.match(name) or _ORGANISATION.match(name) or _NOT_A_PERSON.search(name)
    return 2 <= len(words) <= 4 and plain and not other


def is_office(cell: str) -> bool:
    """Whether a cell begins like the name of an office."""
    return bool(_ORGANISATION.match(cell))


def is_place(cell: str) -> bool:
    """Whether a cell begins with a tambon, a village or what is named after one: ต.หนองละลอก."""
    return bool(_PLACE.match(cell))


def is_category(cell: str) -> bool:
    """Whether a cell names a kind of participant, such as ภาคประชาสังคม."""
    return bool(_CATEGORY.fullmatch(re.sub(r"^(?:กลุ่ม|ผู้แทน|ประเภท)\s*", "", cell).strip()))


_TESTS: dict[str, Callable[[str, Units], bool]] = {
    labels.NUMBER: lambda cell, _units: _is_number(cell),
    labels.NATIONAL_ID: lambda cell, _units: has_thirteen_digits(cell),
    labels.PHONE: lambda cell, _units: is_phone_like(cell) and not has_thirteen_digits(cell),
    labels.EMAIL: lambda cell, _units: "@" in cell or "(at)" in cell,
    labels.UNIT: lambda cell, units: units.find_exact(cell) is not None,
    labels.TITLE: lambda cell, _units: names.is_title(cell),
    labels.FULL_NAME: lambda cell, _units: is_name_like(cell),
    labels.FOOD: lambda cell, _units: bool(_FOOD.fullmatch(cell)),
    labels.CATEGORY: lambda cell, _units: is_category(cell),
    labels.ORGANISATION: lambda cell, _units: is_office(cell) and not names.begins_with_title(cell),
    labels.POSITION: lambda cell, _units: bool(_POSITION.match(cell)),
}
