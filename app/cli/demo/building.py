"""Building one demo event, mid-way through its day."""

from __future__ import annotations

from datetime import timedelta

from app.audit.trail import record
from app.core import clock
from app.events.creating import create_event
from app.events.models import Event

from .attendance import add_arrivals
from .decisions import add_decisions
from .former_plan import add_former_plan
from .group_work import add_exercise, add_groups, document_for, tables_of
from .people import add_people
from .programme import add_papers, add_programme
from .programmes import Training
from .team import add_team, demo_user


def build(training: Training) -> Event:
    """Make the event with its people, programme, groups, scans and drafts."""
    event = create_event(
        training.slug,
        training.name,
        training.province_code,
        training.first_day,
        training.last_day,
        venue=training.venue,
        organiser_name=training.organiser_name,
    )
    event.is_demo = True
    event.contact = training.contact
    event.created_at = clock.at_local(training.first_day - timedelta(days=30), 9)
    add_team(event, training.place, training.organiser, list(training.facilitators))
    sessions = add_programme(event, training)
    add_papers(event, training, sessions)
    count = add_people(event, training.list_name, clock.at_local(training.first_day - timedelta(days=20), 8, 30))
    groups = add_groups(event)
    add_arrivals(event, training.half_days, training.gates)
    group_work = next(session for session in sessions if "กลุ่มย่อย" in session.title)
    tables = tables_of(groups)
    document = document_for(training, tables)
    organiser = demo_user(f"organiser@{training.place}.example.com", training.organiser)
    if training.has_former_plan:  # before the group work, which phones open as the newest
        add_former_plan(event, tables, organiser, clock.at_local(training.first_day, 10, 30))
    exercise = add_exercise(event, document, group_work.starts_at)
    if training.has_decisions:
        add_decisions(exercise, document, organiser, group_work.starts_at)
    record("command", event, "demo.built", event, people=count)
    return event
