"""A9: projects of different groups that may be one project. A list for a person to decide, never a merge."""

from __future__ import annotations

from typing import Any

from .coverage import Matrix
from .figures import rounded
from .graph import LinkageGraph
from .similarity import similar_pairs

DUPLICATE = "likely_duplicate"
OTHER_AREA = "same_type_other_area"


def overlap(graph: LinkageGraph) -> list[dict[str, Any]]:
    """Pairs with alike titles, most alike first: `flag`, or `watch` when chain and stage agree too."""
    settings = graph.settings
    titles = {i: title(graph.items[i]) for i in graph.projects}
    groups = {i: graph.items[i].get("group") for i in graph.projects}
    floor = min(settings.flag_from, settings.watch_from)
    found = [
        (alike, a, b)
        for a, b, alike in similar_pairs(titles, floor)
        if groups[a] != groups[b] and (alike >= settings.flag_from or same_chain_stage(graph, a, b))
    ]
    return [_pair(graph, a, b, alike) for alike, a, b in sorted(found, key=lambda f: (-f[0], f[1], f[2]))]


def _pair(graph: LinkageGraph, a: str, b: str, alike: float) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "dice": rounded(alike),
        "same_chain_stage": same_chain_stage(graph, a, b),
        "level": "flag" if alike >= graph.settings.flag_from else "watch",
        "cls": DUPLICATE if share_area(graph, a, b) else OTHER_AREA,
    }


def title(item: Any) -> str:
    """The item's title in the language it was written in."""
    return item.get("title_th") or item.get("title") or item.get("title_en") or ""


def same_chain_stage(graph: LinkageGraph, a: str, b: str) -> bool:
    """Whether both stand on one stage of one chain."""
    return not graph.chain_stages(a).isdisjoint(graph.chain_stages(b))


def share_area(graph: LinkageGraph, a: str, b: str) -> bool:
    """Whether the two may meet on the ground: a common area, or one of them names none."""
    one, other = graph.areas(a), graph.areas(b)
    return not one or not other or not one.isdisjoint(other)


def paraphrase_candidates(
    graph: LinkageGraph, matrix: Matrix, alike_pairs: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    """Differently worded pairs of different groups: same best issue, same area, same kind of lead agency.

    Trigrams miss a true paraphrase, so facilitators get this second list, without the pairs that `overlap` found.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for project in graph.projects:
        row = matrix.get(project, {})
        sector = (graph.items[project].get("lead_agency") or {}).get("sector")
        if row and sector:
            best = min(row, key=lambda anchor: (-row[anchor], anchor))
            alike.setdefault((best, sector), []).append(project)
    flagged = {(pair["a"], pair["b"]) for pair in alike_pairs}
    return sorted(
        (a, b)
        for members in alike.values()
        for n, a in enumerate(members)
        for b in members[n + 1 :]
        if graph.items[a].get("group") != graph.items[b].get("group")
        and not graph.areas(a).isdisjoint(graph.areas(b))
        and (a, b) not in flagged
    )
