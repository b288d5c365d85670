"""A11: screening scores, their bands, and where the reviewers should talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .agreement import alpha_by_criterion
from .figures import rounded
from .graph import LinkageGraph
from .settings import Exact, Screening, exact

# item → criterion → the scores its reviewers gave, without those left out
Scores = dict[str, dict[str, list[Exact]]]


def screening(graph: LinkageGraph) -> dict[str, Any]:
    """Every reviewed item with its means, score of 100 and band; and the reviewers' agreement."""
    scores = scores_given(graph)
    reviewers = _reviewers(graph)
    return {
        "items": {
            item_id: {"reviewers": reviewers[item_id], **judge(graph.settings.screening, scores[item_id])}
            for item_id in sorted(scores)
        },
        "alpha_ordinal": alpha_by_criterion(scores, [c.code for c in graph.settings.screening.criteria]),
    }


def scores_given(graph: LinkageGraph) -> Scores:
    """Scores by item and criterion of the items in scope; a criterion a reviewer left out is missing."""
    given: Scores = {}
    for review in graph.reviews:
        if review["item"] not in graph.items:
            continue
        by_criterion = given.setdefault(review["item"], defaultdict(list))
        for code, score in (review.get("scores") or {}).items():
            if score is not None:
                by_criterion[code].append(exact(score))
    return given


def _reviewers(graph: LinkageGraph) -> dict[str, int]:
    people: dict[str, set[str]] = defaultdict(set)
    for review in graph.reviews:
        people[review["item"]].add(review["reviewer"])
    return {item_id: len(names) for item_id, names in people.items()}


def judge(settings: Screening, scores: Mapping[str, list[Exact]]) -> dict[str, Any]:
    """Means, score, band and criteria to discuss for one item; no score at all gives None for both."""
    means = {c.code: _mean(scores[c.code]) for c in settings.criteria if scores.get(c.code)}
    score = total_score(settings, means)
    return {
        "mean": {code: rounded(mean) for code, mean in means.items()},
        "score": None if score is None else rounded(score, 2),
        "band": None if score is None else band(settings, score),
        "discuss": [c for c in means if max(scores[c]) - min(scores[c]) >= settings.discuss_range],
    }


def total_score(settings: Screening, means: Mapping[str, Fraction]) -> Fraction | None:
    """100 · Σ w·mean / (max · Σ w) over the criteria that anyone scored; None when nobody did."""
    scored = [c for c in settings.criteria if c.code in means]
    full = settings.scale_max * sum(c.weight for c in scored)
    points = sum((c.weight * means[c.code] for c in scored), Fraction(0))
    return 100 * points / full if full else None


def _mean(scores: list[Exact]) -> Fraction:
    return Fraction(sum(scores), len(scores))


def band(settings: Screening, score: Fraction) -> str:
    """`pass`, `revise` or `fail`, judged on the exact score, not the rounded one."""
    if score >= settings.pass_from:
        return "pass"
    return "revise" if score >= settings.revise_from else "fail"
