"""A group's page on its phones, and the two addresses its script talks to."""

from __future__ import annotations

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import RuleBroken
from app.exercises import lifecycle, phases, queries, suggesting, sync
from app.exercises.access import group_page, reporters_here
from app.exercises.boards.running import BOARD
from app.exercises.linkage.listed import picking
from app.exercises.linkage.merging.telling import decisions_about
from app.exercises.linkage.reviewing import fates
from app.exercises.linkage.vocabulary import FIELD_NAMES
from app.exercises.linkage.voting.casting import vote_notice
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author, read_ops
from app.live import topics

from ..linkage.group_work import cards, handing_in, progress, work
from ..linkage.group_work.past import shown_value
from ..linkage.group_work.sentences import sentence_of
from . import bp
from .page_words import CHANGES, group_arg, page_words


@bp.get("/x/<exercise_id>")
@group_page
def group_work(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """The group's cards; the script keeps them in step with the other phones."""
    if exercise.kind == BOARD:
        return redirect(url_for(".board", exercise_id=exercise.public_id, group=group_arg(submission, author)))
    signed = [
        topics.signed(exercise.event, name)
        for name in (lifecycle.room_topic(exercise), lifecycle.group_topic(exercise, submission))
    ]
    found = work.work_of(exercise, submission, author)
    return render_template(
        "exercises/group_work.html",
        exercise=exercise,
        submission=submission,
        author=author,
        work=found,
        signed_topics=signed,
        page_words=page_words(exercise, submission, author, found),
        running=phases.running(exercise, submission),
        group_arg=group_arg(submission, author),
        closed=found.state["closed"],
        merged_cards=len(decisions_about(submission)),
        former_waits=fates.open_count(submission) if fates.review_of(exercise) else 0,
        vote=vote_notice(exercise, author.registrant),
        reports=reporters_here(exercise.event),
        advised=queries.advised_with(submission) if author.is_adviser else [],
        may_hand_in=not author.is_adviser,
        listed=picking.count_of(exercise),
        **review_of(exercise, submission),
    )


@bp.get("/x/<exercise_id>/changes")
@group_page
def changes(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """What changed after ``since``; 304 for a phone that has seen everything."""
    since = request.args.get("since", 0, type=int)
    newest = sync.newest(exercise, submission)
    if newest and request.if_none_match.contains(str(newest)):
        return "", 304
    response = jsonify(work.state_of(exercise, submission, author, max(0, since), newest))
    response.set_etag(str(newest))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.post("/x/<exercise_id>/ops")
@group_page
def ops(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Take what a phone wrote; each op is answered by itself, so this is never a refusal as a whole."""
    sent = read_ops(request.get_json(silent=True))
    results = suggesting.write(cards, exercise, submission, author, sent)
    return jsonify(results=results, seq=sync.newest(exercise, submission))


@bp.get("/x/<exercise_id>/review")
@group_page
def review(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """What is missing before handing in, and the yellow marks: the inner part of the page's last step."""
    return render_template(
        "exercises/_review.html",
        exercise=exercise,
        submission=submission,
        group_arg=group_arg(submission, author),
        may_hand_in=not author.is_adviser,
        **review_of(exercise, submission),
    )


def review_of(exercise: Exercise, submission: Submission) -> dict[str, object]:
    """The sentences of the last step, each with the card it speaks of."""
    document = progress.group_document(exercise, submission)
    ids = progress.card_ids(exercise, submission)
    missing = handing_in.what_is_missing(exercise, submission, document)
    yellow = progress.yellow_marks(document, submission)
    return {
        "missing": [(sentence_of(problem), ids.get(problem.item or "")) for problem in missing],
        "yellow": [(sentence_of(problem), ids.get(problem.item or "")) for problem in yellow],
    }


@bp.route("/x/<exercise_id>/submit", methods=["POST"])
@group_page
def submit(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Hand in the group's cards."""
    try:
        handing_in.submit(exercise, submission, author)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ส่งงานของกลุ่มแล้ว วิทยากรประจำกลุ่มจะอ่านและตอบกลับ"))
    return redirect(url_for(".group_work", exercise_id=exercise.public_id, group=group_arg(submission, author)))


@bp.get("/x/<exercise_id>/cards/<card_id>/history")
@group_page
def history(exercise: Exercise, submission: Submission, author: Author, card_id: str) -> ResponseReturnValue:
    """Who wrote what on a card, and what was kept aside."""
    card = cards.find(exercise, "item", card_id) or cards.find(exercise, "link", card_id)
    if card is None or card.submission_id != submission.id:
        abort(404)
    return render_template(
        "exercises/history.html",
        exercise=exercise,
        submission=submission,
        card=card,
        changes=queries.history_of(exercise, card_id),
        shown_value=shown_value,
        change_words=CHANGES,
        field_words=FIELD_NAMES,
        group_arg=group_arg(submission, author),
    )
