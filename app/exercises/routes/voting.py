"""Voting: a participant's page on the phone, and the team's rounds with their results."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core import qr
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.text import arabic_digits, clean_text
from app.events.models import Event, Role
from app.exercises.access import SEES_ALL, exercise_page, voter_page
from app.exercises.linkage.merging.candidates import choosable
from app.exercises.linkage.voting import casting, rounds
from app.exercises.linkage.voting.models import Method, RoundState, VoteRound
from app.exercises.linkage.voting.showing import CORNERS, axis_words, results_of
from app.exercises.linkage.voting.tally import SCALE
from app.exercises.models import Exercise
from app.exercises.queries import submission_of
from app.live import topics
from app.registration.models import Registrant

from . import bp

METHODS = {
    Method.DOTS: (_l("แบ่งคะแนน"), _l("คนละหลายคะแนน แบ่งให้รายการที่เห็นว่าสำคัญ")),
    Method.TOP3: (_l("สามอันดับแรก"), _l("เลือกอันดับหนึ่ง สอง สาม")),
    Method.CRITERIA: (_l("ให้คะแนนตามเกณฑ์"), _l("ให้ 0 ถึง 3 ทุกเกณฑ์ แต่ละเกณฑ์มีน้ำหนัก")),
    Method.MATRIX: (_l("ผลกระทบ × ความเป็นไปได้"), _l("ให้ 1 ถึง 3 สองด้าน ได้ตารางสี่ช่อง")),
}
STATES = {
    RoundState.READY: _l("ยังไม่เปิด"),
    RoundState.OPEN: _l("กำลังลงคะแนน"),
    RoundState.CLOSED: _l("ปิดแล้ว"),
}
KINDS_TO_VOTE = ("project", "need", "goal", "programme")
FIRST_CRITERIA = _l("ความเร่งด่วน 1\nความคุ้มค่า 1\nความพร้อม 1")


# -- the phone -----------------------------------------------------------------------------------------


@bp.route("/x/<exercise_id>/vote", methods=["GET", "POST"])
@voter_page
def vote(exercise: Exercise, registrant: Registrant) -> ResponseReturnValue:
    """One's own vote, to be cast and changed until the round is closed; afterwards the result."""
    problem, typed = "", {}
    running = rounds.running(exercise)
    if request.method == "POST":
        wanted = rounds.find(exercise, request.form.get("round", "")) or abort(404)
        typed = {key[2:]: value for key, value in request.form.items() if key.startswith("v-")}
        try:
            casting.cast(wanted, registrant, typed)
        except RuleBroken as broken:
            problem = str(broken.sentence)
        else:
            flash(_("รับคะแนนของท่านแล้ว เปลี่ยนได้จนกว่าจะปิดการลงคะแนน"))
            return redirect(url_for(".vote", exercise_id=exercise.public_id))
    page = render_template(
        "exercises/vote.html",
        exercise=exercise,
        topic=topics.signed(exercise.event, rounds.topic(exercise)),
        problem=problem,
        **_ballot(exercise, registrant, running, typed),
    )
    return page, 422 if problem else 200


@bp.get("/x/<exercise_id>/vote/part")
@voter_page
def vote_part(exercise: Exercise, registrant: Registrant) -> ResponseReturnValue:
    """The ballot alone, when a round is opened or closed while the page is looked at."""
    return render_template(
        "exercises/_vote.html",
        exercise=exercise,
        problem="",
        **_ballot(exercise, registrant, rounds.running(exercise), {}),
    )


def _ballot(
    exercise: Exercise, registrant: Registrant, running: VoteRound | None, typed: dict[str, str]
) -> dict[str, Any]:
    ballot = casting.ballot_of(running, registrant) if running else None
    shown = running or next((one for one in rounds.rounds_of(exercise) if one.state == RoundState.CLOSED), None)
    return {
        "round": shown,
        "is_open": running is not None,
        "ballot": ballot,
        "values": typed or _flat(ballot.choices if ballot else {}),
        "options": casting.open_options(running, submission_of(exercise, registrant)) if running else [],
        "axes": axis_words(shown) if shown else [],
        "results": results_of(shown) if shown and not running else None,
        "corners": CORNERS,
        "scale": SCALE,
    }


def _flat(choices: dict[str, Any]) -> dict[str, str]:
    """Choices as the form's fields hold them."""
    flat: dict[str, str] = {}
    for item, value in choices.items():
        if isinstance(value, dict):
            flat |= {f"{item}/{axis}": str(score) for axis, score in value.items()}
        else:
            flat[item] = str(value)
    return flat


# -- the team ------------------------------------------------------------------------------------------


