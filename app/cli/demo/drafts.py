"""What the demo's groups have written so far: an exercise document made from themes by chance with a seed.

Pure. The document has the shape of an exported exercise, so it enters the event as any file would.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]

# How far a group is, and how often: everything linked, links still missing, only needs so far.
PACES = {"linked": 0.68, "drafting": 0.24, "starting": 0.08}
# The output of a theme fits its first two projects; the others are described in general words.
GENERAL_OUTPUT = "ดำเนินการ {n} แห่ง ประชาชนได้รับประโยชน์ {m} ครัวเรือน"
SIGNS = {"need": "ป", "project": "โ", "goal": "ม", "activity": "ก"}


@dataclass(frozen=True)
class Table:
    """A group that writes: ``code`` names it in the document, ``district`` is an area code."""

    code: str
    name: str
    district: str
    district_name: str
    size: int


@dataclass
class Draft:
    """The items and links collected so far; ``goals`` holds each district's goal of a theme."""

    themes: Record
    event_year_be: int
    items: list[Record] = field(default_factory=list)
    links: list[Record] = field(default_factory=list)
    goals: dict[tuple[str, str], str] = field(default_factory=dict)


def write_drafts(
    themes: Record, tables: list[Table], event_year_be: int, seed: int
) -> tuple[list[Record], list[Record]]:
    """Items and links of the groups, in the order of the groups."""
    draft = Draft(themes, event_year_be)
    written: dict[str, int] = defaultdict(int)
    for table in tables:
        chance = random.Random(f"{seed}/{table.code}")
        order = list(themes["themes"])
        random.Random(f"{seed}/{table.district}").shuffle(order)  # groups of one district take different themes
        first = written[table.district] * 3
        chosen = [order[(first + step) % len(order)] for step in range(chance.choice((3, 3, 4)))]
        written[table.district] += 1
        _Writer(draft, table, chance).write(chosen)
    return draft.items, draft.links


class _Writer:
    """One group at work."""

    def __init__(self, draft: Draft, table: Table, chance: random.Random) -> None:
        self.draft, self.table, self.chance = draft, table, chance
        self.numbers: dict[str, int] = defaultdict(int)
        self.pace = chance.choices(list(PACES), list(PACES.values()))[0]
        self.bodies = chance.sample(draft.themes["local_bodies"], 2)
        self.villages = chance.sample(draft.themes["villages"], len(draft.themes["villages"]))

    def write(self, chosen: list[Record]) -> None:
        """Needs first, then projects, then links, as the hour goes."""
        for number, theme in enumerate(chosen):
            place = self.villages[number]
            need = self._need(theme, place)
            if self.pace == "starting":
                continue
            project = self._project(theme, place)
            if self.chance.random() < 0.88:
                self._link(need, project, "answered_by", theme["why_need"])
            if self.pace == "linked" or self.chance.random() < 0.4:
                self._carry_up(theme, project)
        if self.chance.random() < 0.3:  # a need that nobody has answered yet
            self._need(self.chance.choice(self.draft.themes["themes"]), self.villages[-1])

    def _carry_up(self, theme: Record, project: str) -> None:
        """Project → the district's goal → the province's issue, with gaps here and there."""
        if self.chance.random() < 0.08:
            return  # stays a project that leads nowhere
        goal = self._goal(theme)
        beyond = theme.get("beyond_capacity") and self.chance.random() < 0.7
        self._link(project, goal, "escalated_to" if beyond else "supports", theme["why_goal"])

    def _need(self, theme: Record, place: str) -> str:
        return self._item(
            "need",
            "VIL",
            title_th=self.chance.choice(theme["needs"]).format(place=place),
            evidence=[dict(theme["evidence"])] if self.chance.random() < 0.85 else [],
        )

    def _project(self, theme: Record, place: str) -> str:
        low, high = theme["budget"]
        number = self.chance.randrange(len(theme["projects"]))
        output = theme["output"] if number < 2 else GENERAL_OUTPUT
        body = self.chance.choice(self.bodies)
        amount = self.chance.randrange(low, high, 10) * 1000
        year = self.draft.event_year_be + 1
        lines = [{"fy_be": year, "amount": amount, "source": theme["source"]}]
        if amount > 1_500_000:
            lines.append({"fy_be": year + 1, "amount": amount // 2, "source": theme["source"]})
        evidence = []
        if self.chance.random() < 0.4:
            title = "ผลประเมินโครงการปีก่อน"
            evidence = [{"title": title, "type": "past_evaluation", "data_year_be": self.draft.event_year_be - 1}]
        extra: Record = {"beyond_capacity": True} if theme.get("beyond_capacity") and amount > 1_500_000 else {}
        if theme.get("chain"):
            extra |= {"chain": theme["chain"], "stage": theme["stage"]}
        return self._item(
            "project",
            "LOC",
            title_th=theme["projects"][number].format(place=place),
            objective=theme["objective"],
            output_target=output.format(n=self.chance.randint(2, 6), m=self.chance.randint(3, 16) * 10),
            lead_agency={"name": body, "sector": "local"},
            partners=[
                {"name": name, "sector": sector}
                for name, sector in theme["partners"]
                if self.chance.random() < 0.8
            ],
            budget=lines,
            evidence=evidence,
            **extra,
        )

    def _goal(self, theme: Record) -> str:
        """The district's goal of a theme: the first group that needs it writes it and links it upward."""
        title = theme["goal"].format(district=self.table.district_name)
        known = self.draft.goals.get((self.table.district, title))
        if known is not None:
            return known
        name, unit, baseline, target = theme["indicator"]
        year = self.draft.event_year_be
        indicator = {"name": name, "unit": unit, "baseline": baseline, "target": target}
        indicator |= {"baseline_year_be": year - 1, "target_year_be": year + 3}
        goal = self._item("goal", "DIS", title_th=title, indicators=[indicator])
        self.draft.goals[self.table.district, title] = goal
        if self.chance.random() < 0.86:
            self._link(goal, theme["issue"], "supports", theme["why_issue"])
        return goal

    def _item(self, kind: str, level: str, **fields: Any) -> str:
        self.numbers[kind] += 1
        code = f"{self.table.name.replace(' ', '')}-{SIGNS[kind]}{self.numbers[kind]}"
        own = {"origin": "group", "group": self.table.code, "areas": [self.table.district]}
        filled = {key: value for key, value in fields.items() if value}
        self.draft.items.append({"id": code, "level": level, "kind": kind, **own, **filled})
        return code

    def _link(self, source: str, target: str, kind: str, why: str) -> None:
        self.numbers["link"] += 1
        strength = self.chance.choices((3, 2, 1), (0.5, 0.38, 0.12))[0]
        record = {
            "id": f"{self.table.name.replace(' ', '')}-ช{self.numbers['link']}",
            "source": source,
            "target": target,
            "type": kind,
            "strength": strength,
        }
        if self.chance.random() < 0.86:
            record["rationale"] = why
        self.draft.links.append(record)
