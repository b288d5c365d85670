"""What the linkage pages show, in the words of the people who read them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.coverage import direct_matrix, district_matrix
from app.exercises.linkage.vocabulary import SUPPORT
from app.exercises.linkage.workbook.findings import agreement_reading

from .reading import Reading, Thing


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


# -- gaps --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Break:
    """Where a chain ends, who has to join it on, and what waits for that."""

    at: Thing
    waiting: list[Thing]


@dataclass(frozen=True)
class Gaps:
    """Everything that does not arrive, by what is missing."""

    breaks: list[Break]
    needs: list[Thing]
    projects: list[Thing]
    goals: list[Thing]
    beyond_capacity: list[Thing]
    without_need: list[Thing]
    incomplete_chains: list[Thing]


def gaps(reading: Reading, district: str | None = None) -> Gaps:
    """Gaps of one district or of all; a break belongs where it has to be mended."""

    def own(codes: list[str]) -> list[Thing]:
        return reading.things([code for code in codes if _lies_in(reading, code, district)])

    found, chain = reading.gaps, reading.chain
    reached = set(chain["strict"])
    short = [need for need in reading.graph.needs if need not in reached and need not in found["unanswered_needs"]]
    return Gaps(
        breaks=[one for one in breaks(reading) if _concerns(reading, one, district)],
        needs=own(found["unanswered_needs"]),
        projects=own(found["orphan_projects"]),
        goals=own(found["orphan_goals"]),
        beyond_capacity=own(reading.result["beyond_capacity_not_escalated"]),
        without_need=own(reading.result["projects_without_need"]),
        incomplete_chains=own(short),
    )


def breaks(reading: Reading) -> list[Break]:
    """Break points, those most wait for first."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for item, points in reading.gaps["break_points"].items():
        for point in points:
            waiting[point].append(item)
    order = sorted(waiting, key=lambda point: (-len(waiting[point]), point))
    return [Break(reading.thing(point), reading.things(waiting[point])) for point in order]


def _concerns(reading: Reading, one: Break, district: str | None) -> bool:
    """A break is of the district where it has to be mended, and of those that wait for it."""
    return any(_lies_in(reading, thing.code, district) for thing in (one.at, *one.waiting))


def _lies_in(reading: Reading, code: str, district: str | None) -> bool:
    return district is None or district in reading.graph.districts(code)


# -- goals -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """A goal with what stands under it."""

    thing: Thing
    support: str
    words: str
    projects: int
    needs: int
    districts: list[str]
    menders: list[str]  # the groups that have written under it; none: nobody has yet


def goals(reading: Reading) -> tuple[list[Goal], list[Goal]]:
    """The province's issues, then the districts' goals; those without support first."""
    anchors = set(reading.graph.anchors)
    rows = [_goal(reading, code, support) for code, support in reading.support.items()]
    rank = {"none": 0, "no_project": 1, "no_need": 2, "grounded": 3}
    provincial = [row for row in rows if row.thing.code in anchors]
    district = [row for row in rows if row.thing.code not in anchors]
    return provincial, sorted(district, key=lambda row: (rank[row.support], row.thing.districts, row.thing.code))


def _goal(reading: Reading, code: str, support: str) -> Goal:
    under = reading.graph.ancestors(code)
    projects = under & set(reading.graph.projects)
    homes = {d for project in projects for d in reading.graph.districts(project)}
    return Goal(
        reading.thing(code),
        support,
        str(SUPPORT[support]),
        len(projects),
        len(under & set(reading.graph.needs)),
        [name for key, name in reading.districts.items() if key in homes],
        _menders(reading, code, under),
    )


def _menders(reading: Reading, goal: str, under: set[str]) -> list[str]:
    """Whose word the goal waits for: its own group, else those whose items already lead to it."""
    own = reading.thing(goal).group
    return [own] if own else list(dict.fromkeys(one.group for one in reading.things(sorted(under)) if one.group))


