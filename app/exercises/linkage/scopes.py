"""Which work counts: what a hall sees while groups write, and what a report may build on."""

from __future__ import annotations

from flask_babel import gettext as _

from app.exercises.models import Status

from .analysis import DEFAULT_STATUSES

HANDED_IN = frozenset({*DEFAULT_STATUSES, Status.LOCKED})
WRITING = frozenset({*HANDED_IN, Status.DRAFT, Status.RETURNED})
PASSED = frozenset({Status.PASSED, Status.CONDITIONAL, Status.LOCKED})
# As a page's address names them.
STATUSES_BY_NAME = {"": WRITING, "handed-in": HANDED_IN, "passed": PASSED}


def scope_names() -> dict[str, str]:
    """Every choice of what to count, in words."""
    return {
        "": _("ทั้งที่ส่งแล้วและกำลังร่าง"),
        "handed-in": _("เฉพาะที่ส่งแล้ว"),
        "passed": _("เฉพาะที่ผ่านการกลั่นกรอง"),
    }


def scope_words(handed_in: bool) -> str:
    """What is counted, in words."""
    return scope_names()["handed-in" if handed_in else ""]
