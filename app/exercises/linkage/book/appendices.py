"""The appendices: who sat in which group, scores, what to pass on for coordination, what is still missing."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _

from app.core.formatting import thai_number

from ..analysis.graph import Item
from ..completeness import missing_in
from ..map.columns import natural_key
from ..map.words import area_name
from ..vocabulary import BANDS, STAGES
from .blocks import Block, Chapter, Grid, Heading, Points, Words
from .front import bare
from .source import BookSource

# Longer lists are counted, or end.
MOST_NAMED = 100


def groups(source: BookSource) -> Chapter:
    """Names by group, without telephone numbers."""
    wanted = {
        part.get("name") or part["id"]: part
        for part in source.document.get("groups") or ()
        if source.scope.district is None or part.get("district") == source.scope.district
    }
    rows: list[list[str]] = []
    for person in source.members:
        if person.group in wanted or (source.scope.district is None and wanted):
            rows.append([person.group, person.name, person.position, person.organisation])
    title = _("ภาคผนวก ก รายชื่อกลุ่ม")
    if rows:
        header = [_("กลุ่ม"), _("ชื่อ–สกุล"), _("ตำแหน่ง"), _("หน่วยงาน")]
        return Chapter(title, [Grid(header, rows, [18, 28, 25, 29])])
    listed = [[name, _people(part.get("size"))] for name, part in wanted.items()]
    if not listed:
        return Chapter(title, [Words(_("ยังไม่มีรายชื่อกลุ่ม"))])
    return Chapter(title, [Grid([_("กลุ่ม"), _("จำนวนคน")], listed, [70, 30], frozenset({1}))])


def _people(size: object) -> str:
    return thai_number(size) if isinstance(size, int) else "–"


def scores(source: BookSource) -> Chapter:
    """Screening and votes, each in its order."""
    found = source.analyses["screening"]["items"]
    blocks: list[Block] = [Heading(_("ผลกลั่นกรอง"))]
    if found:
        ranked = sorted(found.items(), key=lambda pair: (-(pair[1]["score"] or 0), natural_key(pair[0])))
        rows = [
            [
                source.title(item_id),
                _score(row["score"]),
                str(BANDS.get(row["band"] or "", "–")),
                str(row["reviewers"]),
                ", ".join(row["discuss"]) or "–",
            ]
            for item_id, row in ranked
        ]
        header = [_("รายการ"), _("คะแนน (เต็ม 100)"), _("ผล"), _("ผู้กลั่นกรอง (คน)"), _("ข้อที่ควรหารือ")]
        blocks.append(Grid(header, rows, [46, 14, 14, 12, 14], frozenset({1, 3})))
    else:
        blocks.append(Words(_("ยังไม่มีคะแนนกลั่นกรอง")))
    votes = source.analyses["dot_vote"]
    equal = {item_id: n for n, (item_id, _share) in enumerate(votes["equal_group_weight"], 1)}
    blocks.append(Heading(_("ลงคะแนนจัดลำดับความสำคัญ")))
    if votes["raw"]:
        rows = [
            [str(n), source.title(item_id), thai_number(dots), str(equal.get(item_id, "–"))]
            for n, (item_id, dots) in enumerate(votes["raw"][:MOST_NAMED], 1)
        ]
        header = [_("ลำดับ"), _("รายการ"), _("คะแนนรวม"), _("ลำดับเมื่อทุกกลุ่มหนักเท่ากัน")]
        blocks.append(Grid(header, rows, [10, 58, 14, 18], frozenset({0, 2, 3})))
    else:
        blocks.append(Words(_("ยังไม่มีคะแนนโหวต")))
    return Chapter(_("ภาคผนวก ข คะแนน"), blocks)


def _score(score: float | None) -> str:
    return "–" if score is None else thai_number(score, decimals=2)


def coordination(source: BookSource) -> Chapter:
    """Projects beyond their owner's capacity: passed on to whom, or not yet."""
    marked = source.ordered(i for i, item in source.graph.items.items() if item.get("beyond_capacity"))
    rows = []
    for item in marked:
        links = [link for link in source.links_out.get(item["id"], ()) if link["type"] == "escalated_to"]
        to = "\n".join(source.title(link["target"]) for link in links)
        reason = item.get("not_escalated_because") or ""
        rows.append([source.title(item["id"]), source.owner(item), to or _("ยังไม่ส่ง"), reason])
    title = _("ภาคผนวก ค โครงการเกินศักยภาพและการประสานแผน")
    if not rows:
        return Chapter(title, [Words(_("ไม่มีโครงการเกินศักยภาพ"))])
    header = [_("โครงการ"), _("กลุ่ม"), _("ส่งประสานแผนไปยัง"), _("เหตุที่ไม่ส่ง")]
    return Chapter(title, [Grid(header, rows, [36, 14, 34, 16])])


# -- what is still missing -----------------------------------------------------------------------------------


