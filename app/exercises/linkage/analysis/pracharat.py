"""A16: how many sectors of society take part in each project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .figures import rate
from .graph import Item, LinkageGraph

BROAD = 3


def pracharat(graph: LinkageGraph) -> dict[str, Any]:
    """Sectors of every project (lead and partners), their mean, and who works alone."""
    sectors = {p: sorted(_sectors(graph.items[p])) for p in graph.projects}
    return {
        "sectors": sectors,
        "mean": rate(sum(map(len, sectors.values())), len(sectors)),
        "share_3plus": rate(sum(len(found) >= BROAD for found in sectors.values()), len(sectors)),
        "single_sector": sorted(p for p, found in sectors.items() if len(found) == 1),
    }


def agencies(item: Item) -> Iterator[Mapping[str, Any]]:
    """The lead agency and the partners."""
    if item.get("lead_agency"):
        yield item["lead_agency"]
    yield from item.get("partners") or ()


def _sectors(item: Item) -> set[str]:
    return {agency["sector"] for agency in agencies(item) if agency.get("sector")}


def agency_load(graph: LinkageGraph) -> list[tuple[str, int]]:
    """Agency → projects it leads, the busiest first."""
    leads = Counter(
        lead["name"] for p in graph.projects if (lead := graph.items[p].get("lead_agency")) and lead.get("name")
    )
    return sorted(leads.items(), key=lambda pair: (-pair[1], pair[0]))
