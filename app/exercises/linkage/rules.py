"""What may be written, what may be handed in, and what deserves a yellow mark. Pure: no database, no Flask.

Three strengths: a *block* refuses the save, the *submit gate* refuses handing in, a *warning* is shown and
counted and stops nothing. A link without a reason warns; links of reference items are exempt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .analysis.graph import STAGES, is_reference
from .analysis.settings import UPWARD_LINK_TYPES
from .rule_tables import FACILITATOR_ONLY, KIND_LEVELS, LINK_RULES, SYMMETRIC, Climb, LinkRule

Item = Mapping[str, Any]
Link = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code, whom it concerns, and the words its sentence needs."""

    code: str
    item: str | None = None
    link: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


# -- one item ----------------------------------------------------------------------------------------


def check_item(item: Item) -> list[Problem]:
    """What refuses the save of one item."""
    problems = []
    if not title_of(item).strip():
        problems.append(Problem("title_empty", item["id"]))
    levels = KIND_LEVELS.get(item["kind"])
    if levels is None:
        problems.append(Problem("kind_unknown", item["id"], params={"kind": item["kind"]}))
    elif item["level"] not in levels and not is_reference(item):
        params = {"kind": item["kind"], "level": item["level"]}
        problems.append(Problem("kind_not_on_level", item["id"], params=params))
    if any((line.get("amount") or 0) < 0 for line in item.get("budget") or ()):
        problems.append(Problem("budget_negative", item["id"]))
    return problems


def title_of(item: Item) -> str:
    """The title in the language it was written in."""
    return item.get("title_th") or item.get("title") or item.get("title_en") or ""


# -- one link ----------------------------------------------------------------------------------------


def check_link(
    source: Item,
    target: Item,
    link_type: str,
    levels: Mapping[str, int],
    existing_links: Iterable[Link],
    *,
    titles: Mapping[str, str] | None = None,
    link_id: str | None = None,
    by_facilitator: bool = False,
    upward_types: Iterable[str] = UPWARD_LINK_TYPES,
) -> Problem | None:
    """Why this link may not be drawn, or None.

    `levels` maps level codes to ranks. `link_id` is the link being changed, which is then not compared
    with itself. `titles` names the items on the path when the link would close a circle.
    """
    others = [link for link in existing_links if link_id is None or link.get("id") != link_id]
    code, params = _wrong_pair(source, target, link_type, levels, by_facilitator)
    if code is None and _exists(source["id"], target["id"], link_type, others):
        code = "link_repeated"
    if code is None and link_type in set(upward_types):
        path = cycle_path(source["id"], target["id"], others, upward_types)
        if path:
            known = {source["id"]: title_of(source), target["id"]: title_of(target), **(titles or {})}
            code, params = "cycle", {"path": path, "titles": [known.get(i, i) for i in path]}
    return None if code is None else _link_problem(code, source, target, link_type, link_id, params)


def _wrong_pair(
    source: Item, target: Item, link_type: str, levels: Mapping[str, int], by_facilitator: bool
) -> tuple[str | None, dict[str, Any]]:
    rules = LINK_RULES.get(link_type)
    if rules is None:
        return "link_type_unknown", {}
    if source["id"] == target["id"]:
        return "link_to_itself", {}
    if link_type in FACILITATOR_ONLY and not by_facilitator:
        return "facilitator_only", {}
    fitting = [rule for rule in rules if source["kind"] in rule.sources and target["kind"] in rule.targets]
    if not fitting:
        return "kinds_do_not_join", {"source_kind": source["kind"], "target_kind": target["kind"]}
    if not any(_levels_fit(rule, source["level"], target["level"], levels) for rule in fitting):
        return "levels_do_not_join", {"source_level": source["level"], "target_level": target["level"]}
    if link_type == "feeds" and not feed_steps(source, target) & {0, 1}:
        return "stages_do_not_follow", {}
    return None, {}


def _levels_fit(rule: LinkRule, source: str, target: str, levels: Mapping[str, int]) -> bool:
    if rule.source_levels is not None and source not in rule.source_levels:
        return False
    if rule.target_levels is not None and target not in rule.target_levels:
        return False
    rise = levels[target] - levels[source]
    fits = {Climb.ANY: True, Climb.SAME: rise == 0, Climb.NOT_DOWN: rise >= 0, Climb.UP: rise > 0}
    return fits[rule.climb]


