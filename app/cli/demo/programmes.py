"""What the demo's two trainings are: invented in detail, after the kind of training a province holds.

Plain data. Names of organisers and facilitators are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HALL = "ห้องประชุมใหญ่"
ROOM_1 = "ห้องประชุมย่อย 1"
ROOM_2 = "ห้องประชุมย่อย 2"


@dataclass(frozen=True)
class Slot:
    """A session: ``day`` counts from 0, times as 830 for 08.30 น."""

    day: int
    starts: int
    ends: int
    title: str
    room: str = HALL
    speaker: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of a session: ``slot`` is its place in the programme; ``pages`` are headings with lines."""

    slot: int
    title: str
    file_name: str
    pages: tuple[tuple[str, tuple[str, ...]], ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Training:
    """One demo event."""

    slug: str
    place: str  # in the accounts' addresses
    name: str
    province_code: str
    first_day: date
    last_day: date
    venue: str
    organiser_name: str
    contact: str
    list_name: str
    organiser: str
    facilitators: tuple[str, ...]
    exercise_name: str
    half_days: int  # how many half-days people have come in to
    gates: int
    slots: tuple[Slot, ...]
    papers: tuple[Paper, ...]
    has_former_plan: bool = False  # followed and reviewed
    has_decisions: bool = False  # merged, voted on, kept as versions


RAYONG = Training(
    slug="rayong-2561",
    place="rayong",
    name="โครงการพัฒนาศักยภาพคณะกรรมการบริหารงานอำเภอ (กบอ.)",
    province_code="21",
    first_day=date(2018, 11, 8),
    last_day=date(2018, 11, 8),
    venue="โรงแรมในอำเภอเมืองระยอง",
    organiser_name="สำนักงานจังหวัดระยอง",
    contact="กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด",
    list_name="rayong_200.csv",
    organiser="นางสาวขวัญข้าว ดาวรุ่งเรือง",
    facilitators=(
        "นายก้องภพ แสงตะวัน",
        "นางสาวใบเฟิร์น ธารทิพย์",
        "นายภูผา รุ่งอรุณ",
        "นางพิกุล ดอกไม้งาม",
        "นายสายชล คลื่นทอง",
    ),
    exercise_name="การเชื่อมโยงแผน (One Plan) รายอำเภอ",
    half_days=2,
    gates=2,
    slots=(
        Slot(0, 900, 930, "พิธีเปิดและชี้แจงโครงการ"),
        Slot(
            0,
            930,
            1030,
            "ขอบเขต อำนาจ หน้าที่ และแนวทางปฏิบัติของคณะกรรมการบริหารงานอำเภอ",
            speaker="วิทยากรจากกรมการปกครอง",
        ),
        Slot(0, 1045, 1200, "การเชื่อมโยงและบูรณาการแผนงานระดับจังหวัดสู่ระดับอำเภอ", speaker="วิทยากรจากสำนักงานจังหวัด"),
        Slot(0, 1300, 1500, "ประชุมกลุ่มย่อยรายอำเภอ: การเชื่อมโยงแผน (One Plan)", ROOM_1),
        Slot(0, 1515, 1615, "นำเสนอผลการประชุมกลุ่มย่อย"),
        Slot(0, 1615, 1630, "สรุปและปิดโครงการ"),
    ),
    papers=(
        Paper(
            2,
            "ประเด็นการพัฒนาจังหวัดและแนวทางเชื่อมโยงแผน",
            "แนวทางเชื่อมโยงแผน.pdf",
            (
                (
                    "การเชื่อมโยงแผนแบบ One Plan",
                    (
                        "แผนหมู่บ้าน/ชุมชน → แผนพัฒนาท้องถิ่น → แผนพัฒนาอำเภอ → แผนพัฒนาจังหวัด",
                        "แผนพัฒนาอำเภอต้องมีความชัดเจน เป็นเหตุเป็นผล ใช้ข้อมูลที่เป็นปัจจุบัน",
                        "มีความสอดคล้อง และเชื่อมโยงกับการประเมินสถานการณ์ที่ผ่านมา",
                        "เริ่มจากปัญหาและความต้องการของประชาชน แล้วถามว่า “โครงการนี้ช่วยประเด็นของจังหวัดข้อใดมากที่สุด”",
                    ),
                ),
                (
                    "ประเด็นของจังหวัดที่ใช้ในการประชุมกลุ่มย่อย",
                    (
                        "1. พัฒนาคุณภาพสินค้าเกษตร ประมง ปศุสัตว์ให้ได้มาตรฐาน",
                        "2. บริหารจัดการทรัพยากรธรรมชาติและสิ่งแวดล้อมแบบมีส่วนร่วม",
                        "3. เสริมสร้างคุณภาพชีวิตของประชาชนให้เข้มแข็ง มั่นคง ปลอดภัย",
                        "4. ส่งเสริมการค้า การลงทุน การท่องเที่ยวและบริการ",
                        "5. ส่งเสริมการพัฒนานวัตกรรมรองรับเศรษฐกิจใหม่",
                    ),
                ),
            ),
        ),
        Paper(
            4,
            "สรุปผลการประชุมกลุ่มย่อย",
            "สรุปผลกลุ่มย่อย.pdf",
            (("สรุปผลการประชุมกลุ่มย่อย", ("เผยแพร่หลังการนำเสนอผลของทุกกลุ่ม",)),),
            is_hidden=True,
        ),
    ),
    has_former_plan=True,
    has_decisions=True,
)

ROIET = Training(
    slug="roiet-2561",
    place="roiet",
    name="โครงการอบรมเชิงปฏิบัติการ “การเชื่อมโยงและจัดทำแผนยุทธศาสตร์ เพื่อสนับสนุนการพัฒนาระดับจังหวัด”",
    province_code="45",
    first_day=date(2018, 8, 7),
    last_day=date(2018, 8, 8),
    venue="โรงแรมในอำเภอเมืองร้อยเอ็ด",
    organiser_name="สำนักงานจังหวัดร้อยเอ็ด",
    contact="กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด",
    list_name="roiet_530.csv",
    organiser="นายทิวเขา หอมมะลิทอง",
    facilitators=(
        "นางสาวฟ้าใส นาทอง",
        "นายดินดี คำหอม",
        "นางบัวงาม ศรีตะวัน",
        "นายเพลงแคน รุ่งเรือง",
        "นางสาวน้ำริน บึงทอง",
        "นายเมฆา โพนแก้ว",
        "นางสาวรวงข้าว แสงดาว",
        "นายไผ่เพชร ดอนงาม",
        "นางดอกคูน สีทอง",
        "นายลมหนาว ทุ่งกว้าง",
        "นางสาวแพรไหม ลายงาม",
        "นายตะวันฉาย ห้วยทราย",
    ),
    exercise_name="การเชื่อมโยงแผน (One Plan) รายอำเภอ",
    half_days=2,
    gates=3,
    slots=(
        Slot(0, 900, 930, "พิธีเปิดการอบรม"),
        Slot(0, 930, 1045, "ทิศทางการพัฒนาประเทศและการจัดทำแผนพัฒนาจังหวัด", speaker="วิทยากรจากสำนักงานจังหวัด"),
        Slot(0, 1100, 1200, "การเชื่อมโยงแผนในระดับพื้นที่แบบ One Plan"),
        Slot(0, 1300, 1430, "แนวคิดประชารัฐและห่วงโซ่คุณค่า: ต้นทาง กลางทาง ปลายทาง"),
        Slot(0, 1445, 1630, "ประชุมกลุ่มย่อยรายอำเภอ ช่วงที่ 1: ปัญหา ความต้องการ และโครงการ", ROOM_1),
        Slot(1, 900, 1030, "ประชุมกลุ่มย่อยรายอำเภอ ช่วงที่ 2: การเชื่อมโยงแผน", ROOM_1),
        Slot(1, 1045, 1200, "การติดตามประเมินผลและตัวชี้วัด", ROOM_2),
        Slot(1, 1300, 1500, "นำเสนอผลการประชุมกลุ่มย่อย"),
        Slot(1, 1500, 1530, "สรุปและปิดการอบรม"),
    ),
    papers=(
        Paper(
            2,
            "การเชื่อมโยงแผนแบบ One Plan",
            "one-plan-ร้อยเอ็ด.pdf",
            (
                (
                    "จากหมู่บ้านถึงจังหวัด",
                    (
                        "แผนหมู่บ้าน/ชุมชน → แผนพัฒนาท้องถิ่น → แผนพัฒนาอำเภอ → แผนพัฒนาจังหวัด",
                        "ใช้แนวคิดประชารัฐและห่วงโซ่คุณค่าเป็นกลไก ตั้งแต่ต้นทาง กลางทาง ถึงปลายทาง",
                        "แต่ละกลุ่มเขียนปัญหา โครงการ และเหตุผลที่เชื่อมถึงประเด็นของจังหวัด",
                    ),
                ),
            ),
        ),
        Paper(
            7,
            "สรุปผลการประชุมกลุ่มย่อย",
            "สรุปผลกลุ่มย่อย.pdf",
            (("สรุปผลการประชุมกลุ่มย่อย", ("เผยแพร่หลังการนำเสนอผลของทุกกลุ่ม",)),),
            is_hidden=True,
        ),
    ),
)

TRAININGS = (RAYONG, ROIET)
