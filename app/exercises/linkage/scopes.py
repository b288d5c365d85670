"""Which work counts: what a hall sees while groups write, and what a report may build on."""

from __future__ import annotations

from app.exercises.models import Status

from .analysis import DEFAULT_STATUSES

HANDED_IN = frozenset({*DEFAULT_STATUSES, Status.LOCKED})
WRITING = frozenset({*HANDED_IN, Status.DRAFT, Status.RETURNED})
