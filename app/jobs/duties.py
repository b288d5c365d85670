"""Recurring duties: claimed by a conditional update, so that any number of workers do each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from app.core import clock
from app.database import db, reading, transaction

from .models import Duty


@dataclass(frozen=True)
class Task:
    """Something to be done every so often. It opens its own transactions and may be repeated without harm."""

    name: str
    every: timedelta
    run: Callable[[], object]


def run_due(tasks: Iterable[Task]) -> list[str]:
    """Do what is due; returns the names of what was done. A failure is noted and waits for the next time."""
    done = []
    for task in tasks:
        if not _claim(task):
            continue
        failure = ""
        try:
            task.run()
        except Exception as problem:  # one duty must not stop the others
            failure = type(problem).__name__
            current_app.logger.warning("duty %s failed: %s", task.name, failure)
        with transaction():
            duty = db.session.get_one(Duty, task.name)
            duty.failure = failure
            duty.done_at = duty.done_at if failure else clock.now()
        done.append(task.name)
    return done


def _claim(task: Task) -> bool:
    """Move the due time on, unless another worker has; nothing is written while nothing is due."""
    now = clock.now()
    with reading():
        due_at = db.session.scalar(select(Duty.due_at).where(Duty.name == task.name))
    if due_at is not None and due_at > now:
        return False
    with transaction():
        if db.session.get(Duty, task.name) is None:
            db.session.add(Duty(name=task.name, due_at=now))
            db.session.flush()
        result: Any = db.session.execute(
            update(Duty).where(Duty.name == task.name, Duty.due_at <= now).values(due_at=now + task.every)
        )
    return bool(result.rowcount)
