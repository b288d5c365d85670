"""The items behind a figure: every bar, cell, level and sum of the linkage pages opens its list here.

A figure is named in the address by its question and its keys, as `behind/year?key=2558` or
`behind/coverage?key=P1&key=2103`. Who reads a number must be able to see what was counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.events.access import event_page
from app.events.models import Event
from app.exercises.linkage.analysis.figures import money

from ..routes import bp
from .counted.listed import Listed, Row
from .counted.lists import LISTS, WHOLE
from .frame import READERS, page, reading_of
from .reading import Reading, Thing

# Where each list came from: the page of its figure, and that page's name.
_PAGES = {
    "level": "linkage_figures",
    "chain": "linkage_figures",
    "coverage": "linkage_coverage",
    "under": "linkage_goals",
    "stage": "linkage_chains",
    "opening": "linkage_places",
    "crossing": "linkage_places",
    "money": "linkage_money",
    "money-district": "linkage_money",
    "money-stage": "linkage_money",
    "money-source": "linkage_money",
    "year": "linkage_data",
    "sector": "linkage_partners",
    "broad": "linkage_partners",
    "agency": "linkage_partners",
    "discuss": "linkage_screening",
    "box": "linkage_map",
}


@dataclass(frozen=True)
class Line:
    """One item of the list, what it adds to the figure, and where a link of it leads."""

    thing: Thing
    note: str
    to: Thing | None


@bp.get("/events/<slug>/linkage/<exercise_id>/behind/<question>")
@event_page(*READERS)
def linkage_behind(event: Event, exercise_id: str, question: str) -> ResponseReturnValue:
    """The items that one figure counts."""
    make = LISTS.get(question)
    if make is None:
        abort(404)
    exercise, asked, reading = reading_of(event, exercise_id, whole=question in WHOLE)
    found = make(reading, request.args.getlist("key"))
    if found is None:
        abort(404)
    return page(
        event,
        exercise,
        asked,
        reading,
        heading=found.heading,
        total=_total(found),
        lines=_lines(reading, found),
        back=f"dashboard.{_PAGES[question]}",
    )


def _total(found: Listed) -> str:
    if found.baht is None:
        return _("%(n)d รายการ", n=len(found.rows))
    amount = thai_number(money(Fraction(round(found.baht, 2))))
    return _("%(n)d โครงการ รวม %(baht)s บาท", n=len(found.rows), baht=amount)


def _lines(reading: Reading, found: Listed) -> list[Line]:
    """As people sit, or in the order the figure counts them."""
    rows = found.rows if found.is_ordered else _as_seated(reading, found)
    return [
        Line(reading.thing(row.code), row.note, reading.thing(row.to) if row.to is not None else None)
        for row in rows
    ]


def _as_seated(reading: Reading, found: Listed) -> Sequence[Row]:
    place = {thing.code: n for n, thing in enumerate(reading.things(list({row.code for row in found.rows})))}
    return sorted(found.rows, key=lambda row: place[row.code])
