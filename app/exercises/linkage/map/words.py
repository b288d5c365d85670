"""The words both drawings use for levels and places."""

from __future__ import annotations

from ..analysis import LinkageGraph
from ..vocabulary import LEVELS


def level_label(graph: LinkageGraph, level: str) -> str:
    """The exercise's own name of the level."""
    return graph.level_labels.get(level) or str(LEVELS.get(level, level))


def area_name(graph: LinkageGraph, code: str) -> str:
    """The area's name, its code when it has none."""
    return (graph.area_records.get(code) or {}).get("th") or code
