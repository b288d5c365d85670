"""How fast people come: arrivals minute by minute, for a wall that shows no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.events.models import CheckPoint

from ..ledger import presence

MINUTES = 30
_LATELY = 5


@dataclass(frozen=True)
class Flow:
    """The counts of the last minutes, oldest first; the last one has not ended yet."""

    began: datetime
    counts: Sequence[int]

    @property
    def most(self) -> int:
        return max(self.counts)

    @property
    def busiest(self) -> datetime:
        """The first minute in which the most came."""
        return self.began + timedelta(minutes=self.counts.index(self.most))

    @property
    def lately(self) -> float:
        """People a minute over the last five whole minutes."""
        return sum(self.counts[-_LATELY - 1 : -1]) / _LATELY


def flow(check_point: CheckPoint, now: datetime, minutes: int = MINUTES) -> Flow:
    """Arrivals of the last minutes up to now."""
    began = now.replace(second=0, microsecond=0) - timedelta(minutes=minutes - 1)
    counts = [0] * minutes
    for at in presence.arrivals_since(check_point, began):
        counts[min(minutes - 1, (at - began) // timedelta(minutes=1))] += 1
    return Flow(began, counts)