@bp.get("/events/<slug>/exercises/<exercise_id>/votes")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def votes(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The rounds there are."""
    return render_template(
        "exercises/votes.html",
        event=event,
        exercise=exercise,
        rounds=rounds.rounds_of(exercise),
        methods=METHODS,
        states=STATES,
        may_run=bool(g.roles & SEES_ALL),
    )


@bp.route("/events/<slug>/exercises/<exercise_id>/votes/new", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def vote_new(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """A question, a way to answer it, and what it is about."""
    problem = ""
    if request.method == "POST":
        try:
            made = rounds.prepare(exercise, _question(), current_user._get_current_object())
        except RuleBroken as broken:
            problem = str(broken.sentence)
        else:
            return redirect(_round_url(event, exercise, made))
    kind = request.values.get("kind", "project")
    kind = kind if kind in KINDS_TO_VOTE else "project"
    page = render_template(
        "exercises/vote_new.html",
        event=event,
        exercise=exercise,
        kind=kind,
        kinds=KINDS_TO_VOTE,
        items=choosable(exercise, kind=kind),
        methods=METHODS,
        first_criteria=FIRST_CRITERIA,
        typed=request.form,
        chosen=request.form.getlist("item"),
        problem=problem,
    )
    return page, 422 if problem else 200


def _question() -> rounds.Question:
    method = request.form.get("method", "")
    if method not in METHODS:
        raise RuleBroken(_("โปรดเลือกวิธีลงคะแนน"), "method")
    return rounds.Question(
        name=request.form.get("name", ""),
        method=Method(method),
        items=request.form.getlist("item"),
        dots=request.form.get("dots", 0, type=int),
        most=request.form.get("most", 0, type=int),
        own_allowed=request.form.get("own_allowed") == "1",
        criteria=_criteria(request.form.get("criteria", "")),
    )


def _criteria(pasted: str) -> list[tuple[str, float]]:
    """Lines such as ความเร่งด่วน 2: the words and the weight behind them, 1 where none is given."""
    found = []
    for line in clean_text(pasted, multiline=True).splitlines():
        words, _space, last = line.strip().rpartition(" ")
        number = arabic_digits(last).replace(",", ".")
        has_weight = bool(words) and number.replace(".", "", 1).isdigit()
        if line.strip():
            found.append((words.strip()[:100], float(number)) if has_weight else (line.strip()[:100], 1.0))
    return found


@bp.get("/events/<slug>/exercises/<exercise_id>/votes/<round_id>")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def vote_round(event: Event, exercise: Exercise, round_id: str) -> ResponseReturnValue:
    """One round: the way in for phones, how many have voted, and after closing both countings."""
    found = rounds.find(exercise, round_id) or abort(404)
    return render_template(
        "exercises/vote_round.html", event=event, exercise=exercise, **_one(event, exercise, found)
    )


@bp.get("/events/<slug>/exercises/<exercise_id>/votes/<round_id>/part")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def vote_round_part(event: Event, exercise: Exercise, round_id: str) -> ResponseReturnValue:
    """The live part of the same."""
    found = rounds.find(exercise, round_id) or abort(404)
    return render_template(
        "exercises/_vote_round.html", event=event, exercise=exercise, **_one(event, exercise, found)
    )


def _one(event: Event, exercise: Exercise, vote: VoteRound) -> dict[str, Any]:
    address = base_url() + url_for(".vote", exercise_id=exercise.public_id)
    return {
        "round": vote,
        "topic": topics.signed(event, rounds.topic(exercise)),
        "turnout": rounds.turnout(vote),
        "results": results_of(vote) if vote.state == RoundState.CLOSED else None,
        "methods": METHODS,
        "states": STATES,
        "corners": CORNERS,
        "may_run": bool(g.roles & SEES_ALL),
        "address": address,
        "qr": qr.svg(address, _("QR สำหรับลงคะแนน")) if vote.state == RoundState.OPEN else None,
    }


@bp.post("/events/<slug>/exercises/<exercise_id>/votes/<round_id>/state")
@exercise_page(Role.ORGANISER)
def vote_state(event: Event, exercise: Exercise, round_id: str) -> ResponseReturnValue:
    """Open the round, or close it."""
    found = rounds.find(exercise, round_id) or abort(404)
    user = current_user._get_current_object()
    try:
        if request.form.get("state") == RoundState.OPEN:
            rounds.open_round(found, user)
            flash(_("เปิดให้ลงคะแนนแล้ว"))
        else:
            rounds.close_round(found, user)
            flash(_("ปิดการลงคะแนนแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(_round_url(event, exercise, found))


def _round_url(event: Event, exercise: Exercise, vote: VoteRound) -> str:
    return url_for(".vote_round", slug=event.slug, exercise_id=exercise.public_id, round_id=vote.public_id)
