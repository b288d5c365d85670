"""A closed round's result in words, for the pages of the team, the phones and the hall."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from . import rounds
from .models import Method, VoteRound
from .tally import AXES

AXIS_WORDS = {"impact": _l("ผลกระทบ"), "ease": _l("ความเป็นไปได้")}
CORNERS = {
    "do": _l("ทำก่อน"),
    "plan": _l("สำคัญ แต่ต้องเตรียมการ"),
    "easy": _l("ทำได้ง่าย ผลไม่มาก"),
    "wait": _l("รอไว้ก่อน"),
}


def axis_words(vote: VoteRound) -> list[tuple[str, Any]]:
    """The criteria or axes of a scored vote by code; none for points."""
    if vote.method == Method.MATRIX:
        return [(axis, AXIS_WORDS[axis]) for axis in AXES]
    return [(row["code"], row["th"]) for row in vote.settings.get("criteria", ())]


def results_of(vote: VoteRound) -> dict[str, Any]:
    """Rows with their items, the largest values for bars, the turnout, and the four corners."""
    items = {option.item.public_id: option.item for option in vote.options}
    rows = rounds.results(vote)
    return {
        "rows": [(row, items[row.item]) for row in rows],
        "most": max((row.raw for row in rows), default=0),
        "most_equal": max((row.equal for row in rows), default=0),
        "turnout": rounds.turnout(vote),
        "by_corner": {
            corner: [(row, items[row.item]) for row in rows if row.corner == corner] for corner in CORNERS
        },
    }
