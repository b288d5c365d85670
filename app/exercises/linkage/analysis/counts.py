"""How much there is: group items, their links, levels and kinds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .graph import LinkageGraph, is_reference


def counts(graph: LinkageGraph) -> dict[str, Any]:
    """Sizes of the exercise. Levels and link types nobody used are left out."""
    by_level = Counter(item["level"] for item in graph.items.values())
    by_type = Counter(link["type"] for link in graph.group_links)
    return {
        "items": len(graph.items),
        "links": len(graph.group_links),
        "reference_items": sum(map(is_reference, graph.nodes.values())),
        "projects": len(graph.projects),
        "needs": len(graph.needs),
        "anchors": len(graph.anchors),
        "by_level": {code: by_level[code] for code in sorted(by_level, key=lambda c: (graph.ranks[c], c))},
        "links_by_type": dict(sorted(by_type.items())),
    }
