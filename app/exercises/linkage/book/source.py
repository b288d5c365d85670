"""What the chapters of a plan book are written from: the cards in scope, the analyses, names for everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..analysis import LinkageGraph
from ..analysis.graph import Item
from ..map.columns import natural_key
from ..map.words import area_name
from ..workbook.making import GroupMember
from ..workbook.source import Book


@dataclass(frozen=True)
class BookSource(Book):
    """A workbook's names over the cards that the book counts: of one district, or of the province."""

    made_at: str = ""  # when, in words
    members: tuple[GroupMember, ...] = ()

    @cached_property
    def graph(self) -> LinkageGraph:
        """The cards in scope."""
        return self.counted_graph

    @property
    def place_name(self) -> str:
        """The name of the district or province the book is of."""
        if self.scope.district is not None:
            return area_name(self.graph, self.scope.district)
        return str(self.document["meta"].get("province") or "")

    @cached_property
    def period(self) -> tuple[int, int] | None:
        """First and last year of the plan, พ.ศ."""
        years = self.document["meta"].get("plan_period_be") or ()
        return (years[0], years[-1]) if years else None

    def ordered(self, ids: Iterable[str]) -> list[Item]:
        """Items by district, group and number."""
        return [self.graph.nodes[i] for i in sorted(ids, key=self.place)]

    @cached_property
    def unsupported(self) -> list[str]:
        """Issues of the province and goals of the place that no project stands under yet."""
        own = {*self.graph.anchors, *self.graph.items}
        return [goal for goal in self.analyses["unsupported_goals"] if goal in own]

    def owner(self, item: Item) -> str:
        """Whose card it is: the group, else the plan it was given in."""
        return self.group(item) or self.level(item["level"])

    def best_issue(self, item_id: str) -> str | None:
        """The provincial issue the item reaches most strongly."""
        row = self.analyses["coverage_matrix"].get(item_id, {})
        return min(row, key=lambda anchor: (-row[anchor], natural_key(anchor))) if row else None
