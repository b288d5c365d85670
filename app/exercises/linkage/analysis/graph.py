"""The graph every analysis reads: items, alignment links, levels, anchors; built once, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from .settings import Settings, exact, read_settings

Item = Mapping[str, Any]
Link = Mapping[str, Any]

DEFAULT_STATUSES = frozenset({"submitted", "passed", "conditional"})
STAGES = ("upstream", "midstream", "downstream")


@dataclass(frozen=True)
class Scope:
    """Which group items count: their status, and on request one district's or one chain's.

    A district or a chain narrows the items that are *reported*; paths still run through everyone's
    items, because a village need may be answered in the next district.
    """

    statuses: frozenset[str] = DEFAULT_STATUSES
    district: str | None = None
    chain: str | None = None

    def admits(self, item: Item) -> bool:
        """Reference items always; group items by status, and those without one too."""
        status = item.get("status")
        return is_reference(item) or not status or status in self.statuses


class Edge(NamedTuple):
    """One alignment link as seen from one of its ends."""

    other: str
    strength: int
    link: str


def is_reference(item: Item) -> bool:
    """Whether the item was given (issues and goals of higher plans) rather than drafted by a group."""
    return item.get("origin") == "reference"


@dataclass(frozen=True)
class LinkageGraph:
    """A document in scope. `nodes` holds reference items too; `items` are the group items reported on."""

    settings: Settings
    scope: Scope
    ranks: Mapping[str, int]
    level_labels: Mapping[str, str]
    nodes: Mapping[str, Item]
    links: tuple[Link, ...]
    chains: tuple[str, ...]
    group_districts: Mapping[str, str | None]
    area_records: Mapping[str, Mapping[str, Any]]
    reviews: tuple[Mapping[str, Any], ...]
    dots_by_group: Mapping[str, Mapping[str, Any]]
    event_year: int | None

    @classmethod
    def from_document(cls, document: Mapping[str, Any], scope: Scope | None = None) -> LinkageGraph:
        """Read a document of the exercise's schema; links that touch an item out of scope are left out."""
        scope = scope or Scope()
        nodes = {item["id"]: item for item in document["items"] if scope.admits(item)}
        return cls(
            settings=read_settings(document.get("settings") or {}),
            scope=scope,
            ranks={level["code"]: level["rank"] for level in document["levels"]},
            level_labels={level["code"]: level.get("label_th") or "" for level in document["levels"]},
            nodes=nodes,
            links=tuple(link for link in document["links"] if _joins_two(link, nodes)),
            chains=tuple(chain["id"] for chain in document.get("chains") or ()),
            group_districts={g["id"]: g.get("district") for g in document.get("groups") or ()},
            area_records={area["code"]: area for area in document.get("areas") or ()},
            reviews=tuple(document.get("reviews") or ()),
            dots_by_group=(document.get("dot_votes") or {}).get("by_group") or {},
            event_year=(document.get("meta") or {}).get("event_year_be"),
        )

    # -- items -----------------------------------------------------------------------------------

    @cached_property
    def items(self) -> dict[str, Item]:
        """The group items reported on: everything in scope that is not reference."""
        own = {i: item for i, item in self.nodes.items() if not is_reference(item)}
        if self.scope.chain is not None:
            near = self._around(i for i in own if self.scope.chain in dict(self.chain_stages(i)))
            own = {i: item for i, item in own.items() if i in near}
        if self.scope.district is not None:
            own = {i: item for i, item in own.items() if self.scope.district in self.districts(i)}
        return own

    @cached_property
    def anchors(self) -> list[str]:
        """P: the issues and goals of the level everything is to reach."""
        kinds, level = self.settings.anchor_kinds, self.settings.anchor_level
        return sorted(i for i, n in self.nodes.items() if n["level"] == level and n["kind"] in kinds)

    @cached_property
    def needs(self) -> list[str]:
        """N: the needs at the root level."""
        root = self.settings.root_level
        return sorted(i for i, n in self.items.items() if n["kind"] == "need" and n["level"] == root)

    @cached_property
    def projects(self) -> list[str]:
        """J: the projects of groups."""
        return self.of_kind("project")

    def of_kind(self, kind: str) -> list[str]:
        """Reported items of one kind, sorted."""
        return sorted(i for i, item in self.items.items() if item["kind"] == kind)

    def rank(self, item_id: str) -> int:
        """The rank of the item's level; higher is nearer the nation."""
        return self.ranks[self.nodes[item_id]["level"]]

    @cached_property
    def levels_in_use(self) -> list[str]:
        """Level codes in use, lowest first: the setting's, or those that items stand on."""
        codes = self.settings.levels_in_use or {n["level"] for n in self.nodes.values()}
        return sorted((c for c in codes if c in self.ranks), key=lambda code: (self.ranks[code], code))

    @cached_property
    def below_anchor(self) -> list[str]:
        """Reported items on a level below the anchors'."""
        top = self.ranks.get(self.settings.anchor_level, 0)
        return sorted(i for i in self.items if self.rank(i) < top)

    # -- links -----------------------------------------------------------------------------------

    @cached_property
    def group_links(self) -> list[Link]:
        """Links drawn from a reported item; links of reference items are the organiser's."""
        return [link for link in self.links if link["source"] in self.items]

    def is_alignment(self, link: Link) -> bool:
        """Whether the link carries an item upward."""
        return link["type"] in self.settings.upward_link_types

    @cached_property
    def up(self) -> dict[str, list[Edge]]:
        """Alignment edges by the item they leave."""
        return self._edges("source", "target")

    @cached_property
    def down(self) -> dict[str, list[Edge]]:
        """Alignment edges by the item they arrive at."""
        return self._edges("target", "source")

    def _edges(self, here: str, there: str) -> dict[str, list[Edge]]:
        edges: dict[str, list[Edge]] = {i: [] for i in self.nodes}
        for link in self.links:
            if self.is_alignment(link):
                edges[link[here]].append(Edge(link[there], strength(link), link["id"]))
        for found in edges.values():
            found.sort()
        return edges

    def ancestors(self, item_id: str) -> set[str]:
        """Everything that leads to the item by alignment links, itself left out."""
        return reachable(self.down, item_id)

    def descendants(self, item_id: str) -> set[str]:
        """Everything the item leads to by alignment links, itself left out."""
        return reachable(self.up, item_id)

    def _around(self, starts: Iterable[str]) -> set[str]:
        near: set[str] = set()
        for start in starts:
            near |= {start} | self.ancestors(start) | self.descendants(start)
        return near

    # -- places, chains, money ---------------------------------------------------------------------

    @cached_property
    def _districts(self) -> dict[str, frozenset[str]]:
        return {i: frozenset(self._find_districts(node)) for i, node in self.nodes.items()}

    def districts(self, item_id: str) -> frozenset[str]:
        """Districts of the item's areas; an item that names no area has its group's district."""
        return self._districts[item_id]

    def _find_districts(self, item: Item) -> set[str]:
        if item.get("areas"):
            return {d for area in item["areas"] if (d := self._district_of_area(area)) is not None}
        home = self.group_districts.get(item.get("group") or "")
        return set() if home is None or is_reference(item) else {home}

    def _district_of_area(self, code: str) -> str | None:
        """Climb from an area to its district; a code nobody described stands for itself."""
        seen: set[str] = set()
        while (record := self.area_records.get(code)) is not None and code not in seen:
            seen.add(code)
            if record.get("type", "district") == "district":
                return code
            parent = record.get("district") or record.get("parent")
            if parent is None:
                prefix = code[:4]
                return prefix if prefix != code and prefix in self.area_records else None
            code = parent
        return None if code in seen else code

    def areas(self, item_id: str) -> frozenset[str]:
        """The areas the item names; its group's district if it names none."""
        named = self.nodes[item_id].get("areas")
        return frozenset(named) if named else self.districts(item_id)

    @cached_property
    def _chain_stages(self) -> dict[str, frozenset[tuple[str, str]]]:
        return {i: frozenset(_read_chain_stages(node)) for i, node in self.nodes.items()}

    def chain_stages(self, item_id: str) -> frozenset[tuple[str, str]]:
        """(chain, stage) pairs, from `chain`/`stage` or from a list `chains`."""
        return self._chain_stages[item_id]

    @cached_property
    def budgets(self) -> dict[str, Fraction]:
        """Baht of every reported item of a kind that carries money, all years together."""
        kinds = self.settings.budget_kinds
        return {i: total_budget(item) for i, item in self.items.items() if item["kind"] in kinds}

    @cached_property
    def counted_budgets(self) -> dict[str, Fraction]:
        """Budgets without those passed on to an item with money of its own, which would count twice."""
        passed_on = self.passed_on
        return {i: baht for i, baht in self.budgets.items() if baht > 0 and i not in passed_on}

    @cached_property
    def passed_on(self) -> set[str]:
        """Items whose money is already in the budget of the item they were handed to."""
        kinds, types = self.settings.budget_kinds, self.settings.not_counted_if_out_link
        funded = {
            i
            for i, node in self.nodes.items()
            if node["kind"] in kinds and not is_reference(node) and total_budget(node) > 0
        }
        return {link["source"] for link in self.links if link["type"] in types and link["target"] in funded} & {
            i for i, baht in self.budgets.items() if baht > 0
        }

    def by_district(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """District → those of the items that lie in it; an item of two districts is in both."""
        found: dict[str, set[str]] = defaultdict(set)
        for item_id in ids:
            for district in self.districts(item_id):
                found[district].add(item_id)
        return dict(found)


def _joins_two(link: Link, nodes: Mapping[str, Item]) -> bool:
    return link["source"] in nodes and link["target"] in nodes and link["source"] != link["target"]


def _read_chain_stages(item: Item) -> Iterable[tuple[str, str]]:
    for pair in (item, *(item.get("chains") or ())):
        if pair.get("chain") and pair.get("stage"):
            yield pair["chain"], pair["stage"]


def strength(link: Link) -> int:
    """1 indirect, 2 middling, 3 direct; a link whose strength nobody stated is at least indirect."""
    given = link.get("strength")
    return 1 if given is None else given


def total_budget(item: Item) -> Fraction:
    """All budget lines of an item together, exactly."""
    return Fraction(sum(exact(line.get("amount") or 0) for line in item.get("budget") or ()))


def reachable(edges: Mapping[str, list[Edge]], start: str) -> set[str]:
    """Every node that can be reached from `start`, which is left out even on a cycle."""
    seen, stack = {start}, [start]
    while stack:
        for edge in edges[stack.pop()]:
            if edge.other not in seen:
                seen.add(edge.other)
                stack.append(edge.other)
    return seen - {start}
