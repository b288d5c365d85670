"""Reading registrants: lists, searches, counts. Always of one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.core.paging import Page, paginate
from app.core.text import clean_name, clean_text, query_key, search_key
from app.database import db
from app.events.models import Event, Unit

from .models import NotTheSame, Part, Registrant, Standing

# A one-letter search would list half the hall: at the desk that is browsing, not looking somebody up.
SHORTEST_SEARCH = 2
_TITLES = frozenset(search_key(title) for title in ("นาย", "นาง", "นางสาว", "น.ส.", "ดร.", "ว่าที่"))

# (unit id, standing, part) → how many; merged records do not count.
Heads = dict[tuple[int, str, str], int]


@dataclass(frozen=True)
class UnitNumbers:
    """How one unit stands: participants expected, taking part, stepped back, waiting for a seat."""

    unit: Unit
    target: int
    registered: int
    withdrawn: int
    waiting: int = 0

    @property
    def missing(self) -> int:
        """How many of the expected have not been named yet."""
        return max(0, self.target - self.registered)


def taking_part() -> tuple[ColumnElement[bool], ...]:
    """Conditions on Registrant: registered in whatever part, and not a record merged into another."""
    return (Registrant.standing == Standing.REGISTERED, Registrant.merged_into_id.is_(None))


def participating() -> tuple[ColumnElement[bool], ...]:
    """Conditions on Registrant: takes part as a participant: counts against targets, sits at a table."""
    return (*taking_part(), Registrant.part == Part.PARTICIPANT)


def find(event: Event, public_id: str) -> Registrant | None:
    """A registrant of the event, whatever the standing; None for another event's."""
    return db.session.scalar(
        select(Registrant)
        .where(Registrant.event_id == event.id, Registrant.public_id == public_id)
        .options(joinedload(Registrant.unit))
    )


def by_ids(event: Event, ids: Iterable[int]) -> dict[int, Registrant]:
    """Records of the event by id, with their units."""
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.id.in_(list(ids)))
    return {record.id: record for record in db.session.scalars(query.options(joinedload(Registrant.unit)))}


def kept_apart(event: Event) -> list[tuple[Registrant, Registrant]]:
    """Pairs that somebody found to be two people, the newest first."""
    one, other = aliased(Registrant), aliased(Registrant)
    query = (
        select(one, other)
        .join(NotTheSame, NotTheSame.one_id == one.id)
        .join(other, NotTheSame.other_id == other.id)
        .where(NotTheSame.event_id == event.id)
        .order_by(NotTheSame.id.desc())
        .limit(100)
    )
    return list(db.session.execute(query).tuples())


def find_by_ticket(code: str) -> Registrant | None:
    """The registrant of a ticket code, in any case, with the event."""
    return db.session.scalar(
        select(Registrant).where(Registrant.ticket_code == code.upper()).options(joinedload(Registrant.event))
    )


def people(
    event: Event,
    *,
    search: str = "",
    unit: Unit | None = None,
    standing: Standing | None = Standing.REGISTERED,
    part: Part | None = None,
    page: int = 1,
) -> Page[Registrant]:
    """A page of the event's people in the order of a Thai list; ``standing`` and ``part`` None mean all."""
    query = _in_order(_of_event(event))
    if standing is not None:
        query = query.where(Registrant.standing == standing)
    if part is not None:
        query = query.where(Registrant.part == part)
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    if search.strip():
        query = query.where(*_matching(search))
    return paginate(db.session, query, page)


def asking(event: Event, standing: Standing, page: int, per_page: int) -> Page[Registrant]:
    """A page of those who stand alike, in the order they came."""
    query = _of_event(event).where(Registrant.standing == standing).options(joinedload(Registrant.unit))
    return paginate(db.session, query.order_by(Registrant.created_at, Registrant.id), page, per_page)


def everybody(event: Event, unit: Unit | None = None) -> list[Registrant]:
    """All who take part, in the order of a Thai list, with their units; of one unit when given."""
    query = _in_order(_of_event(event)).where(Registrant.standing == Standing.REGISTERED)
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    return list(db.session.scalars(query))


def of_unit(event: Event, unit: Unit) -> list[Registrant]:
    """Every record of a unit, whatever its standing, in the order of a Thai list."""
    return list(db.session.scalars(_in_order(_of_event(event)).where(Registrant.unit_id == unit.id)))


