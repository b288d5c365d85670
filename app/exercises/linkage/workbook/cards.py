"""The sheets of the workbook that list what the groups wrote: needs, projects, links, what was passed on.

Headings of the project sheet are the form's own words and are not translated: the sheet is read back by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.spreadsheets import Sheet

from ..analysis.graph import Item, Link, is_reference
from ..map.columns import natural_key
from ..rules import chain_pairs, title_of
from ..vocabulary import LINK_TYPES, STAGES, STRENGTHS
from .source import Book, Cell

PROJECT_HEADINGS_BEFORE = ("ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย (ผลผลิตของโครงการ)")
YEAR_HEADING = "งบประมาณ {year} (บาท)"
NO_YEAR_HEADING = "งบประมาณ ไม่ระบุปี (บาท)"
PROJECT_HEADINGS_AFTER = (
    "รวมงบประมาณ (บาท)",
    "ตัวชี้วัด (KPI)",
    "ผลที่คาดว่าจะได้รับ",
    "หน่วยงานรับผิดชอบหลัก",
    "ภาคีร่วมดำเนินการ",
    "แหล่งงบประมาณ",
    "รหัส",
    "กลุ่ม",
    "อำเภอ",
    "ระดับแผน",
    "ห่วงโซ่คุณค่า",
    "ประเด็นที่เชื่อมโยง",
    "เกินศักยภาพ",
    "สถานะ",
    "นับในสรุป",
)


def needs_sheet(book: Book) -> Sheet:
    """Needs, who answers them, and on what data they stand."""
    header = [
        _("ที่"),
        _("ปัญหา/ความต้องการ"),
        _("ได้รับการตอบสนองโดย"),
        _("ประเด็นที่เชื่อมโยง"),
        _("ข้อมูล/หลักฐาน"),
        _("รหัส"),
        _("กลุ่ม"),
        _("อำเภอ"),
        _("สถานะ"),
        _("นับในสรุป"),
    ]
    rows = [
        [
            number,
            title_of(need),
            "\n".join(book.title(link["target"]) for link in _upward(book, need["id"])),
            book.issues(need["id"]),
            _evidence(need),
            need["id"],
            book.group(need),
            book.district(need["id"]),
            book.status(need),
            _yes(need["id"] in book.counted_graph.items),
        ]
        for number, need in enumerate(book.items("need"), 1)
    ]
    return Sheet(_("ปัญหาความต้องการ"), header, rows)


def _yes(is_so: bool) -> str | None:
    return _("ใช่") if is_so else None


def _upward(book: Book, item_id: str) -> list[Link]:
    return [link for link in book.links_out.get(item_id, ()) if book.graph.is_alignment(link)]


def _evidence(item: Item) -> str:
    rows = item.get("evidence") or ()
    return "\n".join(f"{row.get('title') or ''} {row.get('data_year_be') or ''}".strip() for row in rows)


def project_headings(years: Sequence[int], without_year: bool) -> list[str]:
    """The heading row of the project sheet."""
    money = [YEAR_HEADING.format(year=year) for year in years] + ([NO_YEAR_HEADING] if without_year else [])
    return [*PROJECT_HEADINGS_BEFORE, *money, *PROJECT_HEADINGS_AFTER]


def projects_sheet(book: Book) -> Sheet:
    """Projects in the column order of the plan forms, one budget column a year, then what the forms lack."""
    projects = book.items("project")
    years = budget_years(book.document, projects)
    without_year = any(line.get("fy_be") is None for p in projects for line in p.get("budget") or ())
    first = len(PROJECT_HEADINGS_BEFORE)
    money = range(first, first + len(years) + without_year + 1)
    rows = [_project_row(book, n, project, years, without_year) for n, project in enumerate(projects, 1)]
    return Sheet(_("โครงการ"), project_headings(years, without_year), rows, money=money)


def budget_years(document: Mapping[str, Any], projects: Iterable[Item]) -> list[int]:
    """The years of the plan, and any others that have money."""
    plan = (document.get("meta") or {}).get("plan_period_be") or ()
    years = set(range(plan[0], plan[-1] + 1)) if plan and plan[-1] - plan[0] < 20 else set(plan)
    years |= {line["fy_be"] for p in projects for line in p.get("budget") or () if line.get("fy_be") is not None}
    return sorted(years)


def _project_row(book: Book, number: int, project: Item, years: Sequence[int], without_year: bool) -> list[Cell]:
    lines = project.get("budget") or ()
    by_year = [_baht(line for line in lines if line.get("fy_be") == year) for year in years]
    if without_year:
        by_year.append(_baht(line for line in lines if line.get("fy_be") is None))
    return [
        number,
        title_of(project),
        project.get("objective"),
        project.get("output_target"),
        *by_year,
        _baht(lines) or 0,
        "\n".join(_indicator(row) for row in project.get("indicators") or ()),
        project.get("expected_result"),
        (project.get("lead_agency") or {}).get("name"),
        "\n".join(partner.get("name") or "" for partner in project.get("partners") or ()),
        ", ".join(sorted({line["source"] for line in lines if line.get("source")})),
        project["id"],
        book.group(project),
        book.district(project["id"]),
        book.level(project["level"]),
        "\n".join(_stage(book, pair) for pair in sorted(chain_pairs(project), key=str)),
        book.issues(project["id"]),
        _("เกินศักยภาพ") if project.get("beyond_capacity") else None,
        book.status(project),
        _yes(project["id"] in book.counted_graph.items),
    ]


def _baht(lines: Iterable[Mapping[str, Any]]) -> int | float | None:
    """The lines together; nothing rather than 0 when there is no line."""
    amounts = [line.get("amount") or 0 for line in lines]
    return sum(amounts) if amounts else None


def _indicator(row: Mapping[str, Any]) -> str:
    parts = [str(row.get("name") or ""), _step(row, "baseline"), _step(row, "target"), str(row.get("unit") or "")]
    return " ".join(part for part in parts if part)


def _step(row: Mapping[str, Any], name: str) -> str:
    value, year = row.get(name), row.get(f"{name}_year_be")
    if value is None:
        return ""
    word = _("ค่าฐาน") if name == "baseline" else _("ค่าเป้าหมาย")
    return f"{word} {value}" + (f" ({year})" if year else "")


def _stage(book: Book, pair: tuple[Any, Any]) -> str:
    chain, stage = pair
    return " · ".join(str(words) for words in (book.chains.get(chain, chain), STAGES.get(stage, stage)) if words)


# -- links -------------------------------------------------------------------------------------------------


def links_sheet(book: Book) -> Sheet:
    """Every link in words; those that pass over a level in use are marked."""
    header = [
        _("ที่"),
        _("จาก"),
        _("ระดับแผน (จาก)"),
        _("ประเภทความเชื่อมโยง"),
        _("ไปยัง"),
        _("ระดับแผน (ไปยัง)"),
        _("ระดับความเชื่อมโยง"),
        _("ความหมาย"),
        _("เหตุผล"),
        _("หมายเหตุ"),
        _("รหัสจาก"),
        _("รหัสไปยัง"),
        _("นับในสรุป"),
    ]
    skipping = set(book.analyses["full_chain"]["skip_level_links"])
    own = (link for links in book.links_out.values() for link in links)
    ordered = sorted(own, key=lambda one: natural_key(one["id"]))
    wanted = [link for link in ordered if not is_reference(book.graph.nodes[link["source"]])]
    rows = [_link_row(book, n, link, skipping) for n, link in enumerate(wanted, 1)]
    return Sheet(_("ความเชื่อมโยง"), header, rows)


def _link_row(book: Book, number: int, link: Link, skipping: set[str]) -> list[Cell]:
    source, target = link["source"], link["target"]
    strength = link.get("strength")
    return [
        number,
        book.title(source),
        book.level(book.graph.nodes[source]["level"]),
        str(LINK_TYPES.get(link["type"], link["type"])),
        book.title(target),
        book.level(book.graph.nodes[target]["level"]),
        strength,
        str(STRENGTHS.get(strength or 0, "")),
        link.get("rationale"),
        _("ข้ามระดับ") if link["id"] in skipping else None,
        source,
        target,
        _yes(link["id"] in book.counted_links),
    ]


def capacity_sheet(book: Book) -> Sheet:
    """Projects beyond their owner's capacity or passed on, and where they went."""
    header = [
        _("ที่"),
        _("โครงการ"),
        _("หน่วยงานรับผิดชอบหลัก"),
        _("รวมงบประมาณ (บาท)"),
        _("ส่งประสานแผนไปยัง"),
        _("เหตุผล"),
        _("ผล"),
        _("รหัส"),
        _("กลุ่ม"),
        _("อำเภอ"),
    ]
    passed_on = {i: [k for k in links if k["type"] == "escalated_to"] for i, links in book.links_out.items()}
    wanted = [p for p in book.items("project") if p.get("beyond_capacity") or passed_on.get(p["id"])]
    rows = [_capacity_row(book, n, p, passed_on.get(p["id"]) or []) for n, p in enumerate(wanted, 1)]
    return Sheet(_("เกินศักยภาพ-ประสานแผน"), header, rows, money=[3])


def _capacity_row(book: Book, number: int, project: Item, passed_on: list[Link]) -> list[Cell]:
    reasons = [link.get("rationale") or "" for link in passed_on] or [project.get("not_escalated_because") or ""]
    return [
        number,
        title_of(project),
        (project.get("lead_agency") or {}).get("name"),
        _baht(project.get("budget") or ()),
        "\n".join(book.title(link["target"]) for link in passed_on),
        "\n".join(filter(None, reasons)),
        _("ส่งประสานแผนแล้ว") if passed_on else _("ยังไม่ส่งประสานแผน"),
        project["id"],
        book.group(project),
        book.district(project["id"]),
    ]
