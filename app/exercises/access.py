"""Who may open an exercise: members of a group their own, facilitators theirs, organisers all. Others: 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.access import ask_to_sign_in
from app.accounts.models import User
from app.core.access import Access, declare
from app.events.access import event_page, roles_of
from app.events.models import Event, Role
from app.registration.access import current_registrant

from . import queries
from .linkage.following import reporting
from .linkage.following.models import Reporter
from .models import Exercise, Submission
from .ops import Author

_REPORTERS = "reporters"
_MOST_REPORTERS = 10  # a cookie has little room
SEES_ALL = {Role.OWNER, Role.ORGANISER}


def guides(user: User, roles: set[Role], submission: Submission) -> bool:
    """Whether somebody of the team may see and touch a group: organisers all, a facilitator the own ones."""
    if roles & SEES_ALL:
        return True
    return Role.FACILITATOR in roles and submission.group.facilitator_id == user.id


def group_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A group's page at ``/x/<exercise_id>/…``; the view gets ``exercise``, ``submission`` and ``author``.

    Members come with the cookie of their personal link. The team names the group: ``?group=<public id>``; so may
    an adviser, who goes round the tables of one district.
    """

    @wraps(view)
    def with_group(exercise_id: str, *args: Any, **kwargs: Any) -> Any:
        exercise = queries.find_exercise(exercise_id) or abort(404)
        g.event = exercise.event
        wanted = request.args.get("group", "")
        found = _of_team(exercise, wanted) if wanted else None
        found = found or _of_member(exercise, wanted)
        if found is None:
            return _turned_away(exercise, wanted), 404
        submission, author = found
        g.way_back = _way_back(exercise, submission, author)
        return view(exercise, submission, author, *args, **kwargs)

    return declare(with_group, Access("group_page", scope="group"))


def _turned_away(exercise: Exercise, group_id: str) -> str:
    """Who has no business at a group's page learns how to come in, or, being of the event, whose page it is."""
    registrant = current_registrant(exercise.event)
    is_of_team = current_user.is_authenticated and bool(roles_of(current_user, exercise.event))
    if registrant is None and not (is_of_team and group_id):
        return _not_a_member(exercise.event, for_team=bool(group_id))
    submission = queries.find_submission(exercise, group_id) or abort(404)
    own = queries.submission_of(exercise, registrant) if registrant is not None else None
    return render_template("exercises/other_group.html", exercise=exercise, submission=submission, own=own)


def _not_a_member(event: Event, *, for_team: bool = False) -> str:
    """How a participant comes in; where the team has a way of its own, that too."""
    may_sign_in = for_team and request.method == "GET" and not current_user.is_authenticated
    sign_in = url_for("security.login", next=request.full_path) if may_sign_in else ""
    return render_template("exercises/not_a_member.html", event=event, sign_in=sign_in)


def _way_back(exercise: Exercise, submission: Submission, author: Author) -> tuple[str, str]:
    """Where somebody came from to a group's page, and what that is called: the top of the page leads there."""
    slug = exercise.event.slug
    if author.registrant is not None:
        return url_for("dashboard.me", slug=slug), _("หน้าของฉัน")
    group_id = submission.group.public_id
    address = url_for("exercises.group_view", slug=slug, exercise_id=exercise.public_id, group_id=group_id)
    return address, _("หน้าวิทยากร")


def _of_team(exercise: Exercise, group_id: str) -> tuple[Submission, Author] | None:
    if not current_user.is_authenticated:
        return None
    submission = queries.find_submission(exercise, group_id)
    user = current_user._get_current_object()
    if submission is None or not guides(user, roles_of(user, exercise.event), submission):
        return None
    return submission, Author(user=user)


def _of_member(exercise: Exercise, group_id: str) -> tuple[Submission, Author] | None:
    registrant = current_registrant(exercise.event)
    if registrant is None:
        return None
    seat = queries.seat_of(exercise, registrant)
    if seat is None:
        return None
    submission, is_adviser = seat
    if group_id and submission.group.public_id != group_id:
        others = queries.advised_with(submission) if is_adviser else []
        found = next((one for one in others if one.group.public_id == group_id), None)
        if found is None:
            return None
        submission = found
    return submission, Author(registrant=registrant, is_adviser=is_adviser)


