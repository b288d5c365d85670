"""Numbers for the hotel: by meal, day and food, without names, and what changed since they were last sent.

A held post without a name eats too, and has said nothing about food. Who belongs to no audience of a meal (its
check-point may be for some units or categories) is not counted there; guests, speakers, staff and press are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from app.audit import trail
from app.core import clock
from app.core.formatting import thai_date
from app.core.languages import language
from app.database import db
from app.events.models import CheckPoint, Event, Unit

from .models import Part, Registrant
from .queries import taking_part
from .seats.models import Answer, MealReport, Place

UNSAID = ""  # nothing was said about food


@dataclass(frozen=True)
class Meal:
    """One meal of one day. ``key`` names it in what was sent."""

    key: str
    name: str
    day: date
    point: CheckPoint | None = None


@dataclass(frozen=True)
class MealLine:
    """How many eat what at one meal, by part too; ``changes`` since the numbers were sent."""

    meal: Meal
    foods: Counter[str]
    parts: Counter[str]
    changes: Mapping[str, int]

    @property
    def people(self) -> int:
        """All who eat."""
        return sum(self.foods.values())

    @property
    def change(self) -> int:
        """More or fewer people than were sent."""
        return sum(self.changes.values())


@dataclass(frozen=True)
class Kitchen:
    """The page: meals in the order of the event, every kind of food, when the numbers were sent."""

    lines: list[MealLine]
    foods: list[str]
    sent: MealReport | None

    @property
    def has_changed(self) -> bool:
        """Whether the hotel has other numbers than these."""
        return self.sent is not None and any(any(line.changes.values()) for line in self.lines)


def meals_of(event: Event) -> list[Meal]:
    """The meals that have a check-point; where there are none, lunch of every day."""
    points = [point for point in event.check_points if point.purpose == "meal" and point.day]
    if points:
        return [Meal(point.public_id, point.name, point.day.date, point) for point in points if point.day]
    return [Meal(day.date.isoformat(), _("อาหารกลางวัน"), day.date) for day in event.days]


def read_kitchen(event: Event) -> Kitchen:
    """The numbers now beside those last sent, in four statements however many eat."""
    eaters, sent = _eaters(event), last_sent(event)
    before = sent.numbers if sent is not None else {}
    lines = [_line(meal, eaters, before.get(meal.key, {}) if sent else None) for meal in meals_of(event)]
    foods = Counter[str]()
    for line in lines:
        foods.update(line.foods)
        foods.update(dict.fromkeys(line.changes, 0))
    named = sorted((food for food in foods if food != UNSAID), key=lambda food: (-foods[food], food))
    return Kitchen(lines, [*named, UNSAID], sent)


def _eaters(event: Event) -> list[tuple[Unit, str, str, str, int]]:
    """(unit, category, part, food, how many): who is registered, and posts held for names to come."""
    units = {unit.id: unit for unit in event.units}
    columns = (Registrant.unit_id, Registrant.category, Registrant.part, Registrant.food)
    people = select(*columns, func.count()).where(Registrant.event_id == event.id, *taking_part())
    held = select(Place.unit_id, Place.category, func.count()).where(
        Place.event_id == event.id, Place.registrant_id.is_(None), Place.answer != Answer.DECLINED
    )
    found = [
        (units[unit_id], category, str(part), food, number)
        for unit_id, category, part, food, number in db.session.execute(people.group_by(*columns))
    ]
    for unit_id, category, number in db.session.execute(held.group_by(Place.unit_id, Place.category)):
        found.append((units[unit_id], category, str(Part.PARTICIPANT), UNSAID, number))
    return found


def _line(meal: Meal, eaters: list[tuple[Unit, str, str, str, int]], before: dict[str, int] | None) -> MealLine:
    foods, parts = Counter[str](), Counter[str]()
    for unit, category, part, food, number in eaters:
        if part != Part.PARTICIPANT or meal.point is None or meal.point.is_for(unit, category):
            foods[food] += number
            parts[part] += number
    # A meal that is new since the numbers were sent has changed by all of its people.
    changes = {} if before is None else {food: foods[food] - before.get(food, 0) for food in {*foods, *before}}
    return MealLine(meal, foods, parts, changes)


def last_sent(event: Event) -> MealReport | None:
    """The numbers the hotel has, or None."""
    query = select(MealReport).where(MealReport.event_id == event.id).order_by(MealReport.id.desc()).limit(1)
    return db.session.scalar(query)


def note_sent(event: Event, *, actor: object) -> MealReport:
    """Remember that the numbers as they are now went to the hotel."""
    numbers = {line.meal.key: dict(line.foods) for line in read_kitchen(event).lines}
    report = MealReport(event_id=event.id, numbers=numbers, sent_at=clock.now())
    db.session.add(report)
    db.session.flush()
    trail.record(actor, event, "meals.sent", report, meals=len(numbers))
    return report


def forget_sent(event: Event) -> None:
    """Delete what was sent: together with the food itself."""
    db.session.execute(delete(MealReport).where(MealReport.event_id == event.id))


def text_for_hotel(event: Event, kitchen: Kitchen) -> str:
    """The numbers as a text to send: no names."""
    lines = [_("ยอดอาหาร %(event)s", event=event.name), event.venue]
    for line in kitchen.lines:
        day = thai_date(line.meal.day, locale=language())
        lines += ["", f"{day} {line.meal.name} {_('%(count)d คน', count=line.people)}{_signed(line.change)}"]
        lines += [
            f"- {food or _('ไม่แจ้ง')} {line.foods[food]}{_signed(line.changes.get(food, 0))}"
            for food in kitchen.foods
            if line.foods[food] or line.changes.get(food)
        ]
    if kitchen.has_changed:
        lines += ["", _("ในวงเล็บคือส่วนที่เปลี่ยนจากยอดที่ส่งครั้งก่อน")]
    return "\n".join(lines).strip()


def _signed(number: int) -> str:
    return f" ({number:+d})" if number else ""
