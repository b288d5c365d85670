"""Reading exercises: which there are, whose group is whose, what was said."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.database import db
from app.events.models import Event
from app.groups.models import Group, Membership
from app.registration.models import Registrant

from .models import Change, Comment, Exercise, Submission


def find_exercise(public_id: str) -> Exercise | None:
    """An exercise by the id in its address, or None."""
    query = select(Exercise).where(Exercise.public_id == public_id).options(joinedload(Exercise.event))
    return db.session.scalar(query)


def exercises_of(event: Event, kind: str = "linkage") -> list[Exercise]:
    """The linkages of an event, or its boards, in the order they were made."""
    query = select(Exercise).where(Exercise.event_id == event.id, Exercise.kind == kind)
    return list(db.session.scalars(query.order_by(Exercise.id)))


def find_submission(exercise: Exercise, group_id: str) -> Submission | None:
    """A group's work by the group's public id, or None."""
    query = (
        select(Submission)
        .join(Submission.group)
        .where(Submission.exercise_id == exercise.id, Group.public_id == group_id)
        .options(joinedload(Submission.group))
    )
    return db.session.scalar(query)


def submission_of(exercise: Exercise, registrant: Registrant) -> Submission | None:
    """The work of the group a registrant sits in, or None when they sit in none of this exercise."""
    found = seat_of(exercise, registrant)
    return found[0] if found is not None else None


def seat_of(exercise: Exercise, registrant: Registrant) -> tuple[Submission, bool] | None:
    """The work of the group a registrant sits in, and whether as its adviser; None when they sit in none."""
    query = (
        select(Submission, Membership.is_adviser)
        .join(Membership, Membership.group_id == Submission.group_id)
        .where(
            Submission.exercise_id == exercise.id,
            Membership.registrant_id == registrant.id,
            Membership.grouping_id == exercise.grouping_id,
        )
        .options(joinedload(Submission.group))
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found is not None else None


def advised_with(seat: Submission) -> list[Submission]:
    """The groups whom the adviser of one may advise: all of the same district, the own one too, by table."""
    query = (
        select(Submission)
        .join(Submission.group)
        .where(Submission.exercise_id == seat.exercise_id, Group.unit_id == seat.group.unit_id)
        .options(joinedload(Submission.group))
        .order_by(Submission.position, Submission.id)
    )
    return list(db.session.scalars(query)) if seat.group.unit_id is not None else [seat]


def exercises_for(registrant: Registrant) -> list[Exercise]:
    """The exercises in which a participant has a group: what their own page links to."""
    query = (
        select(Exercise)
        .join(Submission, Submission.exercise_id == Exercise.id)
        .join(Membership, Membership.group_id == Submission.group_id)
        .where(
            Exercise.event_id == registrant.event_id,
            Membership.registrant_id == registrant.id,
            Membership.grouping_id == Exercise.grouping_id,
        )
        .order_by(Exercise.id)
    )
    return list(db.session.scalars(query))


def submissions_for(exercise: Exercise, guided_by: User | None = None) -> Sequence[Submission]:
    """The groups' work by table number: all, or those a facilitator guides."""
    query = (
        select(Submission)
        .join(Submission.group)
        .where(Submission.exercise_id == exercise.id)
        .options(joinedload(Submission.group).joinedload(Group.facilitator))
        .order_by(Submission.position, Submission.id)
    )
    if guided_by is not None:
        query = query.where(Group.facilitator_id == guided_by.id)
    return db.session.scalars(query).all()


def comments_on(submission: Submission) -> Sequence[Comment]:
    """What facilitators said to a group, newest first."""
    query = (
        select(Comment)
        .where(Comment.submission_id == submission.id)
        .options(joinedload(Comment.user))
        .order_by(Comment.id.desc())
    )
    return db.session.scalars(query).all()


def history_of(exercise: Exercise, entity_id: str) -> Sequence[Change]:
    """Everything that happened to a card, newest first."""
    query = (
        select(Change)
        .where(Change.exercise_id == exercise.id, Change.entity_id == entity_id)
        .options(joinedload(Change.registrant), joinedload(Change.user))
        .order_by(Change.seq.desc())
    )
    return db.session.scalars(query).all()
