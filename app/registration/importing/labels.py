"""What the headings of lists mean: the words offices write above a column, and the field each stands for."""

from __future__ import annotations

import re

from app.core.text import clean_name

# The fields of a person, in the order a page offers them.
FULL_NAME = "full_name"
TITLE = "title"
FIRST_NAME = "first_name"
LAST_NAME = "last_name"
POSITION = "position"
ORGANISATION = "organisation"
CATEGORY = "category"
UNIT = "unit"
PHONE = "phone"
EMAIL = "email"
FOOD = "food"
NAME_POSITION = "name_position"  # "นายสมชาย ใจดี / นายอำเภอแกลง" in one cell
POSITION_ORGANISATION = "position_organisation"
FIELDS = (
    FULL_NAME,
    TITLE,
    FIRST_NAME,
    LAST_NAME,
    POSITION,
    ORGANISATION,
    CATEGORY,
    UNIT,
    PHONE,
    EMAIL,
    FOOD,
    NAME_POSITION,
    POSITION_ORGANISATION,
)
NAMES = frozenset({FULL_NAME, FIRST_NAME, NAME_POSITION})
# Headings that are understood and not taken in.
NUMBER = "number"
NATIONAL_ID = "national_id"
TICKET = "ticket"  # only our own export has it
OTHER = "other"

# Before the words of an organiser's own question in our export: never one of the columns that are read back.
QUESTION = "คำถาม: "

_LONGEST = 60
_DROPPED = re.compile(r"[\s.\-–—_/\\:*()\[\]\"'“”,&+|#?]+")

