"""Sending what is due. A message is claimed before it is sent, so that two workers send it once.

A worker that dies between sending and writing that down sends again: once too often rather than never, under the
same Message-ID. Nothing personal is logged: a number and the kind of error.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import Select, or_, select, update

from app.core import clock
from app.database import db, reading, transaction

from . import backends
from .models import Message, State
from .outbox import Mail, writers

CLAIM = timedelta(minutes=5)
# After the first failure a minute, then longer; after the last the message is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
MOST = 100


def send_due(backend: backends.Backend | None = None) -> Counter[str]:
    """Send what is due, at most a hundred; returns how many were sent, failed, dropped, given up."""
    backend = backend or backends.chosen(current_app.config)
    outcome: Counter[str] = Counter()
    with reading():
        due = list(db.session.scalars(_due(clock.now()).with_only_columns(Message.id).limit(MOST)))
    for number in due:
        if _claim(number):
            outcome[_send(number, backend)] += 1
    return outcome


def _due(now: datetime) -> Select[Any]:
    free = or_(Message.claimed_until.is_(None), Message.claimed_until < now)
    due = select(Message).where(Message.state == State.WAITING, Message.next_at <= now, free)
    return due.order_by(Message.next_at, Message.id)


def _claim(number: int) -> bool:
    """Take a message for this worker; False when another one has it."""
    now = clock.now()
    with transaction():
        free = _due(now).with_only_columns(Message.id).order_by(None).where(Message.id == number)
        result: Any = db.session.execute(
            update(Message)
            .where(Message.id.in_(free.scalar_subquery()))
            .values(claimed_until=now + CLAIM, attempts=Message.attempts + 1)
            .execution_options(synchronize_session=False)
        )
    return bool(result.rowcount)


def _send(number: int, backend: backends.Backend) -> str:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with reading():
        message = db.session.get_one(Message, number)
        kind, subject, identity = message.kind, message.subject_id, message.public_id
        language, address = message.language, message.base_url
    try:
        # Links are made as in the request that caused the mail.
        with app.test_request_context(base_url=address or None), force_locale(language), reading():
            mail: Mail | None = writers[kind](subject)
        if mail is None:
            return _settle(number, State.DROPPED)
        sender = app.config["MAIL_FROM"]
        backend(backends.message_of(mail, sender=sender, identity=identity))
    except Exception as problem:  # whatever a mail server or a damaged row makes of it: tried again later
        app.logger.warning("mail %s not sent: %s", number, type(problem).__name__)
        return _postpone(number, type(problem).__name__)
    return _settle(number, State.SENT)


def _settle(number: int, state: State) -> str:
    with transaction():
        message = db.session.get_one(Message, number)
        message.state, message.claimed_until, message.failure = state, None, ""
        message.sent_at = clock.now() if state == State.SENT else None
    return str(state)


def _postpone(number: int, failure: str) -> str:
    with transaction():
        message = db.session.get_one(Message, number)
        message.claimed_until, message.failure = None, failure[:80]
        if message.attempts > len(PAUSES):
            message.state = State.FAILED
            return str(State.FAILED)
        message.next_at = clock.now() + PAUSES[message.attempts - 1]
    return "postponed"