def voter_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A participant's own vote at ``/x/<exercise_id>/vote…``; the view gets ``exercise`` and ``registrant``.

    Everyone registered for the event may vote, at a table or not; the cookie of the personal link says who it is.
    """

    @wraps(view)
    def with_voter(exercise_id: str, *args: Any, **kwargs: Any) -> Any:
        exercise = queries.find_exercise(exercise_id) or abort(404)
        g.event = exercise.event
        registrant = current_registrant(exercise.event)
        if registrant is None:
            return _not_a_member(exercise.event), 404
        g.way_back = url_for("dashboard.me", slug=exercise.event.slug), _("หน้าของฉัน")
        return view(exercise, registrant, *args, **kwargs)

    return declare(with_voter, Access("voter_page", scope="registrant"))


def reporter_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page where an office reports on its projects, ``/follow/<reporter_id>…``; the view gets ``reporter``.

    The cookie comes from the office's link and stops with it.
    """

    @wraps(view)
    def with_reporter(reporter_id: str, *args: Any, **kwargs: Any) -> Any:
        reporter = reporting.find_reporter(reporter_id)
        if reporter is None or session.get(_REPORTERS, {}).get(reporter_id) != reporter.link_version:
            return render_template("exercises/report_ended.html"), 404
        g.event = reporter.exercise.event
        return view(reporter, *args, **kwargs)

    return declare(with_reporter, Access("reporter_page", scope="reporter"))


def remember_reporter(reporter: Reporter) -> None:
    """Let this browser report for this office from now on."""
    held = {key: version for key, version in session.get(_REPORTERS, {}).items() if key != reporter.public_id}
    session[_REPORTERS] = {
        **dict(list(held.items())[-(_MOST_REPORTERS - 1) :]),
        reporter.public_id: reporter.link_version,
    }


def reporters_here(event: Event) -> list[Reporter]:
    """The offices of an event's plans that this browser reports for, having come by their links."""
    held = session.get(_REPORTERS, {})
    found = [reporting.find_reporter(public_id) for public_id in held]
    return [
        one
        for one in found
        if one is not None and one.link_version == held[one.public_id] and one.exercise.event_id == event.id
    ]


def presentation_page(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A screen of the hall at ``/present/<exercise_id>…``, a short address to type; the view gets ``exercise``."""
    allowed = {Role.OWNER, *roles}

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def with_exercise(exercise_id: str, *args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            exercise = queries.find_exercise(exercise_id) or abort(404)
            held = roles_of(current_user, exercise.event)
            if not held:
                abort(404)
            if not held & allowed:
                abort(403)
            g.event, g.roles = exercise.event, held
            return view(exercise, *args, **kwargs)

        return declare(with_exercise, Access("presentation_page", tuple(sorted(allowed)), scope="event"))

    return decorate


def exercise_page(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A team's page at ``/events/<slug>/exercises/<exercise_id>…``; the view gets ``event`` and ``exercise``."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def with_exercise(event: Event, exercise_id: str, *args: Any, **kwargs: Any) -> Any:
            exercise = queries.find_exercise(exercise_id)
            if exercise is None or exercise.event_id != event.id:
                abort(404)
            return view(event, exercise, *args, **kwargs)

        return event_page(*roles)(with_exercise)

    return decorate


def guided_group_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A team's page of one group; ``/…/groups/<group_id>…``. A facilitator's other groups do not exist."""

    @wraps(view)
    def with_group(event: Event, exercise: Exercise, group_id: str, *args: Any, **kwargs: Any) -> Any:
        submission = queries.find_submission(exercise, group_id)
        if submission is None or not guides(current_user._get_current_object(), g.roles, submission):
            abort(404)
        return view(event, exercise, submission, *args, **kwargs)

    return exercise_page(Role.ORGANISER, Role.FACILITATOR)(with_group)