def goals_in_words(provincial: list[Goal]) -> str:
    """What the governor reads first: how many issues stand on projects and needs, and which stand on nothing."""
    grounded = sum(goal.support == "grounded" for goal in provincial)
    bare = [f"“{goal.thing.title}”" for goal in provincial if goal.support in ("none", "no_project")]
    words = _(
        "ประเด็นของจังหวัด %(all)d ข้อ มีทั้งโครงการและปัญหารองรับ %(grounded)d ข้อ", all=len(provincial), grounded=grounded
    )
    return f"{words} " + (_("ยังไม่มีโครงการรองรับ: %(names)s", names=" · ".join(bare)) if bare else "")


def coverage_in_words(found: Coverage) -> str:
    """Which issues every district reaches and which none does."""
    columns = list(zip(*(cells for _code, _name, cells in found.districts), strict=True))
    pairs = list(zip(found.issues, columns, strict=False))
    everywhere = [issue.code for issue, cells in pairs if all(cells)]
    nowhere = [f"“{issue.title}”" for issue, cells in pairs if not any(cells)]
    words = [_("ทุกอำเภอมีโครงการไปถึง %(codes)s", codes=" ".join(everywhere))] if everywhere else []
    words += [_("ยังไม่มีอำเภอใดไปถึง %(names)s", names=" · ".join(nowhere))] if nowhere else []
    return " ".join(words) or _("ทุกประเด็นมีบางอำเภอไปถึง และบางอำเภอยังไม่ถึง")


def gaps_in_words(found: Gaps) -> str:
    """How much one link at each break would bring through."""
    waiting = {thing.code for one in found.breaks for thing in one.waiting}
    if not found.breaks:
        return _("ทุกรายการที่เชื่อมแล้วไปถึงประเด็นของจังหวัด")
    return _(
        "ขาดกลางทาง %(breaks)d จุด ถ้าต่อครบ อีก %(waiting)d รายการจะไปถึงประเด็นของจังหวัด",
        breaks=len(found.breaks),
        waiting=len(waiting),
    )


def map_in_words(reading: Reading) -> str:
    """How much of what is written arrives."""
    items, lost = reading.graph.items, len(reading.gaps["all"]) + len(reading.gaps["detached"])
    return _("รายการของกลุ่ม %(items)d รายการ ยังไปไม่ถึงประเด็นของจังหวัด %(lost)d รายการ", items=len(items), lost=lost)


# -- coverage ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of a heat table: cells are strengths 0 to 3 in the order of the columns."""

    thing: Thing
    cells: list[int]


@dataclass(frozen=True)
class Coverage:
    """Districts against issues, and one district's items against issues."""

    issues: list[Thing]
    totals: list[tuple[int, int, int]]  # projects, needs, districts that reach each issue
    districts: list[tuple[str, str, list[int]]]  # code, name, cells
    rows: list[Row]


def coverage(reading: Reading, district: str | None, *, direct: bool = False) -> Coverage:
    """The heat tables; rows of items only where a district is chosen; `direct` counts links into an issue only."""
    anchors = reading.graph.anchors
    matrix = direct_matrix(reading.graph) if direct else reading.matrix
    folded = district_matrix(reading.graph, matrix) if direct else reading.by_district
    columns = [reading.result["coverage_by_anchor"][anchor] for anchor in anchors]
    chosen = [code for code in reading.graph.items if district in reading.graph.districts(code)]
    return Coverage(
        issues=[reading.thing(anchor) for anchor in anchors],
        totals=[(c["projects"], c["needs"], len(c["districts"])) for c in columns],
        districts=[
            (code, name, [folded.get(code, {}).get(anchor, 0) for anchor in anchors])
            for code, name in reading.districts.items()
        ],
        rows=[
            Row(thing, [matrix.get(thing.code, {}).get(anchor, 0) for anchor in anchors])
            for thing in reading.things(chosen if district else [])
        ],
    )
