"""Finding a person at the door by name. No list to browse: two letters at least, ten people at most."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, or_, select

from app.core.errors import RuleBroken
from app.core.text import UnreadableText, clean_name, query_key, search_key
from app.database import db
from app.events.models import Event, Unit
from app.registration.models import Registrant, Standing, whole_name

SHORTEST, LONGEST = 2, 200  # letters; a database refuses to compare with a thousand words
MOST = 10
# Put together with nothing, so that SQLite does not go by the index that counts seats: it would fetch the rows of
# everybody in the order of their units, from all over the file: four times as slow as one after another.
_STANDING = Registrant.standing + ""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """What a door may see of a person: name, unit and office, and nothing else."""

    public_id: str
    name: str
    unit: str
    organisation: str
    stands_in: bool  # มาแทน already; nobody comes instead of a stand-in

    @property
    def whence(self) -> str:
        """Unit and office as shown below the name."""
        return " · ".join(filter(None, (self.unit, self.organisation)))


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found; ``has_more`` says that the name should be typed further."""

    people: list[FoundPerson]
    has_more: bool


def search(event: Event, typed: str) -> Found:
    """People of the event whose name holds every word typed, with or without title, those beginning so first."""
    if len(typed) > LONGEST:
        raise RuleBroken(_l("คำค้นยาวเกิน %(max)d ตัวอักษร โปรดพิมพ์เฉพาะชื่อหรือนามสกุล", max=LONGEST), "q")
    try:
        key, words = query_key(typed), [search_key(word) for word in clean_name(typed).split()]
    except UnreadableText:
        key, words = "", []
    if len(key) < SHORTEST:
        raise RuleBroken(_l("พิมพ์ชื่อหรือนามสกุลอย่างน้อย 2 ตัวอักษร"), "q")
    name = Registrant.search_key
    # "นาย สมชาย" without its title, or every word anywhere: last name first is found too. Often the same.
    ways = dict.fromkeys([(key,), tuple(word for word in words if word)])
    query = (
        select(
            Registrant.public_id,
            Registrant.title,
            Registrant.first_name,
            Registrant.last_name,
            Unit.name,
            Registrant.organisation,
            Registrant.stands_for_id,
        )
        .join(Unit, Unit.id == Registrant.unit_id)
        .where(
            Registrant.event_id == event.id,
            or_(*(and_(*(name.contains(part, autoescape=True) for part in way)) for way in ways)),
            _STANDING == Standing.REGISTERED,
            Registrant.merged_into_id.is_(None),
        )
        .order_by(case((name.startswith(key, autoescape=True), 0), else_=1), Registrant.sort_key, Registrant.id)
        .limit(MOST + 1)
    )
    found = [
        FoundPerson(public_id, whole_name(title, first, last), unit, organisation, stands_for is not None)
        for public_id, title, first, last, unit, organisation, stands_for in db.session.execute(query)
    ]
    return Found(found[:MOST], len(found) > MOST)
