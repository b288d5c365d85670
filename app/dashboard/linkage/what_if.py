"""Trying a link on screen: the rates change, nothing is saved. The address holds what is tried; undo is a link.

A step in the address is `+source.target.strength` or `-source.target.type`, both ends by their public ids.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.events.access import event_page
from app.events.models import Event
from app.exercises.linkage.analysis.figures import money
from app.exercises.linkage.group_work.sentences import sentence_of
from app.exercises.linkage.rules import Problem
from app.exercises.linkage.trying import ADD, CUT, Rates, Step, Trial, fitting_type, try_steps
from app.exercises.linkage.vocabulary import LINK_TYPES, STRENGTHS

from ..routes import bp
from .frame import READERS, Chosen, page, reading_of
from .items import in_words
from .reading import Reading, Thing

MOST_STEPS = 20
MOST_TARGETS = 80


@bp.get("/events/<slug>/linkage/<exercise_id>/what-if")
@event_page(*READERS)
def linkage_what_if(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The rates with links added or cut; choose an item, then what to do with it."""
    exercise, asked, reading = reading_of(event, exercise_id)
    written = request.args.getlist("do")[:MOST_STEPS]
    steps = [(text, step) for text in written if (step := _step(reading, text)) is not None]
    trial = try_steps(reading.document, asked.as_scope, [step for _text, step in steps])
    address = _addresses(event, exercise.public_id, asked, [text for text, _step in steps])
    start = reading.codes.get(request.args.get("from", ""))
    chosen = reading.thing(start) if start is not None and start in reading.graph.nodes else None
    return page(
        event,
        exercise,
        asked,
        reading,
        changes=changes(trial),
        steps=[_step_in_words(reading, trial, n, step) for n, (_text, step) in enumerate(steps)],
        now_reaching=reading.things(trial.now_reaching),
        no_longer=reading.things(trial.no_longer_reaching),
        address=address,
        chosen=chosen,
        is_full=len(steps) >= MOST_STEPS,
        cuts=in_words(reading, chosen.code).above if chosen else [],
        cut_types=_cut_types(reading, chosen),
        targets=_targets(reading, chosen) if chosen else [],
        suggestions=[] if chosen else _suggestions(reading),
    )


def _step(reading: Reading, text: str) -> Step | None:
    """A step of the address; None when it says nothing of this exercise."""
    sign, parts = text[:1], text[1:].split(".")
    if sign not in (ADD, CUT) or len(parts) != 3:
        return None
    source, target = reading.codes.get(parts[0]), reading.codes.get(parts[1])
    if source not in reading.graph.nodes or target not in reading.graph.nodes:
        return None
    if sign == CUT:
        return Step(CUT, str(source), str(target), kind=parts[2]) if parts[2] in LINK_TYPES else None
    return Step(ADD, str(source), str(target), int(parts[2])) if parts[2] in ("1", "2", "3") else None


def _addresses(event: Event, exercise_id: str, asked: Chosen, written: list[str]) -> Callable[..., str]:
    """Makes addresses of this page: with one step more, without one, without any, with an item chosen."""

    def address(add: str = "", without: int | None = None, start: str = "", empty: bool = False) -> str:
        kept = [] if empty else [text for place, text in enumerate(written) if place != without]
        query: dict[str, Any] = {**asked.query, "do": [*kept, add] if add else kept}
        if start:
            query["from"] = start
        return url_for("dashboard.linkage_what_if", slug=event.slug, exercise_id=exercise_id, **query)

    return address


@dataclass(frozen=True)
class StepInWords:
    """A step as the page says it; `problem` when the rules refuse it."""

    words: str
    problem: str


