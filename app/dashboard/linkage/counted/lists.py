"""Which items each figure counts; a list takes the keys of its figure and answers None when they name nothing."""

from __future__ import annotations

from . import bodies, money, places, reach
from .listed import MakeList

LISTS: dict[str, MakeList] = {
    "coverage": reach.coverage,
    "under": reach.under,
    "level": reach.level,
    "chain": reach.chain,
    "box": reach.box,
    "stage": places.stage,
    "opening": places.opening,
    "crossing": places.crossing,
    "money": money.of_issue,
    "money-district": money.of_district,
    "money-stage": money.of_stage,
    "money-source": money.of_source,
    "year": bodies.year,
    "sector": bodies.sector,
    "broad": bodies.broad,
    "agency": bodies.agency,
    "discuss": bodies.discuss,
}
# Figures counted over every district, whatever the reader narrowed the page to.
WHOLE = frozenset({"coverage"})
