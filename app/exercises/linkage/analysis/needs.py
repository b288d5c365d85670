"""A7: projects that answer no need."""

from __future__ import annotations

from .graph import LinkageGraph


def projects_without_need(graph: LinkageGraph) -> list[str]:
    """Projects with no need among what leads to them."""
    return [p for p in graph.projects if not any(_is_need(graph, i) for i in graph.ancestors(p))]


def _is_need(graph: LinkageGraph, item_id: str) -> bool:
    return graph.nodes[item_id]["kind"] == "need"
