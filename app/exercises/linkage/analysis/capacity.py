"""A6: projects beyond their owner's capacity that nobody has passed on."""

from __future__ import annotations

from .graph import LinkageGraph


def beyond_capacity_not_escalated(graph: LinkageGraph) -> list[str]:
    """Items marked เกินศักยภาพ without a link that sends them for plan coordination."""
    escalated = {link["source"] for link in graph.links if link["type"] == "escalated_to"}
    return sorted(i for i, item in graph.items.items() if item.get("beyond_capacity") and i not in escalated)
