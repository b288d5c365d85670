"""Keeping a version of a plan, reading it back, and proving that it is still the text that was kept."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.models import Exercise

from ..document.storing import document_of
from .models import Purpose, Snapshot

LONGEST_NAME = 200
MOST = 200

PURPOSES = {
    Purpose.DRAFT: _l("ร่างของกลุ่ม"),
    Purpose.SCREENED: _l("หลังกลั่นกรอง"),
    Purpose.PLENARY: _l("หลังเวทีนำเสนอ"),
    Purpose.PROPOSED: _l("ฉบับเสนอ กบอ./ก.บ.จ."),
    Purpose.FINAL: _l("ฉบับสมบูรณ์"),
    Purpose.AMENDED: _l("ฉบับแก้ไขเพิ่มเติม"),
}
BY_HAND = (Purpose.DRAFT, Purpose.SCREENED, Purpose.PLENARY, Purpose.PROPOSED)


def canonical(document: dict[str, Any]) -> str:
    """The one text of a document: keys in order, no blanks, Thai as Thai."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: str) -> str:
    """SHA-256 of a version's text, in hex: what a printed page of the plan book can name."""
    return hashlib.sha256(content.encode()).hexdigest()


def keep(exercise: Exercise, purpose: Purpose, name: str, user: User) -> Snapshot:
    """Keep the plan as it stands now."""
    if purpose not in BY_HAND:
        raise RuleBroken(_l("โปรดเลือกว่าเป็นฉบับของช่วงใด"), "purpose")
    lifecycle.lock(exercise)
    return store(exercise, purpose, name, user)


def store(exercise: Exercise, purpose: Purpose, name: str, user: User) -> Snapshot:
    """The same for any purpose. The exercise must be locked."""
    title = clean_text(name) or str(PURPOSES[purpose])
    if len(title) > LONGEST_NAME:
        raise RuleBroken(_l("ชื่อยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NAME), "name")
    last = db.session.scalar(select(func.max(Snapshot.number)).where(Snapshot.exercise_id == exercise.id)) or 0
    if last >= MOST:
        raise RuleBroken(_l("เก็บฉบับครบ %(most)d ฉบับแล้ว", most=MOST))
    document = document_of(exercise)
    content = canonical(document)
    snapshot = Snapshot(
        exercise_id=exercise.id,
        number=last + 1,
        purpose=purpose,
        name=title,
        content=content,
        sha256=hash_of(content),
        seq=exercise.last_seq,
        items=len(document["items"]),
        links=len(document["links"]),
        user=user,
    )
    db.session.add(snapshot)
    db.session.flush()
    record(user, exercise.event, "exercise.version_kept", snapshot, purpose=str(purpose), sha256=snapshot.sha256)
    return snapshot


def versions_of(exercise: Exercise) -> list[Snapshot]:
    """Every version, newest first."""
    query = select(Snapshot).where(Snapshot.exercise_id == exercise.id).order_by(Snapshot.number.desc())
    return list(db.session.scalars(query))


def find(exercise: Exercise, public_id: str) -> Snapshot | None:
    """A version by the id in its address."""
    query = select(Snapshot).where(Snapshot.exercise_id == exercise.id, Snapshot.public_id == public_id)
    return db.session.scalar(query)


def document_in(snapshot: Snapshot) -> dict[str, Any]:
    """The document of a version."""
    return json.loads(snapshot.content)


def is_whole(snapshot: Snapshot) -> bool:
    """Whether the stored text still has the hash it was kept with."""
    return hash_of(snapshot.content) == snapshot.sha256
