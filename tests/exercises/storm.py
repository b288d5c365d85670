"""Thirty people writing one card at once; ``python -m tests.exercises.storm`` does it on any database."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError

from app.core.errors import DatabaseBusy
from app.database import db, transaction
from app.exercises.linkage.group_work import cards
from app.exercises.models import Change
from app.exercises.ops import Author, Op
from app.exercises.sync import take
from tests.exercises.stage import Stage, make_stage

WRITERS, EDITS = 30, 10
FIELDS = ("title", "objective", "detail", "output_target", "lead_name")


@dataclass
class Outcome:
    """What became of the edits."""

    problems: list[str]
    changes: list[Change]
    now: dict[str, object]

    @property
    def texts(self) -> set[object]:
        """Every text that is in the history, taken or kept aside."""
        return {text for change in self.changes for text in {**change.after, **change.aside}.values()}


def sent_texts() -> set[object]:
    """What the writers typed."""
    return {f"{number}/{edit}" for number in range(WRITERS) for edit in range(EDITS)}


def until_answered(keys: list[tuple[Any, int]], op: Op) -> dict[str, Any]:
    """Send an op as a phone does: the very same again when the server was too busy to answer."""
    while True:
        try:
            with transaction():
                exercise, group, who = (db.session.get_one(*key) for key in keys)
                return take(cards, exercise, group, Author(who), [op])[0]
        except (DatabaseBusy, OperationalError):
            continue


def storm(app: Flask, stage: Stage) -> Outcome:
    """Let everybody write; some look at the answer before the next edit, some do not."""
    card_id = stage.add("project", "ขุดสระ")
    keys = [(type(one), one.id) for one in (stage.exercise, stage.first, stage.malee)]
    problems: list[str] = []
    db.session.rollback()

    def write(number: int) -> None:
        rev = 1
        try:
            with app.app_context():
                for edit in range(EDITS):
                    fields = {FIELDS[(number + edit) % len(FIELDS)]: f"{number}/{edit}"}
                    op = Op(f"op-{number:02d}-{edit:02d}", "item", card_id, "update", rev, fields, f"c{number}")
                    answer = until_answered(keys, op)
                    rev = answer["rev"] if edit % 2 else rev
        except Exception as problem:
            problems.append(f"{type(problem).__name__}: {problem}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    query = db.session.query(Change).filter_by(entity_id=card_id, action="update").order_by(Change.seq)
    return Outcome(problems, query.all(), cards.fields_of(stage.item(card_id)))


def main() -> None:
    """Prepare the database, write, and print the counts."""
    from app import create_app
    from app.cli.ready import prepare_database

    app = create_app()
    with app.app_context():
        prepare_database()
        outcome = storm(app, make_stage())
        kept = len(sent_texts() & outcome.texts)
        print(json.dumps({"problems": outcome.problems, "ops": len(outcome.changes), "texts": kept}))
        db.session.rollback()


if __name__ == "__main__":
    main()
