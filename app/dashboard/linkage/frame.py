"""The frame every linkage page stands in: which exercise, what is counted, the page or only its live part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from sqlalchemy import select

from app.database import db
from app.events.models import Event, Role
from app.exercises.linkage.analysis import Scope
from app.exercises.linkage.scopes import STATUSES_BY_NAME, scope_names
from app.exercises.models import Exercise
from app.live import topics

from .reading import Reading, read

READERS = (Role.ORGANISER, Role.FACILITATOR, Role.REVIEWER, Role.VIEWER)
_EVERY_MS = 2000


@dataclass(frozen=True)
class Chosen:
    """What the reader asked to count: cards of some status, of one district, of one chain. Empty is all."""

    scope: str = ""
    district: str = ""
    chain: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """As it stands in an address."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def as_scope(self) -> Scope:
        """As the analyses take it."""
        return Scope(STATUSES_BY_NAME[self.scope], self.district or None, self.chain or None)


def chosen(exercise: Exercise) -> Chosen:
    """What the address asks for; a status, district or chain nobody knows counts as none."""
    asked = {name: request.args.get(name, "") for name in ("scope", "district", "chain")}
    return Chosen(
        asked["scope"] if asked["scope"] in STATUSES_BY_NAME else "",
        asked["district"] if asked["district"] in {area["code"] for area in exercise.areas} else "",
        asked["chain"],
    )


def reading_of(event: Event, exercise_id: str, *, whole: bool = False) -> tuple[Exercise, Chosen, Reading]:
    """The exercise as the reader asked for it; with `whole` of every district all the same."""
    exercise = next((one for one in exercises_of(event) if one.public_id == exercise_id), None)
    if exercise is None:
        abort(404)
    asked = chosen(exercise)
    counted = Chosen(asked.scope, "", asked.chain) if whole else asked
    reading = read(exercise, counted.as_scope)
    if asked.chain and asked.chain not in reading.graph.chains:
        asked = Chosen(asked.scope, asked.district)
        reading = read(exercise, Chosen(asked.scope, "" if whole else asked.district).as_scope)
    return exercise, asked, reading


def page(event: Event, exercise: Exercise, asked: Chosen, reading: Reading, **shown: Any) -> str:
    """The page, or only its live part where a waiting page asks for it."""
    view = (request.endpoint or "").removeprefix("dashboard.")
    sent = {name: values for name, values in request.args.to_dict(flat=False).items() if not name.startswith("_")}
    here: dict[str, Any] = {**sent, **(request.view_args or {})}
    context = {
        "event": event,
        "exercise": exercise,
        "exercises": exercises_of(event),
        "reading": reading,
        "asked": asked,
        "scope": asked.query,
        "scope_names": scope_names(),
        "view": view,
        "topic": topics.signed(event, f"exercise-{exercise.public_id}"),
        "part_url": url_for(request.endpoint or "", **(here | {"part": "1"})),
        "every": _EVERY_MS,
        "behind": behind_address(event, exercise, asked),
        **shown,
    }
    if request.args.get("part"):
        return render_template(f"dashboard/_{view}.html", **context)
    return render_template(f"dashboard/{view}.html", **context)


def behind_address(event: Event, exercise: Exercise, asked: Chosen) -> Callable[..., str]:
    """Makes the address of the items behind a figure from its question and keys."""

    def address(question: str, *keys: object) -> str:
        return url_for(
            "dashboard.linkage_behind",
            slug=event.slug,
            exercise_id=exercise.public_id,
            question=question,
            key=[str(key) for key in keys],
            **asked.query,
        )

    return address


def item_address(event: Event, exercise: Exercise, asked: Chosen, reading: Reading) -> Callable[[str], str | None]:
    """The address of an item's page by its short code."""

    def address(code: str) -> str | None:
        public_id = reading.public_ids.get(code)
        if public_id is None:
            return None
        return url_for(
            "dashboard.linkage_item",
            slug=event.slug,
            exercise_id=exercise.public_id,
            item_id=public_id,
            **asked.query,
        )

    return address


def exercises_of(event: Event) -> list[Exercise]:
    """The linkage exercises of an event, the newest first."""
    query = select(Exercise).where(Exercise.event_id == event.id, Exercise.kind == "linkage")
    return list(db.session.scalars(query.order_by(Exercise.id.desc())))
