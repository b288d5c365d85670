"""Where the money goes: sums, and tables by issue, district, stage and source (A13, A14)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.budget import by_district, by_stage
from app.exercises.linkage.analysis.figures import money
from app.exercises.linkage.vocabulary import STAGES

from .headline import Statistic, percent
from .reading import Reading, Thing


def baht(amount: int | float | Fraction) -> str:
    """Baht with commas."""
    return thai_number(money(Fraction(str(round(float(amount), 2)))))


@dataclass(frozen=True)
class MoneyView:
    """Where the baht go: sums, tables by issue, district and stage, and the projects behind each."""

    meaning: str
    issues: list[tuple[Thing, str, str]]
    unaligned: tuple[str, str]
    lost: list[Thing]
    double: list[Thing]
    parts: list[tuple[str, str, list[tuple[str, str, str]]]]  # heading, question, (key, name, baht)
    details: list[Statistic]


def money_view(reading: Reading) -> MoneyView:
    """The counted budget by issue, source, district and stage."""
    found, graph = reading.result["budget"], reading.graph
    counted = found["counted_total"]
    whole = counted or 1
    lost = [i for i in graph.counted_budgets if not reading.matrix.get(i)]
    top = max(found["by_anchor"], key=lambda a: (found["by_anchor"][a], a), default=None)
    if not counted:
        meaning = _("ยังไม่มีโครงการที่ใส่งบประมาณ")
    elif top is None or not found["by_anchor"][top]:
        meaning = _("งบประมาณทั้งหมดยังไม่สอดคล้องประเด็นใดของจังหวัด")
    else:
        meaning = _(
            "งบที่สอดคล้องประเด็นของจังหวัดไปอยู่ที่ “%(issue)s” มากที่สุด %(share)s และยังไม่สอดคล้องประเด็นใด %(lost)s ของงบที่นับ",
            issue=reading.thing(top).title,
            share=percent(found["top_share"]),
            lost=percent(found["unaligned_share"]),
        )
    return MoneyView(
        meaning=meaning,
        issues=[
            (reading.thing(anchor), baht(round(amount, 2)), percent(amount / whole))
            for anchor, amount in found["by_anchor"].items()
        ],
        unaligned=(baht(round(found["unaligned"], 2)), percent(found["unaligned_share"])),
        lost=reading.things(lost),
        double=reading.things(found["not_counted"]),
        parts=_parts(reading),
        details=_concentration(reading),
    )


def _parts(reading: Reading) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """The same money by district, by stage and by source."""
    graph, districts = reading.graph, reading.districts
    by_place = [(d, districts.get(d, d), baht(b)) for d, b in by_district(graph).items()]
    by_step = [(stage, str(STAGES[stage]), baht(b)) for stage, b in by_stage(graph).items() if b]
    by_giver = [(source, source, baht(b)) for source, b in reading.result["budget"]["by_source"].items()]
    return [
        (_("ตามอำเภอ"), "money-district", by_place),
        (_("ตามขั้นของห่วงโซ่"), "money-stage", by_step),
        (_("ตามแหล่งงบประมาณ"), "money-source", by_giver),
    ]


def _concentration(reading: Reading) -> list[Statistic]:
    found = reading.result["budget"]
    top = max(found["by_anchor"], key=lambda a: (found["by_anchor"][a], a), default=None)
    spread = _("เท่ากับกระจายเท่า ๆ กันใน %(n)s ประเด็น", n=found["effective_goals"])
    return [
        Statistic(_("งบประมาณรวมทุกโครงการ"), baht(found["gross_total"]), _("รวมโครงการที่ไม่นับงบซ้ำ")),
        Statistic(_("งบประมาณที่นับ"), baht(found["counted_total"]), _("ไม่นับโครงการที่ส่งต่อให้โครงการอื่นซึ่งมีงบแล้ว")),
        Statistic(_("การกระจุกตัวของงบประมาณ (HHI)"), str(found["hhi"]), spread if found["hhi"] else ""),
        Statistic(
            _("ประเด็นที่ได้งบมากที่สุด"),
            percent(found["top_share"]),
            _("ของงบที่สอดคล้องทั้งหมด"),
            ("money", top) if top else (),
        ),
    ]
