"""Putting mail into the outbox, and who writes which kind of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from app.core import clock
from app.core.addresses import base_url
from app.core.languages import language
from app.database import db

from .models import Message, State

KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Mail:
    """A mail as it leaves: plain text to one address."""

    to: str
    subject: str
    text: str


# Writes the mail of a subject, or None when there is nobody to write to any more.
Writer = Callable[[int], Mail | None]
writers: dict[str, Writer] = {}


def writes(kind: str) -> Callable[[Writer], Writer]:
    """Mark the function that writes a kind of mail. Called when it is sent, so that corrections count."""

    def remember(writer: Writer) -> Writer:
        writers[kind] = writer
        return writer

    return remember


def queue(event_id: int, kind: str, subject_id: int) -> Message | None:
    """Put a mail into the outbox, in the current transaction; None when the same one still waits there."""
    if kind not in writers:
        raise KeyError(f"nobody writes mail of the kind {kind}")
    waiting = select(Message.id).where(
        Message.kind == kind, Message.subject_id == subject_id, Message.state == State.WAITING
    )
    if db.session.scalar(waiting) is not None:
        return None
    message = Message(
        event_id=event_id, kind=kind, subject_id=subject_id, language=language(), base_url=base_url()
    )
    db.session.add(message)
    db.session.flush()
    return message


def subjects(event_id: int, kind: str, states: Collection[State]) -> set[int]:
    """Whom mail of a kind went to, or waits for."""
    query = select(Message.subject_id).where(
        Message.event_id == event_id, Message.kind == kind, Message.state.in_(list(states))
    )
    return set(db.session.scalars(query))


def last_of(kinds: Collection[str], subject_id: int) -> Message | None:
    """The newest message of these kinds to a subject."""
    query = select(Message).where(Message.kind.in_(list(kinds)), Message.subject_id == subject_id)
    return db.session.scalar(query.order_by(Message.id.desc()).limit(1))


def counts(event_id: int) -> Counter[str]:
    """How many messages of an event stand where."""
    query = select(Message.state, func.count()).where(Message.event_id == event_id).group_by(Message.state)
    return Counter({str(state): number for state, number in db.session.execute(query)})


def try_again(event_id: int) -> int:
    """Let what was given up wait anew; returns how many."""
    failed = update(Message).where(Message.event_id == event_id, Message.state == State.FAILED)
    result: Any = db.session.execute(failed.values(state=State.WAITING, attempts=0, next_at=clock.now()))
    return int(result.rowcount)


def forget_old() -> int:
    """Delete what was settled long ago."""
    settled = delete(Message).where(Message.state != State.WAITING, Message.created_at < clock.now() - KEPT)
    result: Any = db.session.execute(settled)
    return int(result.rowcount)
