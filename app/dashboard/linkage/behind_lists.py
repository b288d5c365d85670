"""Which items each figure counts; a list takes the keys of its figure and answers None when they name nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.budget import NO_SOURCE
from app.exercises.linkage.analysis.coverage import direct_matrix
from app.exercises.linkage.analysis.figures import money
from app.exercises.linkage.analysis.full_chain import skips_level, strict_anchors
from app.exercises.linkage.analysis.graph import STAGES
from app.exercises.linkage.analysis.pracharat import BROAD
from app.exercises.linkage.analysis.settings import NATIONAL_LEVEL, exact
from app.exercises.linkage.analysis.value_chain import stage_members
from app.exercises.linkage.map.flow_layout import bucket_members
from app.exercises.linkage.map.words import level_label
from app.exercises.linkage.rules import title_of
from app.exercises.linkage.vocabulary import SECTORS, STRENGTHS
from app.exercises.linkage.vocabulary import STAGES as STAGE_WORDS

from .reading import Reading, agency_key


@dataclass(frozen=True)
class Row:
    """An item, what it adds to the figure in words, and the other end where a link is counted."""

    code: str
    note: str = ""
    to: str | None = None


@dataclass(frozen=True)
class Listed:
    """What a figure counts; `baht` is the sum where the figure is money."""

    heading: str
    rows: Sequence[Row]
    baht: Fraction | None = None
    is_ordered: bool = False


Keys = Sequence[str]
MakeList = Callable[[Reading, Keys], Listed | None]


def _plain(heading: str, codes: Sequence[str]) -> Listed:
    return Listed(heading, [Row(code) for code in codes])


def _title(reading: Reading, code: str) -> str:
    return f"{code} {title_of(reading.graph.nodes[code])}"


# -- A1, A4, A5, the map -------------------------------------------------------------------------------------


def _coverage(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: issue, district or "", project or need, direct or nothing."""
    anchor, district, kind, direct = (*keys, "", "", "", "")[:4]
    graph = reading.graph
    if anchor not in graph.anchors or (district and district not in reading.districts):
        return None
    matrix = direct_matrix(graph) if direct else reading.matrix
    counted = graph.needs if kind == "need" else graph.projects
    found = [
        (row[anchor], code)
        for code in counted
        if anchor in (row := matrix.get(code, {})) and (not district or district in graph.districts(code))
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    what = _("ปัญหาที่ถึง “%(issue)s”") if kind == "need" else _("โครงการที่ถึง “%(issue)s”")
    heading = what % {"issue": _title(reading, anchor)}
    if district:
        heading = f"{reading.districts[district]} · {heading}"
    return Listed(heading, [Row(code, str(STRENGTHS[reach])) for reach, code in found], is_ordered=True)


def _under(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: goal, project or need."""
    goal, kind = (*keys, "", "")[:2]
    if goal not in reading.support:
        return None
    counted = reading.graph.needs if kind == "need" else reading.graph.projects
    under = reading.graph.ancestors(goal)
    what = _("ปัญหาใต้ “%(goal)s”") if kind == "need" else _("โครงการใต้ “%(goal)s”")
    return _plain(what % {"goal": _title(reading, goal)}, [code for code in counted if code in under])


def _level(reading: Reading, keys: Keys) -> Listed | None:
    """Key: level. The needs that get at least so far."""
    graph, level = reading.graph, (*keys, "")[0]
    if level not in graph.levels_in_use:
        return None
    goal = graph.ranks[level]
    arrived = [
        need
        for need in graph.needs
        if graph.rank(need) >= goal or any(graph.rank(i) >= goal for i in graph.descendants(need))
    ]
    return _plain(_("ปัญหาที่ไปถึง%(level)s", level=level_label(graph, level)), arrived)


def _chain(reading: Reading, keys: Keys) -> Listed | None:
    """Key: strict, loose, national, anchors or skips; the statistics of the first page."""
    graph, found = reading.graph, reading.chain
    which = (*keys, "")[0]
    if which == "strict":
        rows = [
            Row(need, _("ถึง %(issues)s", issues=" ".join(sorted(strict_anchors(graph, need)))))
            for need in found["strict"]
        ]
        return Listed(_("ปัญหาที่เชื่อมโยงครบทุกระดับ"), rows)
    if which == "loose":
        return _plain(_("ปัญหาที่ถึงแผนจังหวัดทางใดก็ได้"), found["loose"])
    if which == "national":
        top = {code for code, node in graph.nodes.items() if node["level"] == NATIONAL_LEVEL}
        arrived = [need for need in graph.needs if not top.isdisjoint(graph.descendants(need))]
        return _plain(_("ปัญหาที่ถึงยุทธศาสตร์ชาติ"), arrived)
    if which == "anchors":
        return _plain(_("ประเด็นจังหวัดที่มีปัญหาเชื่อมครบทุกระดับ"), found["anchors_with_strict_chain"])
    if which == "skips":
        links = [link for link in graph.group_links if skips_level(graph, link)]
        rows = [Row(k["source"], k.get("rationale") or "", k["target"]) for k in links]
        return Listed(_("ข้อเชื่อมที่ข้ามระดับ"), rows)
    return None


def _box(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: level, class, district or "": a box of the province's map."""
    level, kind, district = (*keys, "", "", "")[:3]
    codes = bucket_members(reading.graph, level, kind, district)
    if not codes:
        return None
    lost = set(reading.gaps["all"])
    name = reading.districts.get(district, _("ไม่ระบุอำเภอ"))
    rows = [Row(code, _("ยังไม่มีการเชื่อมขึ้น") if code in lost else "") for code in codes]
    return Listed(f"{name} · {level_label(reading.graph, level)}", rows)


# -- A8, A10 -------------------------------------------------------------------------------------------------


def _stage(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: chain, stage, district or nothing."""
    chain, stage, district = (*keys, "", "", "")[:3]
    if chain not in reading.graph.chains or stage not in STAGES:
        return None
    members = sorted(stage_members(reading.graph, chain)[stage])
    heading = f"{reading.chains.get(chain, chain)} · {STAGE_WORDS[stage]}"
    if len(keys) > 2:
        homes = {code: reading.graph.districts(code) for code in members}
        members = [code for code in members if (district in homes[code] if district else not homes[code])]
        heading += " · " + reading.districts.get(district, _("ไม่ระบุอำเภอ"))
    return _plain(heading, members)


def _opening(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: chain, district, stage, other district, next stage: who could hand over to whom."""
    if len(keys) != 5:
        return None
    chain, here, early, there, late = keys
    first, then = _stage(reading, (chain, early, here)), _stage(reading, (chain, late, there))
    if first is None or then is None:
        return None
    rows = [
        Row(row.code, f"{reading.districts.get(place, place)} · {STAGE_WORDS[stage]}")
        for found, place, stage in ((first, here, early), (then, there, late))
        for row in found.rows
    ]
    return Listed(_("%(chain)s: ส่งต่อกันได้", chain=reading.chains.get(chain, chain)), rows, is_ordered=True)


def _crossing(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: from district, to district."""
    here, there = (*keys, "", "")[:2]
    if here not in reading.districts or there not in reading.districts:
        return None
    graph, crossing = reading.graph, set(reading.result["cross_district"]["links"])
    rows = [
        Row(link["source"], link.get("rationale") or "", link["target"])
        for link in graph.group_links
        if link["id"] in crossing
        and here in graph.districts(link["source"])
        and there in graph.districts(link["target"])
    ]
    return Listed(
        _("ข้อเชื่อมจาก%(here)sไป%(there)s", here=reading.districts[here], there=reading.districts[there]), rows
    )


# -- A13 -----------------------------------------------------------------------------------------------------


def _money_rows(heading: str, parts: dict[str, Fraction]) -> Listed:
    rows = [
        Row(code, _("%(baht)s บาท", baht=thai_number(money(Fraction(round(baht, 2))))))
        for code, baht in sorted(parts.items(), key=lambda pair: (-pair[1], pair[0]))
        if baht
    ]
    return Listed(heading, rows, sum(parts.values(), Fraction(0)), is_ordered=True)


def _money(reading: Reading, keys: Keys) -> Listed | None:
    """Key: issue, or "" for what serves none."""
    anchor = (*keys, "")[0]
    counted = reading.graph.counted_budgets
    if not anchor:
        lost = {code: baht for code, baht in counted.items() if not reading.matrix.get(code)}
        return _money_rows(_("งบประมาณที่ไม่สอดคล้องประเด็นใด"), lost)
    if anchor not in reading.graph.anchors:
        return None
    rows = {code: row for code in counted if (row := reading.matrix.get(code, {})) and anchor in row}
    parts = {code: Fraction(counted[code] * row[anchor]) / sum(row.values()) for code, row in rows.items()}
    return _money_rows(_("งบประมาณของ “%(issue)s”", issue=_title(reading, anchor)), parts)


def _money_district(reading: Reading, keys: Keys) -> Listed | None:
    district = (*keys, "")[0]
    if district not in reading.districts:
        return None
    homes = {code: reading.graph.districts(code) for code in reading.graph.counted_budgets}
    counted = reading.graph.counted_budgets
    parts = {code: counted[code] / len(own) for code, own in homes.items() if district in own}
    return _money_rows(_("งบประมาณใน%(name)s", name=reading.districts[district]), parts)


def _money_stage(reading: Reading, keys: Keys) -> Listed | None:
    stage = (*keys, "")[0]
    if stage not in STAGES:
        return None
    parts = {}
    for code, baht in reading.graph.counted_budgets.items():
        own = [s for _chain, s in reading.graph.chain_stages(code) if s in STAGES]
        if stage in own:
            parts[code] = baht * own.count(stage) / len(own)
    return _money_rows(_("งบประมาณของขั้น%(stage)s", stage=STAGE_WORDS[stage]), parts)


def _money_source(reading: Reading, keys: Keys) -> Listed | None:
    source = (*keys, "")[0]
    parts = {}
    for code in reading.graph.counted_budgets:
        lines = reading.graph.items[code].get("budget") or ()
        own = [line for line in lines if (line.get("source") or NO_SOURCE) == source]
        parts[code] = sum((Fraction(exact(line.get("amount") or 0)) for line in own), Fraction(0))
    return _money_rows(_("งบประมาณจาก%(source)s", source=source), parts) if any(parts.values()) else None


# -- A12, A15, A16 -------------------------------------------------------------------------------------------


def _year(reading: Reading, keys: Keys) -> Listed | None:
    """Key: the year of the data; a line a piece of evidence, its name beside the item."""
    year = (*keys, "")[0]
    rows = [
        Row(code, row.get("title") or "")
        for code, item in reading.graph.items.items()
        for row in item.get("evidence") or ()
        if str(row.get("data_year_be")) == year
    ]
    return Listed(_("หลักฐานที่เป็นข้อมูลปี %(year)s", year=year), rows) if rows else None


def _sector(reading: Reading, keys: Keys) -> Listed | None:
    sector = (*keys, "")[0]
    if sector not in SECTORS:
        return None
    found = [code for code, own in reading.result["pracharat"]["sectors"].items() if sector in own]
    return _plain(_("โครงการที่%(sector)sร่วม", sector=SECTORS[sector]), found)


def _broad(reading: Reading, _keys: Keys) -> Listed:
    rows = [
        Row(code, " ".join(str(SECTORS.get(sector, sector)) for sector in own))
        for code, own in reading.result["pracharat"]["sectors"].items()
        if len(own) >= BROAD
    ]
    return Listed(_("โครงการที่มีตั้งแต่ 3 ภาคส่วนขึ้นไป"), rows)


def _agency(reading: Reading, keys: Keys) -> Listed | None:
    """Key: what stands for the agency's name in an address."""
    wanted, name, found = (*keys, "")[0], "", []
    for code in reading.graph.projects:
        lead = (reading.graph.items[code].get("lead_agency") or {}).get("name")
        if lead and agency_key(lead) == wanted:
            name = lead
            found.append(code)
    return _plain(_("โครงการที่ %(agency)s รับผิดชอบหลัก", agency=name), found) if found else None


def _discuss(reading: Reading, keys: Keys) -> Listed | None:
    """Key: criterion, or "all"."""
    criterion = (*keys, "")[0]
    known = reading.result["screening"]
    if criterion not in known["alpha_ordinal"]:
        return None
    rows = [
        Row(code, " ".join(row["discuss"]))
        for code, row in known["items"].items()
        if (row["discuss"] if criterion == "all" else criterion in row["discuss"])
    ]
    return Listed(_("รายการที่ผู้กลั่นกรองให้คะแนนต่างกันมาก"), rows)


LISTS: dict[str, MakeList] = {
    "coverage": _coverage,
    "under": _under,
    "level": _level,
    "chain": _chain,
    "box": _box,
    "stage": _stage,
    "opening": _opening,
    "crossing": _crossing,
    "money": _money,
    "money-district": _money_district,
    "money-stage": _money_stage,
    "money-source": _money_source,
    "year": _year,
    "sector": _sector,
    "broad": _broad,
    "agency": _agency,
    "discuss": _discuss,
}

# Figures counted over every district, whatever the reader narrowed the page to.
WHOLE = frozenset({"coverage"})
