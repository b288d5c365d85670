"""The group's pen: while somebody holds it the others suggest; else, or in an open exercise, everybody writes.

The setting is the exercise's: ``form["writing"]`` is "scribe" (the usual) or "everyone".
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.core import clock
from app.core.errors import RuleBroken
from app.registration.models import Registrant

from . import lifecycle
from .models import Exercise, Submission
from .ops import Author

SCRIBE, EVERYONE = "scribe", "everyone"

# Words in a person's category or position that mean: a voice of the village, asked four questions and no more.
VILLAGE_WORDS = ("ฝ่ายปกครองท้องที่", "กำนัน", "ผู้ใหญ่บ้าน", "ภาคประชาชน", "ผู้แทนหมู่บ้าน", "ผู้นำชุมชน", "อสม.")


ADVISERS_SUGGEST = _l("ที่ปรึกษาเสนอความเห็นได้ทุกโต๊ะในอำเภอ แต่ไม่เป็นผู้บันทึกและไม่ส่งงานแทนกลุ่ม")


def writing_of(exercise: Exercise) -> str:
    """Whether the exercise knows a scribe, or everyone edits."""
    return EVERYONE if exercise.form.get("writing") == EVERYONE else SCRIBE


def set_writing(exercise: Exercise, writing: str, user: User) -> None:
    """Let groups have a scribe, or let everyone edit; pens are kept for when they count again."""
    if writing not in (SCRIBE, EVERYONE):
        raise RuleBroken(_l("โปรดเลือกว่าให้มีผู้บันทึกหรือให้ทุกคนแก้ได้"))
    lifecycle.lock(exercise)
    exercise.form = {**exercise.form, "writing": writing}
    _note(exercise, None, "writing", Author(user=user), after={"writing": writing})


def holder_name(submission: Submission) -> str:
    """Who holds the pen, as the others know them; empty when nobody does."""
    if submission.scribe is not None:
        return submission.scribe.full_name
    return submission.scribe_user.name if submission.scribe_user is not None else ""


def is_held(exercise: Exercise, submission: Submission) -> bool:
    """Whether one person writes and the others suggest."""
    return writing_of(exercise) == SCRIBE and bool(submission.scribe_id or submission.scribe_user_id)


def holds(submission: Submission, author: Author) -> bool:
    """Whether this is the one who holds the pen."""
    if author.registrant is not None:
        return submission.scribe_id == author.registrant.id
    return author.user is not None and submission.scribe_user_id == author.user.id


def may_write(exercise: Exercise, submission: Submission, author: Author) -> bool:
    """Whether what somebody writes is taken at once; the team's always is, an adviser's never."""
    if author.is_adviser:
        return False
    return author.is_staff or not is_held(exercise, submission) or holds(submission, author)


def is_asked_everything(exercise: Exercise, submission: Submission, author: Author) -> bool:
    """Whether a phone asks for agencies, budgets and evidence too.

    The scribe and the team are asked all; while there is no scribe, everybody but the voices of the villages.
    """
    if author.is_staff or author.is_adviser or holds(submission, author):
        return True
    return not is_held(exercise, submission) and not is_village(exercise, author.registrant)


def is_village(exercise: Exercise, person: Registrant | None) -> bool:
    """Whether somebody speaks for a village, by the words of their category and position."""
    words = exercise.form.get("short_for", VILLAGE_WORDS)
    said = f"{person.category} {person.position}" if person is not None else ""
    return any(word in said for word in words)


def take(exercise: Exercise, submission: Submission, author: Author) -> None:
    """Take the pen, from whoever holds it: a battery may be dead. The history says so."""
    if author.is_adviser:
        raise RuleBroken(ADVISERS_SUGGEST)
    lifecycle.lock(exercise, submission)
    if holds(submission, author):
        return
    submission.scribe_id = author.registrant.id if author.registrant else None
    submission.scribe_user_id = author.user.id if author.user else None
    _note(exercise, submission, "pen", author)


def lay_down(exercise: Exercise, submission: Submission, author: Author) -> None:
    """Give the pen back to the table: only its holder or the team may."""
    lifecycle.lock(exercise, submission)
    if not (author.is_staff or holds(submission, author)):
        raise RuleBroken(_l("ท่านไม่ได้เป็นผู้บันทึกของกลุ่ม"))
    submission.scribe_id = submission.scribe_user_id = None
    _note(exercise, submission, "pen_down", author)


def raise_hand(exercise: Exercise, submission: Submission, raised: bool, author: Author) -> None:
    """Ask the group's facilitator to come, or say that it is done."""
    lifecycle.lock(exercise, submission)
    submission.hand_raised_at = (submission.hand_raised_at or clock.now()) if raised else None
    _note(exercise, submission, "hand" if raised else "hand_down", author)


def _note(exercise: Exercise, submission: Submission | None, action: str, author: Author, **facts: object) -> None:
    lifecycle.note(
        exercise,
        submission,
        action,
        entity="submission" if submission is not None else "exercise",
        entity_id=submission.group.public_id if submission is not None else exercise.public_id,
        registrant=author.registrant,
        user=author.user,
        **facts,
    )
    lifecycle.moved(exercise, submission)
