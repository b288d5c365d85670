"""One measured figure beside what it may be at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """``limit`` and ``measured`` in ``unit``; smaller is better."""

    name: str
    limit: float
    measured: float
    unit: str

    @property
    def ratio(self) -> float:
        """How much of the limit was used: at most 1 is kept."""
        return self.measured / self.limit if self.limit else 0.0


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """How long the work takes: the median of several times."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)
