"""The figures of the first linkage page, in the words of the people who read them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.workbook.findings import agreement_reading

from .reading import Reading


@dataclass(frozen=True)
class Figure:
    """A number, its name, one line of what it means, and where the items behind it are."""

    value: str
    label: str
    meaning: str
    endpoint: str
    anchor: str
    is_good: bool


def figures(reading: Reading) -> list[Figure]:
    """The first page: five numbers a governor can read."""
    gaps, chain = reading.gaps, reading.chain
    goals, without = len(reading.support), len(reading.result["unsupported_goals"])
    lost = len(gaps["all"]) + len(gaps["detached"])
    beyond = len(reading.result["beyond_capacity_not_escalated"])
    return [
        Figure(
            percent(chain["strict_rate"]),
            _("ร้อยละที่เชื่อมโยงครบทุกระดับ"),
            _(
                "ปัญหาของหมู่บ้าน %(strict)d จาก %(needs)d ข้อ ผ่านแผนท้องถิ่นและแผนอำเภอไปถึงประเด็นของจังหวัด",
                strict=len(chain["strict"]),
                needs=chain["needs"],
            ),
            "dashboard.linkage_gaps",
            "chain",
            chain["needs"] > 0 and len(chain["strict"]) == chain["needs"],
        ),
        Figure(
            str(without),
            _("เป้าหมายที่ยังไม่มีโครงการรองรับ"),
            _named_without(reading) or _("จากประเด็นของจังหวัดและเป้าหมายของอำเภอทั้งหมด %(goals)d ข้อ", goals=goals),
            "dashboard.linkage_goals",
            "unsupported",
            without == 0,
        ),
        Figure(
            str(lost),
            _("ขาดการเชื่อมโยง"),
            _(
                "รายการที่ยังไปไม่ถึงประเด็นของจังหวัด: ยังไม่เชื่อมขึ้นเลย %(none)d เชื่อมแล้วแต่ขาดกลางทาง %(detached)d",
                none=len(gaps["all"]),
                detached=len(gaps["detached"]),
            ),
            "dashboard.linkage_gaps",
            "breaks",
            lost == 0,
        ),
        Figure(
            str(len(gaps["unanswered_needs"])),
            _("ปัญหาที่ยังไม่มีโครงการตอบสนอง"),
            _("ปัญหาหรือความต้องการของหมู่บ้านที่กลุ่มเขียนไว้ แต่ยังไม่เชื่อมกับโครงการใด"),
            "dashboard.linkage_gaps",
            "needs",
            not gaps["unanswered_needs"],
        ),
        Figure(
            str(beyond),
            _("เกินศักยภาพ ยังไม่ส่งประสานแผน"),
            _("โครงการที่ท้องถิ่นทำเองไม่ไหว และยังไม่ได้ส่งต่อให้อำเภอหรือจังหวัด"),
            "dashboard.linkage_gaps",
            "capacity",
            beyond == 0,
        ),
    ]


def _named_without(reading: Reading) -> str:
    """The issues of the province that no project stands under, by name; "" where every issue has one."""
    without = set(reading.result["unsupported_goals"])
    names = [reading.thing(anchor).title for anchor in reading.graph.anchors if anchor in without]
    if not names:
        return ""
    return _("รวมประเด็นของจังหวัด: %(names)s", names=" · ".join(f"“{name}”" for name in names))


def percent(rate: float | None) -> str:
    """A rate as people read it: 60%, or a dash where there is nothing to divide."""
    return "–" if rate is None else f"{thai_number(round(rate * 100))}%"


@dataclass(frozen=True)
class Statistic:
    """A figure that needs explaining: its value, what it says, and the list of what it counts."""

    name: str
    value: str
    meaning: str
    behind: tuple[str, ...] = ()


def statistics(reading: Reading) -> list[Statistic]:
    """What stands folded away on the first page."""
    found, chain = reading.result, reading.chain
    budget, alpha = found["budget"], found["screening"]["alpha_ordinal"]["all"]
    rows = [
        Statistic(
            _("ปัญหาที่ถึงแผนจังหวัดทางใดก็ได้"), percent(chain["loose_rate"]), _("แม้ข้ามบางระดับ"), ("chain", "loose")
        ),
        Statistic(
            _("ปัญหาที่ถึงยุทธศาสตร์ชาติ"),
            percent(chain["national_rate"]),
            _("ประเด็นของจังหวัดที่ไปถึงต้องเชื่อมกับยุทธศาสตร์ชาติด้วย"),
            ("chain", "national"),
        ),
        Statistic(
            _("ประเด็นจังหวัดที่มีปัญหาเชื่อมครบทุกระดับ"),
            percent(chain["anchor_rate"]),
            _("นับจากบนลงล่าง มีปัญหาของหมู่บ้านอย่างน้อยหนึ่งข้อไปถึงครบทุกระดับ"),
            ("chain", "anchors"),
        ),
        Statistic(
            _("ข้อเชื่อมที่ข้ามระดับ"),
            str(len(chain["skip_level_links"])),
            _("ข้ามแผนระดับที่ใช้อยู่อย่างน้อยหนึ่งระดับ"),
            ("chain", "skips"),
        ),
        Statistic(
            _("การกระจุกตัวของงบประมาณ (HHI)"),
            str(budget["hhi"]),
            _("เท่ากับกระจายเท่า ๆ กันใน %(n)s ประเด็น", n=budget["effective_goals"]) if budget["hhi"] else "",
        ),
        Statistic(
            _("ความเห็นตรงกันของผู้กลั่นกรอง (α)"),
            "–" if alpha is None else str(alpha),
            agreement_reading(alpha),
            ("discuss", "all"),
        ),
    ]
    for code, part in found["value_chain"].items():
        rows.append(
            Statistic(
                _("ความสมดุลของห่วงโซ่ %(chain)s", chain=reading.chains.get(code, code)),
                str(part["all"]["balance_count"]),
                _("1 คือเท่ากันทุกขั้น 0 คืออยู่ขั้นเดียว"),
            )
        )
    return rows


def map_in_words(reading: Reading) -> str:
    """How much of what is written arrives."""
    items, lost = reading.graph.items, len(reading.gaps["all"]) + len(reading.gaps["detached"])
    return _("รายการของกลุ่ม %(items)d รายการ ยังไปไม่ถึงประเด็นของจังหวัด %(lost)d รายการ", items=len(items), lost=lost)
