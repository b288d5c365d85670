"""Beginning a review: a new exercise with the former one's frame, and a list of everything to decide on."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.formatting import buddhist_year
from app.core.text import clean_text
from app.database import db
from app.events.models import Event, Role, TeamMember
from app.exercises import lifecycle
from app.exercises.linkage import starting
from app.exercises.linkage.following.models import FollowUp
from app.exercises.linkage.following.reporting import WORDS, latest_of
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Phase, Status, Submission
from app.groups.models import Grouping

from ..document import rows
from ..document.storing import chains_of, live_items, live_links
from .models import FormerItem, ReviewRound

LONGEST_NAME = 200


def former_exercises(event: Event, user: User) -> list[Exercise]:
    """Plans that this person may review here: of this event, and of every event they organise."""
    query = select(Exercise).where(Exercise.kind == "linkage").order_by(Exercise.id.desc())
    if not user.is_administrator:
        roles = (Role.OWNER, Role.ORGANISER)
        own = select(TeamMember.event_id).where(TeamMember.user_id == user.id, TeamMember.role.in_(roles))
        query = query.where((Exercise.event_id == event.id) | Exercise.event_id.in_(own))
    return list(db.session.scalars(query))


def begin(event: Event, grouping: Grouping | None, former: Exercise, name: str, user: User) -> Exercise:
    """A new exercise for the tables in force. What is given is copied; what groups wrote waits for a word."""
    title = clean_text(name) or str(_l("ทบทวน %(name)s", name=former.name))
    if grouping is None or not grouping.groups:
        raise RuleBroken(_l("ยังไม่มีกลุ่ม โปรดจัดกลุ่มก่อนเริ่มกิจกรรม"))
    if len(title) > LONGEST_NAME:
        raise RuleBroken(_l("ชื่อยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NAME), "name")
    exercise = Exercise(
        event=event,
        grouping=grouping,
        template=former.template,
        name=title,
        meta={**former.meta, "event_year_be": buddhist_year(event.first_day), "event": event.name},
        settings=former.settings,
        levels=former.levels,
        areas=former.areas,
        form=former.form,
    )
    db.session.add(exercise)
    db.session.flush()
    db.session.add_all(
        Phase(
            exercise_id=exercise.id,
            position=phase.position,
            code=phase.code,
            name=phase.name,
            minutes=phase.minutes,
            prompt=phase.prompt,
        )
        for phase in former.phases
    )
    starting.add_groups(exercise)
    _copy_frame(exercise, former)
    count = _list_items(exercise, former)
    db.session.add(ReviewRound(exercise_id=exercise.id, former_id=former.id, former_name=former.name))
    lifecycle.note(exercise, None, "start", entity="exercise", entity_id=exercise.public_id, user=user)
    record(user, event, "exercise.review_started", exercise, former=former.id, items=count)
    lifecycle.moved(exercise)
    return exercise


def _copy_frame(exercise: Exercise, former: Exercise) -> None:
    """Chains, the items given from above, and the links among them."""
    db.session.add_all(
        rows.chain_row(rows.chain_part(chain), exercise.id, chain.position) for chain in chains_of(former)
    )
    given = {
        item.code: rows.item_row(rows.item_part(item), exercise.id, None, item.position)
        for item in live_items(former)
        if item.is_reference
    }
    db.session.add_all(given.values())
    db.session.add_all(
        rows.link_row(rows.link_part(link), given, exercise.id, link.position)
        for link in live_links(former)
        if link.source.code in given and link.target.code in given
    )
    db.session.flush()


def _list_items(exercise: Exercise, former: Exercise) -> int:
    """Everything that stood in the former plan; merged and rejected items did not."""
    gone = (Status.MERGED, Status.REJECTED)
    standing = [item for item in live_items(former) if not item.is_reference and item.status not in gone]
    places = _Places(exercise)
    follow_ups = _follow_ups(former)
    listed = [
        FormerItem(
            exercise_id=exercise.id,
            submission=places.of(item),
            former_item_id=item.id,
            code=item.code,
            kind=item.kind,
            title=item.shown_title,
            group_name=item.submission.name if item.submission else "",
            position=position,
            **_known(follow_ups.get(item.id)),
        )
        for position, item in enumerate(standing)
    ]
    db.session.add_all(listed)
    db.session.flush()
    return len(listed)


def _follow_ups(former: Exercise) -> dict[int, FollowUp]:
    query = select(FollowUp).where(FollowUp.exercise_id == former.id)
    return {follow_up.item_id: follow_up for follow_up in db.session.scalars(query)}


def _known(follow_up: FollowUp | None) -> dict[str, Any]:
    """What was last reported of a project, to begin from; the fate is for people to say."""
    last = latest_of(follow_up) if follow_up is not None else None
    if last is None:
        return {}
    with force_locale("th"):
        words = f"{WORDS[last.status]} {last.percent}%"
    return {"result": f"{words} · {last.note}" if last.note else words, "year_be": buddhist_year(last.at)}


class _Places:
    """Which of the new groups decides on an item: the one of the same name, else the first of its district."""

    def __init__(self, exercise: Exercise) -> None:
        self.by_name = {submission.name: submission for submission in exercise.submissions}
        self.by_district: dict[str, Submission] = {}
        for submission in exercise.submissions:
            if submission.district:
                self.by_district.setdefault(submission.district, submission)

    def of(self, item: PlanItem) -> Submission | None:
        """The group, or None: then the team decides."""
        if item.submission is not None:
            same = self.by_name.get(item.submission.name)
            return same or self.by_district.get(item.submission.district or "")
        codes = [row.code for row in item.areas]
        return next((self.by_district[code] for code in codes if code in self.by_district), None)
