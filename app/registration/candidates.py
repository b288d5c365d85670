"""Who may be in the list twice: pairs worth a look by telephone, e-mail and resembling names. Merging is a choice.

A telephone or an e-mail of two different names says little, because offices share them; it is shown last. Names
are compared within a unit, and across units only where they are the same: two districts may name one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _
from rapidfuzz import fuzz, process
from sqlalchemy import select

from app.core.text import clean_name, search_key
from app.database import db
from app.events.models import Event

from .duplicates import name_identity
from .models import NotTheSame, Registrant, Standing

ALMOST_EQUAL, RESEMBLING = 95, 85
# A number of more holders than this belongs to an office.
MOST_HOLDERS = 3
# Below this two holders of one telephone have nothing of their names in common.
_SOMETHING_IN_COMMON = 55


@dataclass(frozen=True)
class Candidate:
    """One person as far as comparing needs it."""

    id: int
    first_name: str
    last_name: str
    unit_id: int
    phone: str
    email: str

    @property
    def spelling(self) -> str:
        """First and last name in one order, so that swapped ones are equal."""
        return " ".join(sorted(clean_name(f"{self.first_name} {self.last_name}").casefold().split()))


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person, the older first, with the reasons; a higher ``weight`` is likelier."""

    one_id: int
    other_id: int
    weight: int
    reasons: tuple[str, ...]


def pairs_of(event: Event) -> list[Pair]:
    """The event's pairs, the likeliest first, without those that somebody found to be two people."""
    query = (
        select(
            Registrant.id,
            Registrant.first_name,
            Registrant.last_name,
            Registrant.unit_id,
            Registrant.phone,
            Registrant.email,
        )
        .where(
            Registrant.event_id == event.id,
            Registrant.merged_into_id.is_(None),
            Registrant.standing != Standing.WITHDRAWN,
            Registrant.first_name != "",
        )
        .order_by(Registrant.id)
    )
    people = [Candidate(*row) for row in db.session.execute(query)]
    apart = select(NotTheSame.one_id, NotTheSame.other_id).where(NotTheSame.event_id == event.id)
    return find_pairs(people, set(db.session.execute(apart).tuples()))


def find_pairs(people: Iterable[Candidate], apart: Iterable[tuple[int, int]] = ()) -> list[Pair]:
    """Compare people given in the order of their ids; pure, so that it can be tested without a database."""
    people = list(people)
    known_apart = set(apart)
    found: dict[tuple[int, int], tuple[Candidate, Candidate]] = {}
    for one, other in _met(people):
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in known_apart:
            found[key] = (one, other) if one.id == key[0] else (other, one)
    judged = (_judge(one, other) for one, other in found.values())
    return sorted((pair for pair in judged if pair), key=lambda pair: (-pair.weight, pair.one_id, pair.other_id))


def _met(people: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Every two people who share something; most of the square is never looked at."""
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    by_sound: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    by_contact: dict[str, list[Candidate]] = defaultdict(list)
    by_unit: dict[int, list[Candidate]] = defaultdict(list)
    for person in people:
        by_name[name_identity(person.first_name, person.last_name)].append(person)
        by_sound[person.unit_id, search_key(person.spelling)].append(person)
        by_unit[person.unit_id].append(person)
        for contact in {person.phone, person.email} - {""}:
            by_contact[contact].append(person)
    for same in (*by_name.values(), *by_sound.values()):
        yield from combinations(same, 2)
    for holders in by_contact.values():
        if len(holders) <= MOST_HOLDERS:
            yield from combinations(holders, 2)
    for neighbours in by_unit.values():
        yield from _resembling(neighbours)


def _resembling(people: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    spellings = [person.spelling for person in people]
    for place, person in enumerate(people):
        rest = spellings[place + 1 :]
        for _spelling, _score, where in process.extract(
            spellings[place], rest, scorer=fuzz.ratio, score_cutoff=RESEMBLING, limit=None
        ):
            yield person, people[place + 1 + where]


def _judge(one: Candidate, other: Candidate) -> Pair | None:
    score = fuzz.ratio(one.spelling, other.spelling)
    if search_key(one.spelling) == search_key(other.spelling):
        score = max(score, ALMOST_EQUAL)  # ณัฐพงษ์ and ณัฐพงศ์ sound the same
    same_phone = bool(one.phone) and one.phone == other.phone
    same_email = bool(one.email) and one.email == other.email
    reasons = []
    if score >= ALMOST_EQUAL:
        reasons.append(_("ชื่อเหมือนกัน") if one.spelling == other.spelling else _("ชื่ออ่านเหมือนกัน"))
    elif score >= RESEMBLING:
        reasons.append(_("ชื่อคล้ายกัน"))
    if same_phone:
        reasons.append(_("โทรศัพท์เดียวกัน"))
    if same_email:
        reasons.append(_("อีเมลเดียวกัน"))
    if not reasons:
        return None
    weight = round(score) + 40 * (same_phone + same_email)
    if score < _SOMETHING_IN_COMMON:
        weight = 0
    return Pair(one.id, other.id, weight, tuple(reasons))
