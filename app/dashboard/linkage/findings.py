"""What the pages behind the first ones show: chains, money, likeness, neighbours, partners, scores, votes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.budget import by_district, by_stage
from app.exercises.linkage.analysis.cross_district import opportunities
from app.exercises.linkage.analysis.figures import money
from app.exercises.linkage.analysis.overlap import paraphrase_candidates
from app.exercises.linkage.analysis.pracharat import BROAD, agency_load
from app.exercises.linkage.analysis.priority import shifts
from app.exercises.linkage.analysis.value_chain import stage_members
from app.exercises.linkage.charts.lanes import draw_lanes
from app.exercises.linkage.vocabulary import BANDS, OVERLAP, SECTORS, STAGES
from app.exercises.linkage.workbook.findings import agreement_reading

from .headline import Statistic, percent
from .reading import Reading, Thing, agency_key

LinkTo = Callable[[str], str | None]
LinkToCell = Callable[[str, str, str], str | None]  # chain, stage, district
MOST_ROWS = 100


# -- A8 ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChainView:
    """One product: what it has at each stage, what it lacks where, and its drawing."""

    code: str
    name: str
    meaning: str
    gaps: list[str]
    stages: list[tuple[str, list[Thing], str]]
    drawing: Markup
    figure: str


def chains(reading: Reading, link_to: LinkTo, link_to_cell: LinkToCell) -> list[ChainView]:
    """Every value chain; with a district chosen, its part of it."""
    found = []
    for number, (code, facts) in enumerate(reading.result["value_chain"].items(), 1):
        everywhere = facts["all"]
        members = stage_members(reading.graph, code)
        counted = " ".join(f"{STAGES[stage]} {n}" for stage, n in everywhere["count"].items())
        gaps = [_("ทั้งพื้นที่ยังขาด%(stage)s", stage=STAGES[stage]) for stage in everywhere["missing"]]
        for district, part in facts["by_district"].items():
            lacks = [str(STAGES[s]) for s in part["missing"] if s not in everywhere["missing"]]
            if lacks:
                name = reading.districts.get(district, district)
                gaps.append(_("%(name)s ยังขาด%(stages)s", name=name, stages=" ".join(lacks)))
        gaps += [
            _("มีทั้ง%(early)sและ%(late)s แต่ยังไม่ส่งต่อกัน", early=STAGES[early], late=STAGES[late])
            for early, late in everywhere["unlinked_adjacent"]
        ]
        stages = [
            (str(STAGES[stage]), reading.things(sorted(ids)), baht(everywhere["budget"][stage]))
            for stage, ids in members.items()
        ]
        meaning = _("%(counted)s โครงการ/กิจกรรม", counted=counted)
        short = [district for district, part in facts["by_district"].items() if part["missing"]]
        if short:
            meaning += " · " + _(
                "ยังขาดบางขั้นใน %(n)d จาก %(all)d อำเภอ", n=len(short), all=len(facts["by_district"])
            )
        drawing = draw_lanes(reading.graph, code, link_to, link_to_cell)
        found.append(
            ChainView(code, reading.chains.get(code, code), meaning, gaps, stages, drawing, f"chain-{number}")
        )
    return found


def baht(amount: int | float | Fraction) -> str:
    """Baht with commas."""
    return thai_number(money(Fraction(str(round(float(amount), 2)))))


# -- A13, A14 ------------------------------------------------------------------------------------------------


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


# -- A9 ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two projects that may be one, or of one kind."""

    one: Thing
    other: Thing
    alike: str
    level: str
    kind: str
    is_same_place: bool


def alike(
    reading: Reading, decided: Collection[frozenset[str]] = ()
) -> tuple[list[Pair], list[tuple[Thing, Thing]], int]:
    """Pairs by their words, pairs by their aim, and how many of the first in all; without those decided on."""
    found = [row for row in reading.result["overlap"] if frozenset((row["a"], row["b"])) not in decided]
    pairs = [
        Pair(
            reading.thing(row["a"]),
            reading.thing(row["b"]),
            percent(row["dice"]),
            str(OVERLAP[row["level"]]),
            str(OVERLAP[row["cls"]]),
            row["cls"] == "likely_duplicate",
        )
        for row in found[:MOST_ROWS]
    ]
    others = paraphrase_candidates(reading.graph, reading.matrix, reading.result["overlap"])
    left = [pair for pair in others if frozenset(pair) not in decided][:MOST_ROWS]
    return pairs, [(reading.thing(a), reading.thing(b)) for a, b in left], len(found)


