"""What stands under each issue of the province and each goal of a district."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from app.exercises.linkage.vocabulary import SUPPORT

from .reading import Reading, Thing


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


def goals_of(reading: Reading) -> tuple[list[Goal], list[Goal]]:
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