def _exists(source: str, target: str, link_type: str, links: Sequence[Link]) -> bool:
    ends = [(source, target)] + ([(target, source)] if link_type in SYMMETRIC else [])
    return any(link["type"] == link_type and (link["source"], link["target"]) in ends for link in links)


def link_ends(source: str, target: str, link_type: str) -> tuple[str, str]:
    """The order to store the ends in: a link that has no direction keeps the smaller id first."""
    return (target, source) if link_type in SYMMETRIC and target < source else (source, target)


def feed_steps(source: Item, target: Item) -> set[int]:
    """How many stages the target lies after the source, for every chain they share."""
    order = {stage: n for n, stage in enumerate(STAGES)}
    return {
        order[late] - order[early]
        for chain, early in chain_pairs(source)
        for other, late in chain_pairs(target)
        if chain == other and early in order and late in order
    }


def chain_pairs(item: Item) -> set[tuple[Any, Any]]:
    """(chain, stage) pairs of an item, either missing part being None."""
    pairs = {(pair.get("chain"), pair.get("stage")) for pair in item.get("chains") or ()}
    if item.get("chain") or item.get("stage"):
        pairs.add((item.get("chain"), item.get("stage")))
    return pairs


def cycle_path(
    source: str, target: str, links: Iterable[Link], upward_types: Iterable[str] = UPWARD_LINK_TYPES
) -> list[str]:
    """The circle that source → target would close, from source back to source; empty when there is none."""
    types = set(upward_types)
    up: dict[str, set[str]] = {}
    for link in links:
        if link["type"] in types:
            up.setdefault(link["source"], set()).add(link["target"])
    return _closed_circle(up, source, target)


def _closed_circle(up: Mapping[str, set[str]], source: str, target: str) -> list[str]:
    """The shortest way from target back to source, with source in front of it."""
    came: dict[str, str | None] = {target: None}
    queue = [target]
    for here in queue:
        for there in sorted(up.get(here, ())):
            if there not in came:
                came[there] = here
                queue.append(there)
    if source not in came:
        return []
    back: list[str] = []
    step: str | None = source
    while step is not None:
        back.append(step)
        step = came[step]
    return [source, *reversed(back)]


# -- a whole document --------------------------------------------------------------------------------


def block_problems(document: Mapping[str, Any]) -> list[Problem]:
    """Everything in a document that could not have been saved card by card, in the order it stands."""
    problems = [problem for item in document["items"] for problem in check_item(item)]
    return problems + _link_blocks(document)


def _link_blocks(document: Mapping[str, Any]) -> list[Problem]:
    items = {item["id"]: item for item in document["items"]}
    levels = {level["code"]: level["rank"] for level in document["levels"]}
    upward = set((document.get("settings") or {}).get("upward_link_types") or UPWARD_LINK_TYPES)
    seen: set[tuple[str, str, str]] = set()
    up: dict[str, set[str]] = {}
    problems = []
    for link in document["links"]:
        source, target, link_type = items[link["source"]], items[link["target"]], link["type"]
        ends = (*link_ends(link["source"], link["target"], link_type), link_type)
        code, params = (None, {}) if is_reference(source) else _wrong_pair(source, target, link_type, levels, True)
        if code is None and ends in seen:
            code = "link_repeated"
        if code is None and link_type in upward:
            path = _closed_circle(up, source["id"], target["id"])
            if path:
                code, params = "cycle", {"path": path, "titles": [title_of(items[i]) for i in path]}
            else:
                up.setdefault(source["id"], set()).add(target["id"])
        seen.add(ends)
        if code:
            problems.append(_link_problem(code, source, target, link_type, link["id"], params))
    return problems


def _link_problem(
    code: str, source: Item, target: Item, link_type: str, link_id: str | None, params: Mapping[str, Any]
) -> Problem:
    names = {"source": source["id"], "target": target["id"], "type": link_type}
    titles = {"source_title": title_of(source), "target_title": title_of(target)}
    return Problem(code, source["id"], link_id, {**names, **titles, **params})
