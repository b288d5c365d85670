"""What several items are as one: fields, rows, money and links. Pure: parts of a document in, parts out.

The links of the sources stay in the store beside the new ones, so the whole stored graph must stay free of
circles: then no undoing, in whatever order, can ever bring one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.exercises.linkage.analysis.graph import is_reference, total_budget
from app.exercises.linkage.analysis.settings import UPWARD_LINK_TYPES
from app.exercises.linkage.rules import Problem, check_link, cycle_path, link_ends, title_of

from ..document.rows import baht_of, chain_pairs, satang_of

Part = dict[str, Any]
Item = Mapping[str, Any]
Link = Mapping[str, Any]

TEXTS = ("objective", "output_target", "expected_result", "detail", "form_code", "not_escalated_because")
BUDGET_RULES = ("sum", "max", "enter")
# The whole stands where the source stands that got furthest: a merged project must not fall out of the figures.
_FURTHEST = ("passed", "conditional", "submitted", "locked", "returned", "draft")
LONGEST_REASON = 4_900  # a file is read back with texts of at most 5,000


@dataclass(frozen=True)
class Choice:
    """What the organiser decided about the new item. ``texts`` names, by field, the source whose words to take."""

    title: str
    level: str
    kind: str
    budget: str = ""
    lines: tuple[Part, ...] = ()  # with the rule "enter"
    texts: Mapping[str, str] = field(default_factory=dict)


# -- the item ----------------------------------------------------------------------------------------


def united_item(new_id: str, sources: Sequence[Item], choice: Choice, home: Mapping[str, str | None]) -> Part:
    """The new item. ``home`` gives each group's district, for a source that names no area."""
    first = sources[0]
    part: Part = {
        "id": new_id,
        "level": choice.level,
        "kind": choice.kind,
        "title_th": choice.title,
        "origin": "merged",
        "status": next(
            (s for s in _FURTHEST if any((i.get("status") or "submitted") == s for i in sources)), None
        ),
        "areas": _once(code for item in sources for code in _areas(item, home)),
        "partners": united_partners(sources, choice.texts.get("lead_agency", first["id"])),
        "chains": [
            {key: value for key, value in (("chain", chain), ("stage", stage)) if value}
            for chain, stage in _once(pair for item in sources for pair in chain_pairs(dict(item)))
        ],
        "evidence": _once_rows(row for item in sources for row in item.get("evidence") or ()),
        "indicators": _once_rows(row for item in sources for row in item.get("indicators") or ()),
        "budget": united_budget(sources, choice.budget, choice.lines),
        "lead_agency": _chosen(sources, "lead_agency", choice.texts),
        **{name: _chosen(sources, name, choice.texts) for name in TEXTS},
        "beyond_capacity": any(item.get("beyond_capacity") for item in sources) or None,
    }
    part["no_budget"] = (not part["budget"] and all(item.get("no_budget") for item in sources)) or None
    part["output_without_number"] = _chosen_item(sources, "output_target", choice.texts).get(
        "output_without_number"
    )
    return {key: value for key, value in part.items() if value not in (None, [], "")}


def _areas(item: Item, home: Mapping[str, str | None]) -> list[str]:
    if item.get("areas"):
        return list(item["areas"])
    district = home.get(item.get("group") or "")
    return [district] if district else []


def united_partners(sources: Sequence[Item], leads: str) -> list[Part]:
    """Every partner once; the leads of the other sources become partners."""
    lead_of = {item["id"]: item.get("lead_agency") or {} for item in sources}
    leader = lead_of.get(leads) or next((lead for lead in lead_of.values() if lead), {})
    others = [dict(lead) for lead in lead_of.values() if lead]
    rows = [*others, *(row for item in sources for row in item.get("partners") or ())]
    return [row for row in _once_rows(rows) if row.get("name") != leader.get("name") or not row.get("name")]


def united_budget(sources: Sequence[Item], rule: str, lines: Sequence[Part] = ()) -> list[Part]:
    """``sum``: each year and source added up; ``max``: the lines of the dearest source; ``enter``: as typed."""
    if rule == "enter":
        return [dict(line) for line in lines]
    if rule == "max":
        dearest = max(sources, key=total_budget)  # the first of equals
        return [dict(line) for line in dearest.get("budget") or ()]
    if rule != "sum":
        return []
    sums: dict[tuple[Any, Any], int] = {}
    for item in sources:
        for line in item.get("budget") or ():
            key = (line.get("fy_be"), line.get("source"))
            sums[key] = sums.get(key, 0) + (satang_of(line.get("amount")) or 0)
    rows = [
        {"fy_be": year, "amount": baht_of(satang), "source": source} for (year, source), satang in sums.items()
    ]
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


def money(sources: Iterable[Item]) -> Fraction:
    """All budgets together, in baht."""
    return sum((total_budget(item) for item in sources), Fraction(0))


