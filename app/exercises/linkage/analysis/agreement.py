"""A12: do reviewers mean the same by a criterion? Krippendorff's alpha for ordered scores.

Read 0.80 and above as good, 0.667 to 0.80 as tentative; below that the criterion's words are unclear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .figures import rounded
from .settings import Exact


def alpha_by_criterion(
    scores: Mapping[str, Mapping[str, Sequence[Exact]]], criteria: Sequence[str]
) -> dict[str, float | None]:
    """Alpha of every criterion, its units being the items; `all` takes every item × criterion as a unit."""
    units = {code: [scores[i].get(code, ()) for i in sorted(scores)] for code in criteria}
    found = {code: ordinal_alpha(units[code]) for code in criteria}
    found["all"] = ordinal_alpha(unit for code in criteria for unit in units[code])
    return found


def ordinal_alpha(units: Iterable[Sequence[Exact]]) -> float | None:
    """Alpha of scores grouped by unit, or None with fewer than two distinct values to compare.

    A unit only one reviewer scored says nothing about agreement and is left out.
    """
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    values = sorted(set().union(*pairable))
    if len(values) < 2:
        return None
    import krippendorff  # here, because it brings numpy, which a web process need not carry

    table = [[unit[value] for value in values] for unit in pairable]
    domain = [float(value) for value in values]
    found = krippendorff.alpha(value_counts=table, value_domain=domain, level_of_measurement="ordinal")
    return rounded(float(found))
