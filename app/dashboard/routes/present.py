"""The plenary: the projector's page, the remote on a phone, and the two things one can do."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.events.models import Role
from app.exercises import lifecycle
from app.exercises.access import presentation_page
from app.exercises.linkage.presenting import showing
from app.exercises.linkage.voting import rounds
from app.exercises.models import Exercise
from app.live import topics

from ..present import Show, show_of
from . import bp


@bp.get("/present/<exercise_id>")
@presentation_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def present(exercise: Exercise) -> ResponseReturnValue:
    """The slide of the moment, as large as the screen."""
    return render_template("dashboard/present.html", **_shown(exercise))


@bp.get("/present/<exercise_id>/slide")
@presentation_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def present_slide(exercise: Exercise) -> ResponseReturnValue:
    """The slide alone, for renewing."""
    return render_template("dashboard/_slide.html", **_shown(exercise))


@bp.get("/present/<exercise_id>/remote")
@presentation_page(Role.ORGANISER, Role.FACILITATOR)
def present_remote(exercise: Exercise) -> ResponseReturnValue:
    """Two large buttons, what comes next, holding still, and every slide by name."""
    g.way_back = (
        url_for("exercises.tiles", slug=exercise.event.slug, exercise_id=exercise.public_id),
        _("กิจกรรมกลุ่ม"),
    )
    return render_template("dashboard/present_remote.html", **_shown(exercise, draw=False))


@bp.get("/present/<exercise_id>/remote/part")
@presentation_page(Role.ORGANISER, Role.FACILITATOR)
def present_remote_part(exercise: Exercise) -> ResponseReturnValue:
    """The remote's live part: somebody else may have turned the page."""
    return render_template("dashboard/_present_remote.html", **_shown(exercise, draw=False))


@bp.post("/present/<exercise_id>/go")
@presentation_page(Role.ORGANISER, Role.FACILITATOR)
def present_go(exercise: Exercise) -> ResponseReturnValue:
    """Turn the page on every screen: ``step`` −1 or 1 from where the hall is, first or last, or ``slide``."""
    sent: Any = request.get_json(silent=True) if request.is_json else request.form
    sent = sent if hasattr(sent, "get") else {}
    show = show_of(exercise)
    slide, by = str(sent.get("slide", "")), str(sent.get("step", ""))
    if slide in show.keys:
        showing.go_to(exercise, slide)
    elif by in ("first", "last"):
        showing.go_to(exercise, show.keys[0 if by == "first" else -1])
    elif by in ("1", "-1"):
        showing.go_to(exercise, showing.step(show.keys, show.current, int(by)))
    if request.is_json:
        return jsonify(slide=showing.shown(exercise).slide)
    return redirect(url_for(".present_remote", exercise_id=exercise.public_id))


@bp.post("/present/<exercise_id>/freeze")
@presentation_page(Role.ORGANISER, Role.FACILITATOR)
def present_freeze(exercise: Exercise) -> ResponseReturnValue:
    """Hold the figures still, or let them move."""
    showing.set_frozen(exercise, request.form.get("frozen") == "1", current_user._get_current_object())
    return redirect(url_for(".present_remote", exercise_id=exercise.public_id))


def _shown(exercise: Exercise, *, draw: bool = True) -> dict[str, Any]:
    event = exercise.event
    names = (showing.topic(exercise), rounds.topic(exercise))
    moving = [lifecycle.topic(exercise)]
    signed = [topics.signed(event, name) for name in names]
    signed_moving = [topics.signed(event, name) for name in moving]
    show: Show = show_of(exercise)
    place = show.keys.index(show.current)
    return {
        "exercise": exercise,
        "event": event,
        "show": show,
        "slide": show.slide(show.current) if draw else None,
        "number": place + 1,
        "of": len(show.keys),
        "now": show.outline[place],
        "next": show.outline[place + 1] if place + 1 < len(show.outline) else None,
        "topics": signed if show.as_of else [*signed, *signed_moving],
    }