def _chosen(sources: Sequence[Item], name: str, texts: Mapping[str, str]) -> Any:
    return _chosen_item(sources, name, texts).get(name)


def _chosen_item(sources: Sequence[Item], name: str, texts: Mapping[str, str]) -> Item:
    """The source whose words are taken: the one named, else the first that has any."""
    named = next((item for item in sources if item["id"] == texts.get(name)), None)
    if named is not None:
        return named
    return next((item for item in sources if item.get(name)), sources[0])


def _once(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _once_rows(rows: Iterable[Part]) -> list[Part]:
    found: list[Part] = []
    for row in rows:
        if row not in found:
            found.append(dict(row))
    return found


# -- the links ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """The links of the new item; what went no further and why; the circle it would close, if any."""

    links: list[Part]
    unfit: list[tuple[Link, Problem]]
    inner: list[Link]  # between the sources themselves
    circle: list[str]


@dataclass(frozen=True)
class Surroundings:
    """What is around the sources: every item by id, every stored link, the ranks of the levels."""

    items: Mapping[str, Item]
    links: Sequence[Link]
    ranks: Mapping[str, int]
    groups: Mapping[str, str] = field(default_factory=dict)  # names, for the reasons
    upward: frozenset[str] = frozenset(UPWARD_LINK_TYPES)


def united_links(new: Item, sources: Sequence[Item], around: Surroundings, *, outgoing_only: bool = False) -> Plan:
    """The union of the sources' links: greatest strength, reasons side by side with their group's name."""
    ids = {item["id"] for item in sources}
    inner = [link for link in around.links if link["source"] in ids and link["target"] in ids]
    wanted: dict[tuple[str, str, str], list[Link]] = {}
    for link in around.links:
        source, target = (new["id"] if end in ids else end for end in (link["source"], link["target"]))
        touches = link["source"] in ids or (link["target"] in ids and not outgoing_only)
        if touches and source != target:
            wanted.setdefault((*link_ends(source, target, link["type"]), link["type"]), []).append(link)
    return _fitting(new, wanted, inner, around)


def _fitting(
    new: Item, wanted: Mapping[tuple[str, str, str], list[Link]], inner: list[Link], around: Surroundings
) -> Plan:
    items = {**around.items, new["id"]: new}
    circle = _circle(wanted, around)
    if circle:
        return Plan([], [], inner, [title_of(items[item_id]) for item_id in circle])
    taken: list[Part] = []
    unfit: list[tuple[Link, Problem]] = []
    for (source, target, link_type), same in wanted.items():
        problem = None
        if not is_reference(items[source]):  # the organiser's own links are exempt from the rules of pairs
            problem = check_link(items[source], items[target], link_type, around.ranks, (), by_facilitator=True)
        if problem is not None and not _was_wrong(around, same[0], problem):
            unfit.append((same[0], problem))
            continue
        taken.append(_joined(source, target, link_type, same, around))
    return Plan(taken, unfit, inner, [])


def _circle(wanted: Iterable[tuple[str, str, str]], around: Surroundings) -> list[str]:
    """The circle that the union would close, whether or not each of its links fits; empty when there is none."""
    known: list[Link] = [link for link in around.links if link["type"] in around.upward]
    for source, target, link_type in wanted:
        if link_type in around.upward:
            path = cycle_path(source, target, known, around.upward)
            if path:
                return path
            known.append({"source": source, "target": target, "type": link_type})
    return []


def _was_wrong(around: Surroundings, link: Link, problem: Problem) -> bool:
    """A link of an imported file that never kept the rules goes over as it is."""
    source, target = around.items[link["source"]], around.items[link["target"]]
    before = check_link(source, target, link["type"], around.ranks, (), by_facilitator=True)
    return before is not None and before.code == problem.code


def _joined(source: str, target: str, link_type: str, same: Sequence[Link], around: Surroundings) -> Part:
    strengths = [link["strength"] for link in same if link.get("strength") is not None]
    part: Part = {
        "source": source,
        "target": target,
        "type": link_type,
        "strength": max(strengths) if strengths else None,
        "rationale": _reasons(same, around),
        "evidence": _once_rows(row for link in same for row in link.get("evidence") or ()),
    }
    return {key: value for key, value in part.items() if value not in (None, "", [])}


def _reasons(same: Sequence[Link], around: Surroundings) -> str:
    """One reason as it is; several each behind the name of the group that gave it."""
    given: dict[str, str] = {}
    for link in same:
        if link.get("rationale"):
            given.setdefault(link["rationale"], _group_of(link, around))
    if len(given) < 2:
        return next(iter(given), "")
    whole = "; ".join(f"{group}: {reason}" if group else reason for reason, group in given.items())
    return whole if len(whole) <= LONGEST_REASON else whole[:LONGEST_REASON] + "…"


def _group_of(link: Link, around: Surroundings) -> str:
    for end in (link["source"], link["target"]):
        group = around.items[end].get("group")
        if group:
            return around.groups.get(group, group)
    return ""
