"""What every sheet of the workbook is written from: cards, names of places and groups, the analyses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..analysis import LinkageGraph, Scope
from ..analysis.graph import Item, Link
from ..completeness import EVERY_STATUS
from ..map.columns import natural_key
from ..map.words import area_name, level_label
from ..rules import title_of
from ..vocabulary import KINDS, STATUSES

Cell = str | int | float | None


@dataclass(frozen=True)
class Book:
    """What every sheet is written from; its graph holds cards of every status, the analyses do not."""

    document: Mapping[str, Any]
    analyses: Mapping[str, Any]
    event_name: str
    counted: str = ""  # which cards the analyses count, in words
    scope: Scope = field(default_factory=Scope)  # the same for the program

    @cached_property
    def graph(self) -> LinkageGraph:
        """All cards, whatever became of them: a list leaves nobody's work out."""
        return LinkageGraph.from_document(self.document, Scope(statuses=EVERY_STATUS))

    @cached_property
    def counted_graph(self) -> LinkageGraph:
        """The cards that the analyses count."""
        return LinkageGraph.from_document(self.document, self.scope)

    @cached_property
    def counted_links(self) -> set[str]:
        """The ids of the links that the analyses count."""
        return {link["id"] for link in self.counted_graph.group_links}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Group id → its name."""
        return {group["id"]: group.get("name") or group["id"] for group in self.document.get("groups") or ()}

    @cached_property
    def chains(self) -> dict[str, str]:
        """Chain id → its name."""
        return {chain["id"]: chain.get("th") or chain["id"] for chain in self.document.get("chains") or ()}

    @cached_property
    def links_out(self) -> dict[str, list[Link]]:
        """The links that leave each item, in the order of their ids."""
        found: dict[str, list[Link]] = {}
        for link in sorted(self.graph.links, key=lambda one: natural_key(one["id"])):
            found.setdefault(link["source"], []).append(link)
        return found

    def items(self, kind: str) -> list[Item]:
        """The groups' cards of one kind: by district, group and id."""
        own = (item for item in self.graph.items.values() if item["kind"] == kind)
        return sorted(own, key=lambda item: self.place(item["id"]))

    def place(self, item_id: str) -> tuple[Any, ...]:
        """Where an item stands in every list: by district in the official order, group, number."""
        group = self.graph.nodes[item_id].get("group") or ""
        return sorted(self.graph.districts(item_id)), natural_key(group), natural_key(item_id)

    def title(self, item_id: str) -> str:
        """The item's title, its id when it has none."""
        return title_of(self.graph.nodes[item_id]) or item_id

    def group(self, item: Item) -> str:
        """The name of the item's group."""
        return self.groups.get(item.get("group") or "", item.get("group") or "")

    def district(self, item_id: str) -> str:
        """The names of the item's districts."""
        return ", ".join(area_name(self.graph, code) for code in sorted(self.graph.districts(item_id)))

    def level(self, code: str) -> str:
        """The exercise's own name of a level."""
        return level_label(self.graph, code)

    @staticmethod
    def kind(item: Item) -> str:
        """What the card is."""
        return str(KINDS.get(item["kind"], item["kind"]))

    def issues(self, item_id: str) -> str:
        """The provincial issues the item reaches, the strongest first, with their strength."""
        row = self.analyses["coverage_matrix"].get(item_id, {})
        ranked = sorted(row.items(), key=lambda pair: (-pair[1], natural_key(pair[0])))
        return "\n".join(f"{self.title(anchor)} ({covered})" for anchor, covered in ranked)

    @staticmethod
    def status(item: Item) -> str:
        """Where the card stands."""
        status = item.get("status") or ""
        return str(STATUSES.get(status, status))
