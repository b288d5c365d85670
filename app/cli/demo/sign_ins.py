"""How to get into the demo: accounts, personal links, screens."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.accounts.models import User
from app.database import db
from app.events.access import find_event
from app.events.models import Event, Role, TeamMember
from app.exercises.models import Exercise, Status, Submission
from app.groups import queries as groups
from app.registration.links import personal_link
from app.registration.models import Registrant

from ..own_address import as_asked, own_url
from .team import PASSWORD


def sign_ins(slugs: list[str]) -> Iterator[str]:
    """Lines for the terminal: what to open and as whom."""
    yield "Demo: two sample trainings with invented people. Password of every account: " + PASSWORD
    for slug in slugs:
        event = find_event(slug)
        if event is not None:
            yield from _of_event(event)


def _of_event(event: Event) -> Iterator[str]:
    here = own_url()
    yield ""
    yield f"{event.name}"
    yield f"  organiser     {_email(event, Role.OWNER)}   {here}/events/{event.slug}"
    yield f"  facilitator   {_email(event, Role.FACILITATOR)}   {here}/events/{event.slug}/exercises"
    with as_asked(for_phones=True):
        for registrant in _a_few(event):
            yield f"  participant   {personal_link(registrant)}"
    yield f"  public page   {here}/e/{event.slug}"
    point = event.check_points[1]
    yield f"  arrivals      {here}/events/{event.slug}/wall/{point.public_id}   (organiser; for the hall's screen)"
    yield f"  rotating code {here}/events/{event.slug}/check-in/{point.public_id}/projector   (organiser)"
    yield f"  linkage       {here}/events/{event.slug}/linkage   (organiser)"


def _a_few(event: Event) -> list[Registrant]:
    """Two people of a table that still writes, so that two phones can write together, and one of another table."""
    grouping = groups.current_grouping(event)
    if grouping is None:
        return []
    newest = select(func.max(Exercise.id)).group_by(Exercise.event_id)
    drafting = select(Submission.group_id).where(
        Submission.status == Status.DRAFT, Submission.exercise_id.in_(newest)
    )
    writing = set(db.session.scalars(drafting))
    seated = [seat for seat in groups.seated(grouping) if len(seat.people) > 1]
    seated.sort(key=lambda seat: seat.group.id not in writing)
    return [*seated[0].people[:2], seated[-1].people[0]] if seated else []


def _email(event: Event, role: Role) -> str:
    query = (
        select(User.email)
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.event_id == event.id, TeamMember.role == role)
        .order_by(User.id)
    )
    return db.session.scalars(query).first() or "-"
