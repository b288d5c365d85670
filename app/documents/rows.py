"""From the database to the plain rows that documents are drawn from, in the order they are printed.

What is printed for one check-point has a file of its own (check_point_rows.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.addresses import base_url
from app.core.formatting import thai_date_range
from app.core.languages import language
from app.database import db
from app.events.models import Event, Unit
from app.exercises.linkage.document.storing import live_items
from app.exercises.linkage.starting import issues_of
from app.exercises.linkage.workbook.making import GroupMember
from app.exercises.models import Exercise, Submission
from app.exercises.queries import submissions_for
from app.exercises.templates_data import default_form
from app.groups.models import Group, Membership
from app.groups.queries import current_grouping, groups_of
from app.registration.importing.labels import QUESTION
from app.registration.links import ticket_link
from app.registration.models import Registrant
from app.registration.queries import taking_part
from app.registration.questions.answering import answers_by_person, questions_of
from app.registration.questions.forms import shown_value

from .shapes import BadgeEvent, BadgePerson, GroupSheet, TableSign

# The sample lists' columns in their order, then the ticket code: what comes out can go in again.
REGISTRANT_HEADER = (
    *("คำนำหน้า", "ชื่อ", "นามสกุล", "ตำแหน่ง", "หน่วยงาน", "ประเภท", "อำเภอ", "โทรศัพท์", "อีเมล", "อาหาร"),
    "รหัสบัตร",
)


@dataclass(frozen=True)
class AnswerColumns:
    """The organiser's own questions as columns: their headings, and registrant id → what each answered."""

    headings: list[str]
    answers: dict[int, list[str]]

    def of(self, person: Registrant) -> list[str]:
        """What a person answered, a text for each heading."""
        return self.answers.get(person.id, [""] * len(self.headings))


def answer_columns(event: Event, *, with_sensitive: bool = False) -> AnswerColumns:
    """What people answered, as it is read; questions that can reveal religion or health only when asked for."""
    questions = [one for one in questions_of(event) if with_sensitive or not one.is_sensitive]
    by_person = answers_by_person(event, questions) if questions else {}
    answers = {
        person: [shown_value(one, values[one.id], language()) if one.id in values else "" for one in questions]
        for person, values in by_person.items()
    }
    return AnswerColumns([f"{QUESTION}{one.label}" for one in questions], answers)


def registrants(event: Event, unit: Unit | None = None, only: Registrant | None = None) -> list[Registrant]:
    """Who takes part, by unit and then by name as Thai lists are sorted."""
    query = (
        select(Registrant)
        .join(Registrant.unit)
        .where(Registrant.event_id == event.id, *taking_part())
        .options(joinedload(Registrant.unit))
        .order_by(Unit.position, Registrant.sort_key, Registrant.id)
    )
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    if only is not None:
        query = query.where(Registrant.id == only.id)
    return list(db.session.scalars(query))


def registrant_rows(people: Iterable[Registrant], *, with_sensitive: bool = False) -> list[list[str]]:
    """The list as rows under REGISTRANT_HEADER; food stays empty unless asked for."""
    return [
        [
            person.title,
            person.first_name,
            person.last_name,
            person.position,
            person.organisation,
            person.category,
            person.unit.name,
            person.phone,
            person.email,
            person.food if with_sensitive else "",
            person.ticket_code,
        ]
        for person in people
    ]


def number(event: Event, unit: Unit | None = None) -> int:
    """How many take part, counted by the database."""
    query = select(func.count(Registrant.id)).where(Registrant.event_id == event.id, *taking_part())
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    return db.session.scalar(query) or 0


def badge_event(event: Event) -> BadgeEvent:
    """What stands on every badge."""
    return BadgeEvent(event.name, thai_date_range(event.first_day, event.last_day))


def badge_people(event: Event, people: Sequence[Registrant]) -> list[BadgePerson]:
    """A badge for each person, with the group and table where they sit."""
    tables = groups_by_registrant(event)
    return [_badge(person, tables.get(person.id)) for person in people]


def _badge(person: Registrant, group: Group | None) -> BadgePerson:
    return BadgePerson(
        name=person.full_name,
        payload=ticket_link(person),
        ticket_code=person.ticket_code,
        position=person.position,
        organisation=person.organisation,
        unit=person.unit.name,
        group=group.name if group else "",
        table=str(group.number) if group else "",
        reference=person.public_id,
    )


def groups_by_registrant(event: Event) -> dict[int, Group]:
    """Registrant id → where that person sits in the grouping in force."""
    grouping = current_grouping(event)
    if grouping is None:
        return {}
    seats = select(Membership).where(Membership.grouping_id == grouping.id).options(joinedload(Membership.group))
    return {seat.registrant_id: seat.group for seat in db.session.scalars(seats)}


def table_signs(event: Event) -> list[TableSign]:
    """A sign for every table, in the order of their numbers."""
    grouping = current_grouping(event)
    return [
        TableSign(
            number=str(group.number),
            name=group.name,
            payload=base_url() + url_for("groups.at_table", slug=event.slug, group_id=group.public_id),
            event=event.name,
            facilitator=_("วิทยากรประจำกลุ่ม %(name)s", name=group.facilitator.name) if group.facilitator else "",
        )
        for group in (groups_of(grouping) if grouping is not None else [])
    ]


def group_sheets(exercise: Exercise, only: Submission | None = None) -> list[GroupSheet]:
    """A sheet for every table of an exercise, with what it wrote so far."""
    asked = {**default_form()["questions"], **exercise.form.get("questions", {})}
    issues = [(item.code, item.shown_title) for item in issues_of(exercise)]
    written: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for item in live_items(exercise):
        if item.submission_id is not None:
            written.setdefault((item.submission_id, item.kind), []).append((item.code, item.shown_title))
    return [
        GroupSheet(
            event=exercise.event.name,
            exercise=exercise.name,
            group=submission.name,
            table=str(submission.group.number),
            payload=base_url() + _group_address(exercise, submission.group),
            questions=[asked[name] for name in ("need", "project", "issue", "because")],
            issues=issues,
            needs=written.get((submission.id, "need"), ()),
            projects=written.get((submission.id, "project"), ()),
        )
        for submission in ([only] if only is not None else submissions_for(exercise))
    ]


def _group_address(exercise: Exercise, group: Group) -> str:
    """The group's own page: who types a sheet in later may sit at no table, or guide several."""
    return url_for("exercises.group_work", exercise_id=exercise.public_id, group=group.public_id)


def group_members(exercise: Exercise) -> list[GroupMember]:
    """Who sits in the exercise's groups; no telephone numbers."""
    query = (
        select(Membership)
        .join(Membership.group)
        .join(Membership.registrant)
        .where(Membership.grouping_id == exercise.grouping_id, *taking_part())
        .options(contains_eager(Membership.group), contains_eager(Membership.registrant))
        .order_by(Group.number, Registrant.sort_key, Registrant.id)
    )
    return [_member(seat) for seat in db.session.scalars(query)]


def _member(seat: Membership) -> GroupMember:
    person = seat.registrant
    role = _("ผู้บันทึก") if seat.is_scribe else ""
    return GroupMember(seat.group.name, person.full_name, person.position, person.organisation, role)
