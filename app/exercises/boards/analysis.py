"""What a board shows: counts, how often a card is cited, clusters, the tree's depth, likely repeats. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.exercises.linkage.analysis.similarity import similar_pairs

ALIKE = 0.6  # trigrams shared: likely the same thought in other words


@dataclass(frozen=True)
class Thought:
    """A card as far as the analysis goes."""

    id: str
    slot: str
    text: str
    parent: str | None = None
    cites: tuple[str, ...] = ()
    cluster: str | None = None
    carried: bool = False


@dataclass(frozen=True)
class Node:
    """A card of a tree with those that hang under it."""

    card: Thought
    depth: int
    below: list[Node] = field(default_factory=list)


def cited_by(cards: Iterable[Thought]) -> Counter[str]:
    """How many cards cite each."""
    return Counter(cited for card in cards for cited in card.cites)


def clusters(cards: Iterable[Thought]) -> list[tuple[str, int]]:
    """Each named cluster with its size, the largest first."""
    counted = Counter(card.cluster for card in cards if card.cluster)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def tree(cards: Sequence[Thought]) -> list[Node]:
    """The cards as they hang: those without a parent that exists stand at the top."""
    ids = {card.id for card in cards}
    children: dict[str | None, list[Thought]] = {}
    for card in cards:
        children.setdefault(card.parent if card.parent in ids else None, []).append(card)

    def grow(parent: str | None, depth: int) -> list[Node]:
        return [Node(card, depth, grow(card.id, depth + 1)) for card in children.get(parent, ())]

    return grow(None, 1)


def depth(nodes: Iterable[Node]) -> int:
    """How many levels the deepest branch has."""
    return max((max(node.depth, depth(node.below)) for node in nodes), default=0)


def roots_without_action(cards: Sequence[Thought]) -> list[Thought]:
    """Causes under which no further cause lies and which nobody carried on: where something could be done."""
    above = {card.parent for card in cards if card.slot == "cause"}
    return [card for card in cards if card.slot == "cause" and card.id not in above and not card.carried]


def repeats(cards: Iterable[Thought]) -> dict[str, str]:
    """Card → another it likely repeats."""
    titles: Mapping[str, str] = {card.id: card.text for card in cards}
    return {two: one for one, two, _ in similar_pairs(titles, ALIKE)}