def missing(source: BookSource) -> Chapter:
    """Every gap by name, and who can close it."""
    found = source.analyses
    orphans = found["orphans"]
    named = {*orphans["unanswered_needs"], *orphans["orphan_projects"]}
    others = [item_id for item_id in orphans["all"] if item_id not in named]
    blocks: list[Block] = [
        Words(_("รายการต่อไปนี้ควรแก้ก่อนเสนอแผน แต่ละข้อบอกว่าใครแก้ได้"), is_soft=True),
        *_breaks(source),
        *_listed(source, _("ปัญหาที่ยังไม่มีโครงการตอบสนอง"), orphans["unanswered_needs"]),
        *_listed(source, _("โครงการที่ยังไม่เชื่อมขึ้น"), orphans["orphan_projects"]),
        *_listed(source, _("เป้าหมาย ชุดโครงการ และรายการอื่นที่ยังไม่เชื่อมขึ้น"), others),
        *_listed(source, _("เป้าหมายที่ยังไม่มีโครงการรองรับ"), source.unsupported),
        *_listed(source, _("โครงการที่ยังไม่บอกว่าแก้ปัญหาใด"), found["projects_without_need"]),
        *_listed(source, _("เกินศักยภาพ ยังไม่ส่งประสานแผน"), found["beyond_capacity_not_escalated"]),
        *_listed(source, _("ปัญหาที่ยังไม่มีข้อมูลรองรับ"), found["evidence"]["needs_without_evidence"]),
        *_listed(source, _("ใช้ข้อมูลเก่ากว่าที่กำหนด"), found["evidence"]["stale_items"]),
        *_chains(source),
        *_fields(source),
    ]
    if len(blocks) == 1:
        blocks.append(Words(_("ไม่พบสิ่งที่ขาด")))
    return Chapter(_("ภาคผนวก ง สิ่งที่ยังขาด"), blocks)


def _breaks(source: BookSource) -> list[Block]:
    waiting: dict[str, list[str]] = {}
    for item_id, ends in source.analyses["orphans"]["break_points"].items():
        for end in ends:
            waiting.setdefault(end, []).append(item_id)
    if not waiting:
        return []
    rows = [
        [
            source.title(end),
            source.owner(source.graph.nodes[end]),
            "\n".join(source.title(i) for i in sorted(waiting[end], key=source.place)),
        ]
        for end in sorted(waiting, key=lambda end: (-len(waiting[end]), natural_key(end)))
    ]
    header = [_("ขาดที่"), _("ผู้ที่ต้องต่อ"), _("สิ่งที่รออยู่")]
    return [Heading(_("ขาดการเชื่อมโยงกลางทาง")), Grid(header, rows, [38, 18, 44])]


def _listed(source: BookSource, heading: str, ids: list[str]) -> list[Block]:
    if not ids:
        return []
    lines = [f"{source.title(item['id'])} ({source.owner(item)})" for item in source.ordered(ids)]
    return [Heading(f"{heading} ({thai_number(len(ids))})"), Points(lines)]


def _chains(source: BookSource) -> list[Block]:
    lines = []
    for chain, found in source.analyses["value_chain"].items():
        name = source.chains.get(chain, chain)
        for stage in found["all"]["missing"]:
            lines.append(_("%(chain)s: ทั้งพื้นที่ยังขาด%(stage)s", chain=name, stage=STAGES[stage]))
        for district, part in found["by_district"].items():
            here = [stage for stage in part["missing"] if stage not in found["all"]["missing"]]
            if here:
                stages = " ".join(str(STAGES[stage]) for stage in here)
                place = bare(area_name(source.graph, district), "อำเภอ")
                lines.append(_("%(chain)s: อำเภอ%(place)s ยังขาด%(stage)s", chain=name, place=place, stage=stages))
    return [Heading(_("ห่วงโซ่คุณค่าที่ยังขาดบางขั้น")), Points(lines)] if lines else []


def _fields(source: BookSource) -> list[Block]:
    """Empty fields: project by project, or where that would fill a book of its own, counted by group."""
    words = {
        "lead_agency_missing": _("หน่วยงานรับผิดชอบหลัก"),
        "budget_missing": _("งบประมาณ"),
        "output_target_missing": _("เป้าหมาย (ผลผลิต)"),
        "output_target_without_number": _("ตัวเลขในเป้าหมาย"),
        "objective": _("วัตถุประสงค์"),
        "indicators": _("ตัวชี้วัด"),
    }
    empty: list[tuple[Item, list[str]]] = []
    for project in source.ordered(source.graph.projects):
        codes = [*missing_in(project), *(name for name in ("objective", "indicators") if not project.get(name))]
        if codes:
            empty.append((project, [words[code] for code in codes]))
    if not empty:
        return []
    heading = Heading(_("โครงการที่ยังกรอกไม่ครบ (%(n)d)", n=len(empty)))
    if len(empty) <= MOST_NAMED:
        rows = [[source.title(p["id"]), source.owner(p), " · ".join(lacks)] for p, lacks in empty]
        return [heading, Grid([_("โครงการ"), _("กลุ่ม"), _("ช่องที่ยังว่าง")], rows, [44, 16, 40])]
    counted: dict[str, Counter[str]] = {}
    for project, lacks in empty:
        counted.setdefault(source.owner(project), Counter()).update(lacks)
    rows = [[owner, *(str(found[word] or "–") for word in words.values())] for owner, found in counted.items()]
    return [heading, Grid([_("กลุ่ม"), *words.values()], rows, [22, *([13.0] * 6)], frozenset(range(1, 7)))]