def others(event: Event) -> list[Registrant]:
    """Guests, speakers, staff and press who take part: by part, then in the order of a Thai list."""
    query = _of_event(event).where(Registrant.standing == Standing.REGISTERED, Registrant.part != Part.PARTICIPANT)
    return sorted(db.session.scalars(_in_order(query)), key=lambda person: list(Part).index(Part(person.part)))


def search_people(event: Event, typed: str, limit: int = 10) -> list[Registrant]:
    """Who takes part and is called what was typed; nothing below two letters, so nobody can browse."""
    if len(search_key(typed)) < SHORTEST_SEARCH:
        return []
    query = _in_order(_of_event(event)).where(Registrant.standing == Standing.REGISTERED, *_matching(typed))
    return list(db.session.scalars(query.limit(limit)))


def heads(event: Event) -> Heads:
    """How many stand where: one query that reads an index and no row."""
    query = (
        select(Registrant.unit_id, Registrant.standing, Registrant.part, func.count())
        .where(Registrant.event_id == event.id, Registrant.merged_into_id.is_(None))
        .group_by(Registrant.unit_id, Registrant.standing, Registrant.part)
    )
    return {(unit, standing, part): number for unit, standing, part, number in db.session.execute(query)}


def unit_numbers(event: Event, counted: Heads | None = None) -> list[UnitNumbers]:
    """Every unit of the event with its numbers, in the event's order."""
    counted = heads(event) if counted is None else counted
    query = select(Unit).where(Unit.event_id == event.id).order_by(Unit.position, Unit.id)
    standings = (Standing.REGISTERED, Standing.WITHDRAWN, Standing.WAITING)
    return [
        UnitNumbers(
            unit, unit.target, *(counted.get((unit.id, standing, Part.PARTICIPANT), 0) for standing in standings)
        )
        for unit in db.session.scalars(query)
    ]


def standing_counts(event: Event, counted: Heads | None = None) -> Counter[str]:
    """How many people stand where."""
    found: Counter[str] = Counter()
    for (_unit, standing, _part), number in (heads(event) if counted is None else counted).items():
        found[str(standing)] += number
    return found


def part_counts(event: Event, counted: Heads | None = None) -> Counter[str]:
    """How many take part in which part."""
    found: Counter[str] = Counter()
    for (_unit, standing, part), number in (heads(event) if counted is None else counted).items():
        found[str(part)] += number if standing == Standing.REGISTERED else 0
    return found


def categories(event: Event) -> list[str]:
    """The categories in use, the commonest first, for suggestions."""
    query = (
        select(Registrant.category)
        .where(Registrant.event_id == event.id, Registrant.category != "")
        .group_by(Registrant.category)
        .order_by(func.count().desc(), Registrant.category)
        .limit(30)
    )
    return list(db.session.scalars(query))


def _of_event(event: Event) -> Select[Any]:
    return select(Registrant).where(Registrant.event_id == event.id, Registrant.merged_into_id.is_(None))


def _in_order(query: Select[Any]) -> Select[Any]:
    return query.options(joinedload(Registrant.unit)).order_by(Registrant.sort_key, Registrant.id)


def _matching(typed: str) -> list[ColumnElement[bool]]:
    """Conditions for what was typed: every word in the name, or the whole in telephone, e-mail, post or office.

    Words may come in any order, with or without a title, with น้ำ typed in any of its ways.
    """
    try:
        words = clean_name(typed).split()
        plain = clean_text(typed)
    except ValueError:
        return [Registrant.id.is_(None)]
    keys = [search_key(word) for word in words]
    named = [key for key in keys if key and key not in _TITLES] or [key for key in keys if key]
    in_name = [Registrant.search_key.contains(key, autoescape=True) for key in named]
    whole = query_key(typed)
    choices: list[ColumnElement[bool]] = [Registrant.search_key.contains(whole, autoescape=True)] if whole else []
    if in_name:
        choices.append(and_(*in_name))
    digits = "".join(character for character in clean_name(typed) if character.isdigit())
    if len(digits) >= 4:
        choices.append(Registrant.phone.contains(digits, autoescape=True))
    choices += [
        column.contains(text, autoescape=True)
        for column, text in (
            (Registrant.organisation, " ".join(words)),
            (Registrant.position, plain),
            (Registrant.email, plain.casefold()),
        )
        if text
    ]
    return [or_(*choices)] if choices else [Registrant.id.is_(None)]
