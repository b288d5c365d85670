"""Finding a person at the door by name. No list to browse: two letters at least, ten people at most."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, select
from sqlalchemy.orm import joinedload

from app.core.errors import RuleBroken
from app.core.text import UnreadableText, clean_name, query_key, search_key
from app.database import db
from app.events.models import Event
from app.registration.models import Registrant, Standing

SHORTEST = 2
MOST = 10


@dataclass(frozen=True)
class Found:
    """Who was found; ``has_more`` says that the name should be typed further."""

    people: list[Registrant]
    has_more: bool


def search(event: Event, typed: str) -> Found:
    """People of the event whose name holds every word typed, with or without title, those beginning so first."""
    try:
        key, words = query_key(typed), [search_key(word) for word in clean_name(typed).split()]
    except UnreadableText:
        key, words = "", []
    if len(key) < SHORTEST:
        raise RuleBroken(_l("พิมพ์ชื่อหรือนามสกุลอย่างน้อย 2 ตัวอักษร"), "q")
    name = Registrant.search_key
    # "นาย สมชาย" without its title, or every word anywhere: last name first is found too.
    parts = [name.contains(word, autoescape=True) for word in words if word]
    matches = name.contains(key, autoescape=True)
    query = (
        select(Registrant)
        .where(
            Registrant.event_id == event.id,
            matches | and_(*parts),
            Registrant.standing == Standing.REGISTERED,
            Registrant.merged_into_id.is_(None),
        )
        .options(joinedload(Registrant.unit))
        .order_by(case((name.startswith(key, autoescape=True), 0), else_=1), Registrant.sort_key, Registrant.id)
        .limit(MOST + 1)
    )
    found = list(db.session.scalars(query))
    return Found(found[:MOST], len(found) > MOST)
