"""Who is on no list yet: whether this check-point would take them, asked before they are written on the list."""

from __future__ import annotations

from app.core import clock
from app.core.errors import RuleBroken

from ..devices.doors import Meeting
from ..ledger import sentences
from ..ledger.deciding import Attempt, Verdict
from ..ledger.hours import why_shut


class KeptOut(RuleBroken):
    """The check-point takes no newcomer; ``verdict`` is what somebody on the list would be told."""

    def __init__(self, verdict: Verdict) -> None:
        said = verdict.words or sentences.REFUSALS[verdict.reason]
        super().__init__(" ".join(str(sentence) for sentence in said))
        self.verdict = verdict


def check(event: Meeting, attempt: Attempt, unit_id: str, category: str = "") -> None:
    """Raise ``KeptOut`` where the ledger would refuse a person of this unit (public id) and category.

    Whom a phone without a network has let in is written down all the same; the review list has the rest.
    """
    if attempt.check_point is None or attempt.is_offline:
        return
    if not attempt.check_point.admits(unit_id, category):
        raise KeptOut(Verdict("refused", "not_registered_here", words=sentences.NOT_MEANT))
    at = attempt.moment(event, clock.now())
    reason = why_shut(attempt.check_point, at)
    if reason:
        raise KeptOut(Verdict("refused", reason))
