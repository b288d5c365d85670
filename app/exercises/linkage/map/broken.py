"""Which boxes of the map get a red ring, and the words that say why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

REASONS: dict[str, Callable[[], str]] = {
    "orphan": lambda: _("ยังไม่มีการเชื่อมขึ้น"),
    "break_point": lambda: _("จุดที่ขาดการเชื่อมโยง"),
    "detached": lambda: _("เชื่อมแล้วแต่ยังไปไม่ถึงแผนจังหวัด"),
}


def broken_items(analyses: Mapping[str, Any]) -> dict[str, str]:
    """Item → why it has a red ring: no link upward, end of a broken way, or on one."""
    orphans = analyses["orphans"]
    found = dict.fromkeys(orphans["detached"], "detached")
    found |= {end: "break_point" for ends in orphans["break_points"].values() for end in ends}
    return found | dict.fromkeys(orphans["all"], "orphan")