# Tried in this order on a heading without spaces and signs; the first that fits decides.
_MEANINGS: list[tuple[str, str]] = [
    (TICKET, r"^รหัสบัตร(?:เข้างาน|ลงทะเบียน)?$|^ticket(?:code)?$"),
    (NATIONAL_ID, r"ประชาชน|13หลัก|สิบสามหลัก|^เลขบัตร|^เลขที่บัตร|^ปชช$|เลขประจำตัว|idcard|nationalid|citizen"),
    (OTHER, r"ลายมือชื่อ|ลายเซ็น|ลงชื่อ|ลงนาม|signature|ชื่อเล่น|nickname|ชื่อโครงการ|ชื่อบัญชี|เลขที่บัญชี|ธนาคาร"),
    (OTHER, r"ผู้ประสาน|ผู้ติดต่อ|ผู้บังคับบัญชา|ฉุกเฉิน|ประเภทตำแหน่ง|^ระดับ|ประเภทห้อง|ห้องพัก|ที่พัก|ทะเบียนรถ|ขนาดเสื้อ|ไซส์"),
    (OTHER, r"^(?:id)?(?:ไลน์|line)(?:id|ไอดี)?$|^ไอดีไลน์|facebook|เฟซบุ๊ก|เฟสบุ๊ค"),
    (EMAIL, r"อีเมล|อิเล็กทรอนิกส์|^เมล|email|^mail"),
    (
        PHONE,
        r"โทรศัพท์|มือถือ|^เบอร์|หมายเลขโทร|phone|mobile|^tel|หมายเลขติดต่อ|โทร(?!สาร)|^contact(?:no|number)?$|^ติดต่อ$",
    ),
    (OTHER, r"โทรสาร|แฟกซ์|fax|ที่อยู่|address|วันเกิด|อายุ|^เพศ|ศาสนา|religion|gender|วุฒิ|ประวัติแพ้|โรคประจำตัว"),
    (FOOD, r"อาหาร|food|meal|diet"),
    (NAME_POSITION, r"ชื่อ.*สกุล.*ตำแหน่ง|name.*position"),
    (FULL_NAME, r"ชื่อ.*สกุล.+|ชื่อและ(?:นาม)?สกุล|(?:ยศ|คำนำหน้า).*ชื่อ.*สกุล|ชื่อตัว.*สกุล|ชื่อ.+สกุล|ชื่อฉายา"),
    (
        FULL_NAME,
        r"^ชื่อผู้(?:เข้า|รับ|สมัคร|ตอบ|แทน)|^รายชื่อ|^รายนาม|^นามผู้|fullname|name.*surname|name.*lastname|^ผู้เข้า(?:ร่วม|รับ)",
    ),
    (LAST_NAME, r"^(?:นาม)?สกุล$|^surname|^lastname|^familyname|^ชื่อสกุลเดิม$"),
    (FULL_NAME, r"^ชื่อสกุล$"),
    (TITLE, r"^คำนำ|^ยศ|^prefix|^title$|^salutation"),
    (FIRST_NAME, r"^ชื่อ(?:ตัว|จริง|ต้น)?(?:ภาษาไทย|ไทย)?$|^first ?name|^givenname|^names?$"),
    (POSITION_ORGANISATION, r"ตำแหน่ง.*(?:สังกัด|หน่วยงาน|ส่วนราชการ|สำนักงาน)|position.*(?:organi|office|agency)"),
    (POSITION, r"ตำแหน่ง|position|jobtitle|^หน้าที่"),
    (CATEGORY, r"^ประเภท|กลุ่มเป้าหมาย|^ภาคส่วน|^ภาคี|category|^type$|^กลุ่ม$|participanttype"),
    (UNIT, r"^(?:ชื่อ|สังกัด|พื้นที่|จาก|กลุ่ม|ที่ว่าการ|เขต)*อำเภอ|^เขตพื้นที่$|^พื้นที่$|^อ$|district|amph[oeu]"),
    (OTHER, r"^จังหวัด$|^ตำบล$|^หมู่|^บ้านเลขที่|province|subdistrict|^tambon"),
    (ORGANISATION, r"หน่วยงาน|สังกัด|ส่วนราชการ|สำนักงาน|องค์กร|ที่ทำงาน|^อปท|organi[sz]ation|agency|^office|workplace"),
    (ORGANISATION, r"^หน่วย$|^กรม$|department|affiliation|company|institution|สถาบัน"),
    (UNIT, r"อำเภอ$"),
    (NUMBER, r"^(?:ลำดับ|ลําดับ)(?:ที่)?$|^ที่$|^no$|^number$|^เลขที่$|^item$|^ข้อ$|^ล?ด?บ$|^$|^ลำดับเลข$|^order$|^seq$"),
    (OTHER, r"หมายเหตุ|remark|^note|ความคิดเห็น|การเดินทาง|วันที่|เวลา|timestamp|ประทับเวลา|ค่าพาหนะ|จำนวนเงิน|สถานะ"),
]
_COMPILED = [(meaning, re.compile(pattern)) for meaning, pattern in _MEANINGS]
_BARE = re.compile(
    r"(?:(?:ชื่อ|สังกัด|เขต|พื้นที่|ต้น)*(?:อำเภอ|พื้นที่|หน่วยงาน|สังกัด|ส่วนราชการ|สำนักงาน|องค์กร|ที่ทำงาน|ประเภท|กลุ่ม|ภาคส่วน))+|[a-z]+"
)
_TO_SPLIT_OFF = re.compile(r"\([^()]*\)")


def squeezed(label: str) -> str:
    """A heading as it is compared: no spaces, no signs, small letters."""
    return _DROPPED.sub("", clean_name(label).casefold())


def is_bare(label: str) -> bool:
    """Whether a label of a district or an office says nothing more: อำเภอ, not อำเภอแกลง. Others always are."""
    return meaning_of(label) not in (UNIT, ORGANISATION, CATEGORY) or bool(_BARE.fullmatch(squeezed(label)))


def is_question(label: str) -> bool:
    """Whether a heading is one of our export's own questions, whatever its words look like."""
    return label.startswith(QUESTION)


def meaning_of(label: str) -> str | None:
    """The field a heading stands for, NUMBER, NATIONAL_ID, TICKET or OTHER; None for what is no known heading."""
    if is_question(label):
        return OTHER
    if len(label) > 2 * _LONGEST:
        return None
    written = clean_name(label)
    if not written or len(written) > _LONGEST or "@" in written or re.search(r"\d{4}", written):
        return None
    if re.fullmatch(r"[#№\s.]+", written):
        return NUMBER
    # What stands in brackets explains: "ที่อยู่ (อำเภอ)"; it decides only when the words before it do not.
    for text in dict.fromkeys((_TO_SPLIT_OFF.sub(" ", written), written)):
        key = squeezed(text)
        if not key:
            continue
        for meaning, pattern in _COMPILED:
            if pattern.search(key):
                return meaning
    return None