def _step_in_words(reading: Reading, trial: Trial, place: int, step: Step) -> StepInWords:
    source, target = reading.thing(step.source).title, reading.thing(step.target).title
    if step.sign == CUT:
        words = _("ตัด “%(source)s” → “%(target)s”", source=source, target=target)
    else:
        words = _(
            "เชื่อม “%(source)s” → “%(target)s” (%(strength)s)",
            source=source,
            target=target,
            strength=STRENGTHS[step.strength],
        )
    problem = trial.refused.get(place)
    return StepInWords(words, sentence_of(problem) if problem is not None else "")


@dataclass(frozen=True)
class Difference:
    """A figure before and after; `verdict` is better, worse or same."""

    name: str
    before: str
    after: str
    verdict: str


def changes(trial: Trial) -> list[Difference]:
    """Every figure a link can change, in the words of the first page."""
    more_is_better: list[tuple[str, Callable[[Rates], int | Fraction], bool]] = [
        (_("ปัญหาที่เชื่อมโยงครบทุกระดับ"), lambda r: r.strict, True),
        (_("ปัญหาที่ถึงประเด็นของจังหวัด"), lambda r: r.loose, True),
        (_("รายการที่ขาดการเชื่อมโยง"), lambda r: r.lost, False),
        (_("เป้าหมายที่ยังไม่มีโครงการรองรับ"), lambda r: r.unsupported, False),
        (_("โครงการที่ยังไม่บอกว่าแก้ปัญหาใด"), lambda r: r.without_need, False),
        (_("งบประมาณที่ไม่สอดคล้องประเด็นใด (บาท)"), lambda r: r.unaligned, False),
    ]
    rows = []
    whole = trial.before.needs
    if whole:
        before, after = (f"{round(100 * r.strict / whole)}%" for r in (trial.before, trial.after))
        rows.append(
            Difference(
                _("ร้อยละที่เชื่อมโยงครบทุกระดับ"), before, after, _verdict(trial.before.strict, trial.after.strict, True)
            )
        )
    for name, figure, rising in more_is_better:
        old, new = figure(trial.before), figure(trial.after)
        rows.append(Difference(name, _written(old), _written(new), _verdict(old, new, rising)))
    return rows


def _written(value: int | Fraction) -> str:
    return thai_number(money(Fraction(value)))


def _verdict(old: int | Fraction, new: int | Fraction, rising: bool) -> str:
    if old == new:
        return "same"
    return "better" if (new > old) == rising else "worse"


def _suggestions(reading: Reading) -> list[tuple[Thing, int]]:
    """Where one link helps most: ends of broken ways by what waits for them, then items without any link."""
    waiting: dict[str, int] = dict.fromkeys(reading.gaps["all"], 0)
    for ends in reading.gaps["break_points"].values():
        for end in ends:
            waiting[end] = waiting.get(end, 0) + 1
    order = sorted(waiting, key=lambda code: (-waiting[code], code))
    return [(reading.thing(code), waiting[code]) for code in order[:40]]


def _cut_types(reading: Reading, chosen: Thing | None) -> dict[tuple[str, str], str]:
    """(code of the target, words of the link) → the link's type, for the links that leave the chosen item."""
    if chosen is None:
        return {}
    return {
        (link["target"], str(LINK_TYPES.get(link["type"], link["type"]))): link["type"]
        for link in reading.graph.links
        if link["source"] == chosen.code
    }


def _targets(reading: Reading, chosen: Thing) -> list[Thing]:
    """What the chosen item may be linked to: issues, then what lies in its own districts."""
    graph = reading.graph
    source, here = graph.nodes[chosen.code], graph.districts(chosen.code)
    near = [i for i in graph.items if not here or not graph.districts(i) or graph.districts(i) & here]
    linked = {link["target"] for link in graph.links if link["source"] == chosen.code}
    found = [
        code
        for code in [*graph.anchors, *sorted(near, key=lambda i: (-graph.rank(i), i))]
        if code != chosen.code
        and code not in linked
        and not isinstance(fitting_type(source, graph.nodes[code], graph.ranks, ()), Problem)
    ]
    return [reading.thing(code) for code in dict.fromkeys(found)][:MOST_TARGETS]
