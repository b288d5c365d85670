"""Part 4: how the plans link: the map, districts against issues, and every project's way upward."""

from __future__ import annotations

from flask_babel import gettext as _

from ..analysis.coverage import district_matrix
from ..analysis.graph import Item, strength
from ..charts.funnel import draw_funnel
from ..charts.lanes import HEAD, draw_lanes, lane_edges
from ..map import svg
from ..map.columns import natural_key
from ..map.drawing import draw_map, is_flow, items_shown
from ..map.style import HEADER, MARGIN
from ..map.words import area_name
from ..vocabulary import LINK_TYPES
from .blocks import Block, Chapter, Drawing, Grid, Heading, Words
from .front import share
from .source import BookSource


def map_chapter(source: BookSource) -> Chapter:
    """The drawing, told how to read it; on wide paper, but a tall flow on tall paper, where it stands whole."""
    drawn = draw_map(source.graph, source.analyses, link_to=lambda _code: None)
    if is_flow(items_shown(source.graph)):
        width, height = svg.size(drawn)
        is_wide = width >= height
        told = _("เส้นยิ่งหนายิ่งมีข้อเชื่อมโยงมาก สีคือประเด็นของจังหวัดที่ไปถึง แถบแดงคือรายการที่ยังไม่มีการเชื่อมขึ้น")
    else:
        is_wide = True  # its boxes stay whole where it is cut, and would be too small to read on tall paper
        told = _("เส้นหนาคือเชื่อมตรง เส้นประคือส่งประสานแผน กรอบแดงคือยังไม่ไปต่อ แถบสีคืออำเภอ")
    blocks: list[Block] = [
        Words(told, is_soft=True),
        Drawing(drawn, _("แผนที่ความเชื่อมโยงของแผน"), header=MARGIN + HEADER),
    ]
    return Chapter(_("ส่วนที่ 4 ความเชื่อมโยง"), blocks, is_wide=is_wide)


def table_chapter(source: BookSource) -> Chapter:
    """Rates, districts against issues, then one line a project."""
    chain = source.analyses["full_chain"]
    blocks: list[Block] = [
        Heading(_("ปัญหาของหมู่บ้านไปถึงระดับใด")),
        Words(
            _(
                "ปัญหาที่เชื่อมถึงประเด็นของจังหวัด %(loose)s ครบทุกระดับ %(strict)s",
                loose=share(len(chain["loose"]), chain["needs"]),
                strict=share(len(chain["strict"]), chain["needs"]),
            )
        ),
        Drawing(draw_funnel(source.graph, source.analyses), _("จำนวนปัญหาที่ไปถึงแต่ละระดับ")),
    ]
    blocks += _coverage(source)
    blocks += _chains(source)
    projects = source.ordered(source.graph.projects)
    if projects:
        header = [_("โครงการ"), _("แก้ปัญหา"), _("เชื่อมไปยัง (ระดับ) เพราะ"), _("ถึงประเด็นจังหวัด")]
        rows = [_way(source, project) for project in projects]
        blocks += [Heading(_("ตารางความเชื่อมโยงรายโครงการ")), Grid(header, rows, [27, 27, 34, 12])]
    return Chapter(_("ส่วนที่ 4 ความเชื่อมโยง (ตาราง)"), blocks, is_wide=True)


def _coverage(source: BookSource) -> list[Block]:
    anchors = sorted(source.graph.anchors, key=natural_key)
    folded = district_matrix(source.graph, source.analyses["coverage_matrix"])
    if not anchors or not folded:
        return []
    rows = [
        [area_name(source.graph, district), *(str(row.get(anchor, "·")) for anchor in anchors)]
        for district, row in folded.items()
    ]
    columns = source.analyses["coverage_by_anchor"]
    rows.append([_("โครงการที่ถึง"), *(str(columns[anchor]["projects"]) for anchor in anchors)])
    rows.append([_("ปัญหาที่ถึง"), *(str(columns[anchor]["needs"]) for anchor in anchors)])
    keys = " · ".join(f"{anchor} {source.title(anchor)}" for anchor in anchors)
    note = _("3 ทางตรง/มาก 2 ปานกลาง 1 ทางอ้อม/น้อย · ยังไม่ถึง นับตามช่วงที่อ่อนที่สุดของเส้นทางที่ดีที่สุด")
    widths = [24.0, *([76.0 / len(anchors)] * len(anchors))]
    return [
        Heading(_("อำเภอกับประเด็นของจังหวัด")),
        Grid([_("อำเภอ"), *anchors], rows, widths, frozenset(range(1, len(anchors) + 1)), totals=2),
        Words(f"{note} — {keys}", is_soft=True),
    ]


def _chains(source: BookSource) -> list[Block]:
    blocks: list[Block] = []
    for chain, found in source.analyses["value_chain"].items():
        if any(found["all"]["count"].values()):
            name = source.chains.get(chain, chain)
            drawn = draw_lanes(source.graph, chain)
            caption = _("โครงการในแต่ละขั้น ลูกศรคือส่งต่อกัน ช่องแรเงาคือยังขาด")
            between = lane_edges(source.graph, chain)
            blocks += [
                Heading(_("ห่วงโซ่คุณค่า: %(chain)s", chain=name)),
                Drawing(drawn, caption, header=HEAD, breaks=between),
            ]
    return blocks


def _way(source: BookSource, project: Item) -> list[str]:
    graph, own = source.graph, project["id"]
    needs = sorted(
        {edge.other for edge in graph.down[own] if graph.nodes[edge.other]["kind"] == "need"}, key=natural_key
    )
    onward = [
        f"{source.title(link['target'])} ({strength(link)})"
        + (" " + str(LINK_TYPES[link["type"]]) if link["type"] == "escalated_to" else "")
        + (" " + _("เพราะ %(reason)s", reason=link["rationale"]) if link.get("rationale") else "")
        for link in source.links_out.get(own, ())
        if graph.is_alignment(link)
    ]
    row = source.analyses["coverage_matrix"].get(own, {})
    issues = [f"{a} ({row[a]})" for a in sorted(row, key=lambda a: (-row[a], natural_key(a)))]
    return [
        source.title(own),
        "\n".join(source.title(need) for need in needs) or "–",
        "\n".join(onward) or _("ยังไม่เชื่อมขึ้น"),
        ", ".join(issues) or _("ไม่ถึง"),
    ]
