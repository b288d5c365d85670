"""An exercise with two groups, people and a facilitator: what the tests of exercises stand on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from app.accounts.models import User
from app.database import db
from app.events.models import Event, Role
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.group_work import cards
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author, Op
from app.exercises.sync import take
from app.groups.models import Membership
from app.registration.models import Registrant
from tests.make import make_event, make_member, make_registrant

DOCUMENT: dict[str, Any] = {
    "meta": {"event_year_be": 2561, "plan_period_be": [2561, 2564]},
    "settings": {"anchor_level": "PRO", "root_level": "VIL"},
    "levels": [
        {"code": "VIL", "rank": 10},
        {"code": "LOC", "rank": 30},
        {"code": "DIS", "rank": 40},
        {"code": "PRO", "rank": 50},
    ],
    "areas": [{"code": "2103", "th": "แกลง", "type": "district"}],
    "groups": [{"id": "G1", "name": "แกลง 1", "district": "2103"}, {"id": "G2", "name": "แกลง 2"}],
    "items": [
        {"id": "P1", "level": "PRO", "kind": "issue", "title_th": "เกษตรมาตรฐาน", "origin": "reference"},
        {"id": "P2", "level": "PRO", "kind": "issue", "title_th": "ทรัพยากรธรรมชาติ", "origin": "reference"},
    ],
    "links": [],
}


@dataclass
class Stage:
    """Two groups of an exercise, their members, and short ways to write cards."""

    event: Event
    exercise: Exercise
    first: Submission
    second: Submission
    malee: Registrant
    somchai: Registrant
    stranger: Registrant  # of the second group
    facilitator: User  # guides the first group

    def op(
        self, action: str, card_id: str, *, entity: str = "item", client: str = "", rev: int = 0, **sent: Any
    ) -> Op:
        """An op with a fresh id."""
        return Op(str(uuid.uuid4()), entity, card_id, action, rev, sent, client)

    def send(
        self, *ops: Op, by: Registrant | User | None = None, group: Submission | None = None
    ) -> list[dict[str, Any]]:
        """Take ops as a member of the first group, or ``by`` somebody, and commit as a request would."""
        who = by or self.malee
        author = Author(user=who) if isinstance(who, User) else Author(registrant=who)
        answers = take(cards, self.exercise, group or self.first, author, ops)
        db.session.commit()
        return answers

    def add(self, kind: str, title: str, **sent: Any) -> str:
        """A new item of the first group; its id."""
        card_id = str(uuid.uuid4())
        [answer] = self.send(self.op("create", card_id, kind=kind, title=title, **sent))
        assert answer["status"] == "taken", answer
        return card_id

    def link(self, source: str, target: str, kind: str, **sent: Any) -> dict[str, Any]:
        """A new link of the first group; the answer."""
        op = self.op("create", str(uuid.uuid4()), entity="link", source=source, target=target, type=kind, **sent)
        return self.send(op)[0]

    def item(self, card_id: str) -> PlanItem:
        """The stored item."""
        return db.session.query(PlanItem).filter_by(public_id=card_id).one()

    def issue(self, code: str = "P1") -> str:
        """The id of a provincial issue."""
        return db.session.query(PlanItem).filter_by(code=code, exercise_id=self.exercise.id).one().public_id


def address(who: str, name: str | None) -> str | None:
    """An e-mail that no other stage has."""
    return f"{who}-{name}@example.com" if name else None


def make_stage(name: str | None = None) -> Stage:
    """The stage, committed. ``name`` keeps several of one database apart."""
    event = make_event(name)
    exercise = create_from_document(event, DOCUMENT)
    first, second = exercise.submissions
    facilitator = make_member(event, Role.FACILITATOR, name="วิทยากร ใจดี", email=address("guide", name))
    first.group.facilitator = facilitator
    people = [make_registrant(event, name, "ทดสอบ") for name in ("มาลี", "สมชาย", "คนอื่น")]
    for person, submission in zip(people, (first, first, second), strict=True):
        db.session.add(
            Membership(grouping_id=exercise.grouping_id, group_id=submission.group_id, registrant_id=person.id)
        )
    db.session.commit()
    return Stage(event, exercise, first, second, *people, facilitator)
