"""What a group's phones are given: the cards that changed, the phase, what the facilitator said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.exercises import lifecycle, pen, phases, queries, suggesting, sync
from app.exercises.models import Exercise, Status, Submission
from app.exercises.ops import Author

from ..vocabulary import BUDGET_SOURCES, EVIDENCE_TYPES, SECTORS, STAGES
from . import cards
from .shared_answers import shared
from .suggestion_words import shown_suggestions

Part = dict[str, Any]

CLOSED = (Status.SUBMITTED, Status.PASSED, Status.CONDITIONAL, Status.REJECTED, Status.LOCKED)

CLOSED_WORDS = {
    Status.SUBMITTED: _l("กลุ่มส่งงานแล้ว รอวิทยากรประจำกลุ่มตรวจ"),
    Status.PASSED: _l("งานของกลุ่มได้รับการรับรองแล้ว"),
}
LOCKED_WORDS = _l("ปิดรับการแก้ไขแล้ว")


def state_of(
    exercise: Exercise, submission: Submission, author: Author, since: int = 0, newest: int | None = None
) -> Part:
    """Everything a phone shows its owner; after ``since`` only the cards that changed.

    ``newest`` is the number of the newest change where the caller has just asked for it.
    """
    seq = sync.newest(exercise, submission) if newest is None else newest
    same_for_all = _same_for_all(exercise, submission, since, seq)
    return {
        "seq": seq,
        "now": clock.now().isoformat(),
        "status": submission.status,
        "status_label": str(CLOSED_WORDS.get(submission.status, LOCKED_WORDS)),
        "closed": is_closed(exercise, submission, author),
        "kept_until": kept_until(exercise, author),
        "pen": _pen(exercise, submission, author),
        "hand": submission.hand_raised_at is not None,
        "suggestions": shown_suggestions(exercise, suggesting.open_ones(submission), author),
        **same_for_all,
    }


def _same_for_all(exercise: Exercise, submission: Submission, since: int, seq: int) -> Part:
    """The part that every phone of the table is told alike; kept for the others while they follow."""
    if not since:
        return _work_out(exercise, submission, None)
    key = (exercise.public_id, submission.group.public_id, since, seq)
    return shared(key, lambda: _work_out(exercise, submission, sync.changed_cards(exercise, submission, since)))


def _work_out(exercise: Exercise, submission: Submission, changed: set[tuple[str, str]] | None) -> Part:
    shown = [
        card for entity in ("item", "link") for card in cards.cards_of_group(exercise, submission, entity, changed)
    ]
    if changed is None:
        shown = [card for card in shown if card.deleted_at is None]
    return {
        "phase": _phase(exercise, submission),
        "cards": cards.all_as_json(shown, submission),
        "comments": [_comment(comment) for comment in queries.comments_on(submission)],
    }


def kept_until(exercise: Exercise, author: Author) -> str | None:
    """Until when a member's phone may show the own group's page without the network; None: erase it now.

    A night after the event, or after the last use where a group still writes later; nothing once the exercise is
    closed for all or its plan settled. What the team and advisers open is of many groups and is never kept.
    """
    if author.is_staff or author.is_adviser or exercise.is_locked or exercise.is_final:
        return None
    last = max(exercise.event.last_day, clock.today()) + timedelta(days=1)
    return clock.at_local(last + timedelta(days=1), 0).isoformat()


def is_closed(exercise: Exercise, submission: Submission, author: Author) -> bool:
    """Whether the group's cards are closed, by the facilitator or because they were handed in."""
    if not (exercise.is_locked or submission.is_locked or submission.status in CLOSED):
        return False
    return not (author.is_staff and lifecycle.is_amending(exercise))


def _pen(exercise: Exercise, submission: Submission, author: Author) -> Part:
    return {
        "asked": pen.writing_of(exercise) == pen.SCRIBE or author.is_adviser,
        "adviser": author.is_adviser,
        "name": pen.holder_name(submission),
        "mine": pen.holds(submission, author),
        "writes": pen.may_write(exercise, submission, author),
        "full": pen.is_asked_everything(exercise, submission, author),
    }


def _phase(exercise: Exercise, submission: Submission) -> Part | None:
    now = phases.running(exercise, submission)
    if now is None:
        return None
    return {
        "code": now.phase.code,
        "name": now.phase.name,
        "prompt": now.phase.prompt,
        "number": now.number,
        "count": now.count,
        "ends_at": now.ends_at.isoformat() if now.ends_at else None,
    }


def _comment(comment: Any) -> Part:
    return {
        "id": comment.public_id,
        "card": comment.entity_id,
        "text": comment.text,
        "purpose": comment.purpose,
        "name": comment.user.name if comment.user else "",
        "at": comment.created_at.isoformat(),
        "settled": comment.settled_at is not None,
    }


@dataclass(frozen=True)
class Work:
    """A group's cards as the page without a script shows them."""

    state: Part
    items: dict[str, Part]
    links: list[Part]

    def of_kind(self, kind: str) -> list[Part]:
        """The group's own cards of a kind."""
        return [item for item in self.items.values() if item["kind"] == kind and item["own"]]

    def issues(self, exercise: Exercise) -> list[Part]:
        """What projects are asked about: the issues of the province."""
        anchor = exercise.settings.get("anchor_level") or "PRO"
        kinds = exercise.settings.get("anchor_kinds") or ["issue", "goal"]
        return [i for i in self.items.values() if i["level"] == anchor and i["kind"] in kinds and i["reference"]]

    def answers_to(self, card: Part, issues: list[Part], ranks: dict[str, float]) -> list[Part]:
        """What a card may be said to help: a need's projects; for a project issues, goals, projects above it."""
        linked = {link["target"] for link in self.links_of(card["id"])}
        if card["kind"] == "need":
            found = self.of_kind("project")
        elif card["kind"] == "project":
            rank = ranks.get(card["level"], 0)
            above = [one for one in self.of_kind("project") if ranks.get(one["level"], 0) > rank]
            found = [*issues, *self.of_kind("goal"), *above]
        else:
            found = issues
        return [one for one in found if one["id"] not in linked and one["id"] != card["id"]]

    def links_of(self, item_id: str) -> list[Part]:
        """Links from a card upward."""
        return [link for link in self.links if link["source"] == item_id]

    def links_to(self, item_id: str) -> list[Part]:
        """Links from others to a card."""
        return [link for link in self.links if link["target"] == item_id]

    def comments_on(self, item_id: str) -> list[Part]:
        """What was said of a card and is not settled."""
        return [one for one in self.state["comments"] if one["card"] == item_id and not one["settled"]]


def work_of(exercise: Exercise, submission: Submission, author: Author) -> Work:
    """A group's work for a page."""
    state = state_of(exercise, submission, author)
    items = {card["id"]: card for card in state["cards"] if card["entity"] == "item"}
    return Work(
        state, items, [card for card in state["cards"] if card["entity"] == "link" and not card["deleted"]]
    )


def choices(exercise: Exercise) -> Part:
    """The words the card's form offers."""
    levels = {level["code"]: level.get("label_th") or level["code"] for level in exercise.levels}
    period = exercise.meta.get("plan_period_be") or ()
    year = exercise.meta.get("event_year_be")
    first, last = (period[0], period[-1]) if period else ((year or 2568) + 1, (year or 2568) + 5)
    return {
        "levels": [(code, levels[code]) for code in exercise.form.get("project_levels", ()) if code in levels],
        "years": list(range(first, last + 1)),
        "sources": BUDGET_SOURCES,
        "sectors": SECTORS,
        "stages": STAGES,
        "evidence_types": EVIDENCE_TYPES,
    }
