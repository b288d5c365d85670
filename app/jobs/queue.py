"""Files that take too long for a request: asked for, made by the worker, kept for some hours, forgotten.

A job is claimed by a conditional update, so any number of workers make it once. A worker that dies leaves a job
without a sign of life, which the next worker takes up again, once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select, update

from app.core import clock, files
from app.core.ids import is_public_id
from app.database import db, reading, transaction

from .models import Duty, Job, JobState

KEPT = timedelta(hours=12)
# A worker that has shown no sign of life for so long is taken for dead.
SILENCE = timedelta(minutes=2)
ATTEMPTS = 2
# Between two words about how far it is: each is a small transaction.
PAUSE = 0.5

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Product:
    """A finished file; ``facts`` go into the audit trail when it is taken."""

    file_name: str
    mimetype: str
    data: bytes
    facts: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[Mapping[str, Any], Tell], Product]
"""Makes the file of ``wanted``, telling how many steps of how many are done. It opens its own readings."""


def put(kind: str, event_id: int, wanted: dict[str, Any], language: str) -> Job:
    """Ask for a file; who asks again while it is being made gets the same job."""
    query = select(Job).where(Job.kind == kind, Job.event_id == event_id, Job.state.in_(_OPEN))
    for known in db.session.scalars(query):
        if (known.wanted, known.language) == (wanted, language):
            return known
    job = Job(kind=kind, event_id=event_id, wanted=wanted, language=language)
    db.session.add(job)
    db.session.flush()
    return job


def again(job: Job) -> None:
    """Put a failed job back into the queue."""
    if job.state == JobState.FAILED:
        job.state, job.attempts, job.failure, job.done, job.whole = JobState.WAITING, 0, "", 0, 0


def find(kind: str, event_id: int, public_id: str) -> Job | None:
    """A job of the event by the id in its address."""
    if not is_public_id(public_id):
        return None
    query = select(Job).where(Job.kind == kind, Job.event_id == event_id, Job.public_id == public_id)
    return db.session.scalar(query)


def recent(kind: str, event_id: int) -> list[Job]:
    """What was asked for in the last hours, newest first."""
    query = select(Job).where(Job.kind == kind, Job.event_id == event_id).order_by(Job.id.desc())
    return list(db.session.scalars(query))


def has_worker() -> bool:
    """Whether a worker has shown itself lately: it does its duties, or it is at a job."""
    since = clock.now() - SILENCE
    working = select(Job.id).where(Job.state == JobState.RUNNING, Job.beat_at > since).limit(1)
    return (
        db.session.scalar(select(Duty.name).where(Duty.due_at > since, Duty.name == HEARTBEAT)) is not None
        or db.session.scalar(working) is not None
    )


HEARTBEAT = "mail"  # the duty that comes round every few seconds
_OPEN = (JobState.WAITING, JobState.RUNNING)


# -- the worker's side -------------------------------------------------------------------------------------


def run_waiting(makers: Mapping[str, Maker], moved: Callable[[Job], None]) -> int:
    """Make what waits, one after the other; ``moved`` is called in each transaction that changes a job."""
    _take_up_again(moved)
    made = 0
    while (number := _next(makers)) is not None:
        if _claim(number, moved):
            _make(number, makers, moved)
            made += 1
    return made


def _next(makers: Mapping[str, Maker]) -> int | None:
    query = select(Job.id).where(Job.state == JobState.WAITING, Job.kind.in_(makers)).order_by(Job.id).limit(1)
    with reading():
        return db.session.scalar(query)


def _claim(number: int, moved: Callable[[Job], None]) -> bool:
    with transaction():
        result: Any = db.session.execute(
            update(Job)
            .where(Job.id == number, Job.state == JobState.WAITING)
            .values(state=JobState.RUNNING, attempts=Job.attempts + 1, beat_at=clock.now(), done=0, whole=0)
            .execution_options(synchronize_session=False)
        )
        if result.rowcount:
            moved(_fresh(number))
    return bool(result.rowcount)


def _make(number: int, makers: Mapping[str, Maker], moved: Callable[[Job], None]) -> None:
    with reading():
        job = _fresh(number)
        kind, wanted, language = job.kind, job.wanted, job.language
    try:
        with force_locale(language):
            product = makers[kind](wanted, _teller(number, moved))
        stored = files.store(product.data)
    except Exception as problem:  # one job must not stop the worker; it can be asked for again
        current_app.logger.warning("job %s failed: %s", number, type(problem).__name__)
        _settle(number, moved, state=JobState.FAILED, failure=type(problem).__name__[:80])
        return
    _settle(
        number,
        moved,
        state=JobState.DONE,
        failure="",
        file_key=stored.key,
        file_name=files.shown_name(product.file_name),
        mimetype=product.mimetype,
        size=stored.size,
        facts=product.facts,
    )


def _settle(number: int, moved: Callable[[Job], None], **values: Any) -> None:
    with transaction():
        job = _fresh(number)
        for name, value in values.items():
            setattr(job, name, value)
        job.keep_until = clock.now() + KEPT
        moved(job)


def _teller(number: int, moved: Callable[[Job], None]) -> Tell:
    """Writes down how far a job is, now and then."""
    told = time.monotonic()

    def tell(done: int, whole: int) -> None:
        nonlocal told
        if time.monotonic() - told < PAUSE:
            return
        told = time.monotonic()
        with transaction():
            job = _fresh(number)
            job.done, job.whole, job.beat_at = min(done, whole), whole, clock.now()
            moved(job)

    return tell


def _fresh(number: int) -> Job:
    return db.session.get_one(Job, number, populate_existing=True)


def _take_up_again(moved: Callable[[Job], None]) -> None:
    """Jobs whose worker died: once more, then given up."""
    silent = select(Job.id).where(Job.state == JobState.RUNNING, Job.beat_at < clock.now() - SILENCE)
    with reading():
        numbers = list(db.session.scalars(silent))
    for number in numbers:
        with transaction():
            job = _fresh(number)
            is_over = job.attempts >= ATTEMPTS
            job.state = JobState.FAILED if is_over else JobState.WAITING
            job.failure = "Interrupted" if is_over else ""
            job.keep_until = clock.now() + KEPT
            moved(job)


def forget_old() -> int:
    """Delete what was kept long enough, the files with it; returns how many."""
    with transaction():
        old = list(db.session.scalars(select(Job).where(Job.keep_until < clock.now(), Job.state.not_in(_OPEN))))
        for job in old:
            db.session.delete(job)
    for job in old:
        if job.file_key:
            files.remove(job.file_key)
    return len(old)