# -- A10 -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Places:
    """What joins districts, and where they could join but do not."""

    links: list[tuple[Thing, str, Thing]]
    shared: list[Thing]
    openings: list[tuple[str, list[tuple[str, tuple[str, ...]]]]]  # chain, (words, keys of its items)


def places(reading: Reading) -> Places:
    """Links between districts, items of several, and hand-overs that a chain suggests."""
    found = reading.result["cross_district"]
    links = {link["id"]: link for link in reading.graph.links}
    openings: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for one in opportunities(reading.graph):
        words = _(
            "%(a)s มี%(early)s → %(b)s มี%(late)s",
            a=reading.districts.get(one.source, one.source),
            early=STAGES[one.stage],
            b=reading.districts.get(one.target, one.target),
            late=STAGES[one.next_stage],
        )
        openings.setdefault(reading.chains.get(one.chain, one.chain), []).append((words, tuple(one)))
    return Places(
        [
            (reading.thing(links[k]["source"]), links[k].get("rationale") or "", reading.thing(links[k]["target"]))
            for k in found["links"]
        ],
        reading.things(found["multi_district_items"]),
        list(openings.items()),
    )


# -- A16 -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Partners:
    """How many sectors take part, who works alone, who leads most."""

    meaning: str
    by_sector: list[tuple[str, str, int]]  # key, name, projects
    alone: list[Thing]
    load: list[tuple[str, str, int]]
    broad: int
    agencies: int


def partners(reading: Reading) -> Partners:
    """Sectors by project and the agencies that lead."""
    found = reading.result["pracharat"]
    counted = {code: sum(code in own for own in found["sectors"].values()) for code in SECTORS}
    load = agency_load(reading.graph)
    meaning = _(
        "โครงการหนึ่งมีผู้ร่วมเฉลี่ย %(mean)s ภาคส่วน โครงการที่มีตั้งแต่ 3 ภาคส่วนขึ้นไป %(share)s",
        mean=thai_number(round(found["mean"], 2)),
        share=percent(found["share_3plus"]),
    )
    by_sector = [(code, str(SECTORS[code]), n) for code, n in counted.items()]
    busiest = [(agency_key(name), name, n) for name, n in load[:20]]
    broad = sum(len(own) >= BROAD for own in found["sectors"].values())
    return Partners(meaning, by_sector, reading.things(found["single_sector"]), busiest, broad, len(load))


# -- A11, A12 ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A screened item: its score, what it means, and where the reviewers should talk."""

    thing: Thing
    score: float | None
    band: str
    kind: str
    reviewers: int
    discuss: str


def judged(reading: Reading) -> list[Judged]:
    """Items to discuss first, then by score."""
    rows = reading.result["screening"]["items"]
    order = sorted(rows, key=lambda i: (not rows[i]["discuss"], -(rows[i]["score"] or 0), i))
    kinds = {"pass": "success", "revise": "warning", "fail": "danger"}
    return [
        Judged(
            reading.thing(code),
            row["score"],
            str(BANDS.get(row["band"] or "", "–")),
            kinds.get(row["band"] or "", ""),
            row["reviewers"],
            " ".join(row["discuss"]),
        )
        for code in order
        for row in [rows[code]]
    ]


def agreement(reading: Reading) -> list[Statistic]:
    """Each criterion with its alpha and what that says."""
    names = {
        c["code"]: c.get("th") or ""
        for c in ((reading.document.get("settings") or {}).get("screening") or {}).get("criteria") or ()
    }
    found = reading.result["screening"]["alpha_ordinal"]
    return [
        Statistic(
            _("ทุกข้อ") if code == "all" else f"{code} {names.get(code, '')}".strip(),
            "–" if value is None else str(value),
            agreement_reading(value),
            ("discuss", code),
        )
        for code, value in found.items()
    ]


# -- A17 -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranked:
    """An item's place by dots and with every group weighing the same."""

    place: int
    thing: Thing
    dots: str
    equal_place: int | None
    share: str
    moved: bool


def votes(reading: Reading) -> list[Ranked]:
    """Both orders side by side."""
    found = reading.result["dot_vote"]
    equal = {code: (n, share) for n, (code, share) in enumerate(found["equal_group_weight"], 1)}
    moved = {shift.item for shift in shifts(reading.graph)}
    rows = []
    for place, (code, dots) in enumerate(found["raw"][:MOST_ROWS], 1):
        other, share = equal.get(code, (None, 0.0))
        rows.append(Ranked(place, reading.thing(code), thai_number(dots), other, percent(share), code in moved))
    return rows
