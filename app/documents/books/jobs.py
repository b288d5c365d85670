"""Plan books that take longer than a browser should wait: asked for here, made by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.errors import RuleBroken
from app.core.languages import language
from app.database import db, reading
from app.events.models import Event
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.snapshots import keeping
from app.exercises.linkage.snapshots.models import Snapshot
from app.exercises.models import Exercise, Submission
from app.jobs import queue
from app.jobs.models import Job
from app.live import topics

from .. import exercise_making
from .progress import Tell

KIND = "plan-book"
TOPIC = "books"
# A book of so many items takes about a second; it is sent at once.
ITEMS_AT_ONCE = 250


@dataclass(frozen=True)
class Book:
    """A book that was asked for, as a page names it."""

    job: Job
    place: str
    exercise: Exercise

    @property
    def kind(self) -> str:
        """As an office names the format."""
        return "PDF" if self.job.wanted["format"] == "pdf" else "Word"


def is_for_the_worker(exercise: Exercise, district: str | None) -> bool:
    """Whether the book is large and somebody is there to make it; else it is made while the browser waits."""
    items = select(func.count(PlanItem.id)).where(
        PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None)
    )
    if district is not None:
        items = items.join(PlanItem.submission).where(Submission.district == district)
    return (db.session.scalar(items) or 0) > ITEMS_AT_ONCE and queue.has_worker()


def ask(
    exercise: Exercise, kind: str, district: str | None, *, handed_in: bool, version: Snapshot | None = None
) -> Job:
    """Ask the worker for a book, of the plan as it stands or of a version."""
    if district is not None and district not in exercise_making.district_names(exercise):
        raise RuleBroken(_("ไม่พบอำเภอนี้ในกิจกรรม"))
    wanted: dict[str, Any] = {
        "exercise": exercise.id,
        "format": kind,
        "district": district or "",
        "handed_in": handed_in,
    }
    if version is not None:
        wanted["version"] = version.public_id
    job = queue.put(KIND, exercise.event_id, wanted, language())
    topics.touch(exercise.event, TOPIC)
    return job


def again(event: Event, job: Job) -> None:
    """Ask once more for what failed."""
    queue.again(job)
    topics.touch(event, TOPIC)


def find(event: Event, public_id: str, exercises: Iterable[Exercise]) -> Book | None:
    """A book of the event by the id in its address."""
    job = queue.find(KIND, event.id, public_id)
    return next(iter(_named([job] if job else [], exercises)), None)


def recent(event: Event, exercises: Iterable[Exercise]) -> list[Book]:
    """The books asked for in the last hours, newest first."""
    return _named(queue.recent(KIND, event.id), exercises)


def _named(jobs: Iterable[Job], exercises: Iterable[Exercise]) -> list[Book]:
    known = {exercise.id: exercise for exercise in exercises}
    return [
        Book(job, _place(known[job.wanted["exercise"]], job.wanted["district"]), known[job.wanted["exercise"]])
        for job in jobs
        if job.wanted["exercise"] in known
    ]


def _place(exercise: Exercise, district: str) -> str:
    return exercise_making.district_names(exercise).get(district, district) if district else _("ทั้งจังหวัด")


# -- the worker's side -------------------------------------------------------------------------------------


def make(wanted: Mapping[str, Any], tell: Tell) -> queue.Product:
    """The book as it stands when its turn comes. Set without a transaction: nobody at a door waits for it."""
    with reading():
        exercise = db.session.get_one(Exercise, wanted["exercise"])
        version = keeping.find(exercise, wanted["version"]) if "version" in wanted else None
        plan = exercise_making.composed(
            exercise, wanted["district"] or None, handed_in=wanted["handed_in"], version=version
        )
    made = exercise_making.bound(plan, wanted["format"], tell)
    return queue.Product(made.file_name, made.mimetype, made.data, made.facts)


def moved(job: Job) -> None:
    """Tell the pages that show it."""
    event = db.session.get(Event, job.event_id)
    if event is not None:
        topics.touch(event, TOPIC)
