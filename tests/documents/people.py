"""People for documents: the hall of 530 from the sample list, and forty names that break naive drawing."""

from __future__ import annotations

import csv
import random

from app.documents.shapes import BadgeEvent, BadgePerson, CertifyingOfficer, SheetHeading, SheetRow, SheetSection
from tests.conftest import FIXTURES

EVENT = BadgeEvent("โครงการพัฒนาศักยภาพคณะกรรมการบริหารงานอำเภอ (กบอ.) จังหวัดร้อยเอ็ด", "7 – 8 สิงหาคม 2561")
HEADING = SheetHeading(
    event=EVENT.name,
    check_point="ภาคเช้า",
    when="วันอังคารที่ 7 สิงหาคม 2561 เวลา 08.30 – 12.00 น.",
    place="โรงแรมเพชรรัชต์การ์เด้น อำเภอเมืองร้อยเอ็ด จังหวัดร้อยเอ็ด",
    organiser="สำนักงานจังหวัดร้อยเอ็ด",
    officer=CertifyingOfficer("", "หัวหน้าสำนักงานจังหวัดร้อยเอ็ด"),
)

# Invented. Stacked marks, feet under vowels, two scripts, no space, markup, other people's mistakes.
NASTY_NAMES = [
    "นายปั่นฟื้น น้ำปี่",
    "นางสาวกฤษฎุ์ สิทธิ์เปี๊ยก",
    "นายฐูฎุ๊ ญุฐุ",
    "ว่าที่ร้อยตรีหญิง พิมพ์ชนกณภัทรวรินทร์ เจริญวัฒนานุกูลกิจไพศาล",
    "หม่อมหลวงประภัสสรรัตนวดี ณ อยุธยาวรวงศ์วรวรรณ",
    "นายก นา",
    "ก",
    "นางสาวซูรัยดา ถมังรักษสัตว์",
    "ผู้ช่วยศาสตราจารย์ ดร.วาร์มูฮำหมัด บินนากกนกอับดุลเลาะห์",
    "พันตำรวจเอกหญิง สร้อยเพชรน้ำหนึ่ง ศรีสุวรรณภูมิพัฒน์ธนาโชติ",
    "Mr John O’Brien-Smith",
    "Dr. Anna-Maria ฟื้นฟู",
    "ABCน้ำที่ One Plan",
    "<b>นายสมชาย</b> ใจดี",
    '<img src="/etc/passwd"/> ก',
    "นาย & นาง <ทดสอบ>",
    "นายสมชาย\u200bใจดี \u202eกลับ",
    "นาย\u00a0สมชาย\u00a0\u00a0ใจดี",
    "นายนํ้าปี่ ป\u0e48\u0e35",
    "น้ำ" * 12,
    "เพชรรัชต์การ์เด้นโกลเด้นซิตี้" * 3,
    "W" * 60,
    "ที่" * 40 + " " + "น้ำ" * 30,
    "นาย😀 ยิ้ม",
    "李 小龙",
    "ນາຍ ສົມຊາຍ",
    "ครูบุญชู (ป้อม) อุ่นใจ",
    "นายหมู่ที่ 5 บ้านใหม่",
    "๕ ดาว",
    "นาง“สวย” งามตา",
    "น.ส.กานดา ณ ระนอง",
    "ร.ต.อ.ไพสิฐ นาถะพินธุ",
    "สมชาย/สมหญิง ใจดี",
    "นาย...........",
    "พระครูสังฆรักษ์สมณศักดิ์ ฐิตธมฺโม",
    "นายก๊ำ ก๊ำก๊ำ",
    "ผู้ใหญ่บ้านฟ้าปั่นที่ปี่ญุฐูกฤษฎุ์สิทธิ์เปี๊ยก",
    "เเก้ว เเสนดี",
    "ก" + "\u0e49" * 5,
    "นางสาวพิมพ์ชนก",
]


def ticket_codes(seed: int = 1):
    """Ticket codes as the application makes them, but the same in every run."""
    source = random.Random(seed)
    while True:
        yield "".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=20))


def payload(code: str) -> str:
    """What a badge's QR holds."""
    return f"HTTPS://SAMMANA.EXAMPLE.GO.TH/T/{code}"


def roi_et() -> list[dict[str, str]]:
    """The sample list of 530 people."""
    with (FIXTURES / "roiet_530.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def name_of(row: dict[str, str]) -> str:
    """A person's name as printed."""
    return f"{row['คำนำหน้า']}{row['ชื่อ']} {row['นามสกุล']}"


def badges_of_roi_et() -> list[BadgePerson]:
    """530 people with codes, groups and tables."""
    return [
        BadgePerson(
            name=name_of(row),
            payload=payload(code),
            ticket_code=code,
            position=row["ตำแหน่ง"],
            organisation=row["หน่วยงาน"],
            unit=f"อำเภอ{row['อำเภอ']}",
            group=f"{row['อำเภอ']} {number % 3 + 1}",
            table=str(number // 9 + 1),
            reference=str(number),
        )
        for number, (row, code) in enumerate(zip(roi_et(), ticket_codes(), strict=False))
    ]


def nasty_badges() -> list[BadgePerson]:
    """The forty names, each with a long place of work."""
    return [
        BadgePerson(
            name,
            payload(code),
            code,
            "นักวิชาการส่งเสริมการเกษตรชำนาญการพิเศษ (หัวหน้ากลุ่มยุทธศาสตร์และสารสนเทศ)",
            "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดร้อยเอ็ด",
            "อำเภอจตุรพักตรพิมาน",
            "จตุรพักตรพิมาน 12",
            "60",
            name,
        )
        for name, code in zip(NASTY_NAMES, ticket_codes(2), strict=False)
    ]


def nasty_section() -> SheetSection:
    """A sheet of the forty names, some with long texts beside them."""
    long = "นักวิชาการส่งเสริมการเกษตรชำนาญการพิเศษ (หัวหน้ากลุ่มยุทธศาสตร์)"
    rows = [
        SheetRow(
            name, long if n % 3 == 0 else "กำนัน", "องค์การบริหารส่วนตำบลปากน้ำ", "ผู้แทน" if n % 5 == 0 else "", name
        )
        for n, name in enumerate(NASTY_NAMES)
    ]
    return SheetSection("อำเภอเมืองระยอง", rows, blank_rows=2)
