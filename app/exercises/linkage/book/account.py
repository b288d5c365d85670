"""Part 5: the project account, under each issue in the columns of the plan forms, with its money by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from app.core.formatting import thai_number

from ..analysis.figures import money
from ..analysis.graph import Item
from ..analysis.settings import exact
from ..charts.money import draw_money
from ..map.columns import natural_key
from ..workbook.cards import budget_years
from .blocks import Block, Chapter, Drawing, Grid, Heading, Words
from .direction import step
from .source import BookSource

MOST_YEARS = 6
_BARE = 7.0  # the width of a column that nobody filled in; the forms want it all the same


def account(source: BookSource) -> Chapter:
    """A summary by issue, then the projects of each issue; those of none stand last."""
    projects = source.ordered(source.graph.projects)
    years = budget_years(source.document, projects)
    by_issue: dict[str | None, list[Item]] = {anchor: [] for anchor in _issues(source)}
    by_issue[None] = []
    for project in projects:
        by_issue[source.best_issue(project["id"])].append(project)
    blocks: list[Block] = []
    if not projects:
        return Chapter(_("ส่วนที่ 5 บัญชีโครงการ"), [Words(_("ยังไม่มีโครงการที่นับได้"))], is_wide=True)
    blocks += [Heading(_("สรุปจำนวนโครงการและงบประมาณ")), _summary(source, by_issue), *_not_counted(source)]
    if source.analyses["budget"]["counted_total"]:
        drawn = draw_money(source.graph, source.analyses)
        blocks.append(Drawing(drawn, _("งบประมาณที่นับ ตามประเด็นและแหล่งงบประมาณ")))
    number = 0
    for issue, members in by_issue.items():
        if members:
            blocks.append(Heading(issue_words(source, issue)))
            blocks.append(_projects(source, members, years, number))
            number += len(members)
    return Chapter(_("ส่วนที่ 5 บัญชีโครงการ"), blocks, is_wide=True)


def _issues(source: BookSource) -> list[str]:
    return sorted(source.graph.anchors, key=natural_key)


def issue_words(source: BookSource, issue: str | None) -> str:
    """The issue's title, or what the projects without one have in common."""
    return f"{issue} {source.title(issue)}" if issue is not None else _("โครงการที่ยังไปไม่ถึงประเด็นของจังหวัด")


def _summary(source: BookSource, by_issue: Mapping[str | None, list[Item]]) -> Grid:
    whole = sum((_total(project) for members in by_issue.values() for project in members), Fraction(0))
    rows = []
    for issue, members in by_issue.items():
        amount = sum(map(_total, members), Fraction(0))
        share = f"{thai_number(round(float(100 * amount / whole), 1))}" if whole else "–"
        rows.append([issue_words(source, issue), thai_number(len(members)), baht(amount), share])
    count = sum(len(members) for members in by_issue.values())
    rows.append([_("รวม"), thai_number(count), baht(whole), "100" if whole else "–"])
    header = [_("ประเด็นของจังหวัด (นับโครงการละหนึ่งครั้ง ที่ประเด็นซึ่งเชื่อมแรงที่สุด)"), _("โครงการ")]
    header += [_("งบประมาณ (บาท)"), _("ร้อยละ")]
    return Grid(header, rows, [58, 12, 18, 12], frozenset({1, 2, 3}), totals=1)


def _not_counted(source: BookSource) -> list[Block]:
    passed = source.analyses["budget"]["not_counted"]
    if not passed:
        return []
    names = " · ".join(source.title(i) for i in passed[:20])
    more = _(" และอีก %(n)d โครงการ", n=len(passed) - 20) if len(passed) > 20 else ""
    told = _(
        "งบประมาณที่นับ %(baht)s บาท ไม่นับซ้ำโครงการที่ส่งต่อให้โครงการอื่นซึ่งมีงบแล้ว: %(names)s%(more)s",
        baht=thai_number(source.analyses["budget"]["counted_total"]),
        names=names,
        more=more,
    )
    return [Words(told, is_soft=True)]


def _projects(source: BookSource, members: list[Item], years: list[int], before: int) -> Grid:
    shown = years if len(years) <= MOST_YEARS else []
    loose = any(line.get("fy_be") is None for project in members for line in project.get("budget") or ())
    header = [_("ที่"), _("โครงการ"), _("วัตถุประสงค์"), _("เป้าหมาย (ผลผลิตของโครงการ)")]
    header += [str(year) for year in shown] + ([_("ไม่ระบุปี")] if loose and shown else [])
    header += [_("รวม (บาท)"), _("ตัวชี้วัด (KPI)"), _("ผลที่คาดว่าจะได้รับ"), _("หน่วยงานรับผิดชอบหลัก")]
    money_columns = len(shown) + (loose and bool(shown)) + 1
    all_projects = [source.graph.items[project] for project in source.graph.projects]
    hints = [13.0 if any(p.get("indicators") for p in all_projects) else _BARE]
    hints.append(12.0 if any(p.get("expected_result") for p in all_projects) else _BARE)
    widths = [3.5, 19, 15, 14, *([7.0] * money_columns), *hints, 12]
    rows = [
        _project(source, n, project, shown, loose and bool(shown)) for n, project in enumerate(members, before + 1)
    ]
    sums = [_column(members, year) for year in shown] + ([_column(members, None)] if loose and shown else [])
    total = sum(map(_total, members), Fraction(0))
    summed = [baht(one) if one else "–" for one in sums]
    rows.append(["", _("รวม %(n)d โครงการ", n=len(members)), "", "", *summed, baht(total), "", "", ""])
    group = (4, 4 + money_columns, _("งบประมาณ (บาท)")) if shown else None
    return Grid(header, rows, widths, frozenset({0, *range(4, 4 + money_columns)}), totals=1, group=group)


def _project(source: BookSource, number: int, project: Item, years: list[int], loose: bool) -> list[str]:
    lines = list(project.get("budget") or ())
    wanted: list[int | None] = [*years, *([None] if loose else [])]
    by_year = [_sum(line for line in lines if line.get("fy_be") == year) for year in wanted]
    indicators = "\n".join(_indicator(row) for row in project.get("indicators") or ())
    total = _total(project)
    return [
        str(number),
        source.title(project["id"]) + (_(" (เกินศักยภาพ)") if project.get("beyond_capacity") else ""),
        project.get("objective") or "",
        project.get("output_target") or "",
        *(baht(amount) if amount else "–" for amount in by_year),
        baht(total) if total else (_("ไม่ใช้งบ") if project.get("no_budget") else "–"),
        indicators,
        project.get("expected_result") or "",
        (project.get("lead_agency") or {}).get("name") or "",
    ]


def _indicator(row: Mapping[str, Any]) -> str:
    target = step(row, "target") if row.get("target") is not None else ""
    parts = [row.get("name") or "", target, row.get("unit") or ""]
    return " ".join(part for part in parts if part)


def _sum(lines: Iterable[Mapping[str, Any]]) -> Fraction:
    return sum((Fraction(exact(line.get("amount") or 0)) for line in lines), Fraction(0))


def _total(project: Item) -> Fraction:
    return _sum(project.get("budget") or ())


def _column(members: list[Item], year: int | None) -> Fraction:
    return _sum(line for p in members for line in p.get("budget") or () if line.get("fy_be") == year)


def baht(amount: Fraction) -> str:
    """Baht with commas, satang where there are any."""
    return thai_number(money(amount))
