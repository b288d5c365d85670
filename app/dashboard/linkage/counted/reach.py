"""Behind the figures of coverage, chains and the map (A1, A4, A5)."""

from __future__ import annotations

from flask_babel import gettext as _

from app.exercises.linkage.analysis.coverage import direct_matrix
from app.exercises.linkage.analysis.full_chain import skips_level, strict_anchors
from app.exercises.linkage.analysis.settings import NATIONAL_LEVEL
from app.exercises.linkage.map.flow_layout import bucket_members
from app.exercises.linkage.map.words import level_label
from app.exercises.linkage.vocabulary import STRENGTHS

from ..reading import Reading
from .listed import Keys, Listed, Row, plain, titled


def coverage(reading: Reading, keys: Keys) -> Listed | None:
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
    heading = what % {"issue": titled(reading, anchor)}
    if district:
        heading = f"{reading.districts[district]} · {heading}"
    return Listed(heading, [Row(code, str(STRENGTHS[reach])) for reach, code in found], is_ordered=True)


def under(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: goal, project or need."""
    goal, kind = (*keys, "", "")[:2]
    if goal not in reading.support:
        return None
    counted = reading.graph.needs if kind == "need" else reading.graph.projects
    under = reading.graph.ancestors(goal)
    what = _("ปัญหาใต้ “%(goal)s”") if kind == "need" else _("โครงการใต้ “%(goal)s”")
    return plain(what % {"goal": titled(reading, goal)}, [code for code in counted if code in under])


def level(reading: Reading, keys: Keys) -> Listed | None:
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
    return plain(_("ปัญหาที่ไปถึง%(level)s", level=level_label(graph, level)), arrived)


def chain(reading: Reading, keys: Keys) -> Listed | None:
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
        return plain(_("ปัญหาที่ถึงแผนจังหวัดทางใดก็ได้"), found["loose"])
    if which == "national":
        top = {code for code, node in graph.nodes.items() if node["level"] == NATIONAL_LEVEL}
        arrived = [need for need in graph.needs if not top.isdisjoint(graph.descendants(need))]
        return plain(_("ปัญหาที่ถึงยุทธศาสตร์ชาติ"), arrived)
    if which == "anchors":
        return plain(_("ประเด็นจังหวัดที่มีปัญหาเชื่อมครบทุกระดับ"), found["anchors_with_strict_chain"])
    if which == "skips":
        links = [link for link in graph.group_links if skips_level(graph, link)]
        rows = [Row(k["source"], k.get("rationale") or "", k["target"]) for k in links]
        return Listed(_("ข้อเชื่อมที่ข้ามระดับ"), rows)
    return None


def box(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: level, class, district or "": a box of the province's map."""
    level, kind, district = (*keys, "", "", "")[:3]
    codes = bucket_members(reading.graph, level, kind, district)
    if not codes:
        return None
    lost = set(reading.gaps["all"])
    name = reading.districts.get(district, _("ไม่ระบุอำเภอ"))
    rows = [Row(code, _("ยังไม่มีการเชื่อมขึ้น") if code in lost else "") for code in codes]
    return Listed(f"{name} · {level_label(reading.graph, level)}", rows)
