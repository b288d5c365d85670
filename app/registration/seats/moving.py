"""A correction may move somebody to another unit, category or part: then the seat is another one."""

from __future__ import annotations

from app.core.errors import RuleBroken

from ..models import Part, Registrant, Standing
from .admitting import full_sentence, note_overstep
from .quotas import read_seats


def seat_of(registrant: Registrant) -> tuple[int, str] | None:
    """Whose seat a person takes, as (unit id, category); None for who takes none."""
    if registrant.standing != Standing.REGISTERED or registrant.part != Part.PARTICIPANT:
        return None
    return registrant.unit_id, registrant.category


def check(registrant: Registrant, before: tuple[int, str] | None, *, oversteps: bool) -> None:
    """Refuse a move to where no seat is left, before it is written; ``before`` is what ``seat_of`` said."""
    after = seat_of(registrant)
    if after is None or after == before:
        return
    seats = read_seats(registrant.event)
    if before is not None:
        seats.give_back(*before)
    full = seats.full(*after)
    if full is None:
        return
    if not oversteps:
        raise RuleBroken(full_sentence(full), "unit")
    note_overstep(registrant, full)
