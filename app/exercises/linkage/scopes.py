"""Which work counts: what a hall sees while groups write, and what a report may build on."""

from __future__ import annotations

from flask_babel import gettext as _

from app.exercises.models import Status

from .analysis import DEFAULT_STATUSES

HANDED_IN = frozenset({*DEFAULT_STATUSES, Status.LOCKED})
WRITING = frozenset({*HANDED_IN, Status.DRAFT, Status.RETURNED})


def scope_words(handed_in: bool) -> str:
    """What is counted, in words."""
    return _("เฉพาะที่ส่งแล้ว") if handed_in else _("ทั้งที่ส่งแล้วและกำลังร่าง")
