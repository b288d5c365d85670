"""One vote a participant, hidden until closed, changed until then; the result feeds the analyses."""

from __future__ import annotations

import html
import re

import pytest

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.voting import casting, rounds
from app.exercises.linkage.voting.models import Ballot, Method, RoundState
from app.groups.models import Membership
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become
from tests.make import make_member, make_registrant


@pytest.fixture
def stage(app) -> Stage:
    stage = make_stage()
    titles = ("ตลาดเกษตรกร", "ขุดสระ", "ธนาคารขยะ", "ถนนหมู่บ้าน")
    stage.items = [stage.add("project", title) for title in titles]  # type: ignore[attr-defined]
    stage.organiser = make_member(stage.event, Role.ORGANISER)  # type: ignore[attr-defined]
    return stage


def vote_on(stage: Stage, method: Method = Method.DOTS, **more):
    """An open round about the stage's projects."""
    more = {"criteria": [("เร่งด่วน", 2.0), ("คุ้มค่า", 1.0)], **more}
    made = rounds.prepare(
        stage.exercise, rounds.Question("ควรทำก่อน", method, stage.items, **more), stage.organiser
    )
    rounds.open_round(made, stage.organiser)
    db.session.commit()
    return made


def test_one_person_has_one_vote_however_often_it_is_changed(stage):
    one, two, *_ = stage.items
    vote = vote_on(stage)
    casting.cast(vote, stage.malee, {one: "3", two: "0"})
    casting.cast(vote, stage.malee, {one: "1", two: "2"})
    assert db.session.query(Ballot).count() == 1
    assert rounds.turnout(vote).cast == 1
    rounds.close_round(vote, stage.organiser)
    assert {row.item: row.raw for row in rounds.results(vote) if row.raw} == {one: 1, two: 2}


def test_nobody_sees_a_figure_before_the_round_is_closed(stage, client):
    vote = vote_on(stage)
    casting.cast(vote, stage.malee, {stage.items[0]: "3"})
    db.session.commit()
    with pytest.raises(RuleBroken, match="เมื่อปิด"):
        rounds.results(vote)
    client.sign_in(stage.organiser)
    page = words(client.get(round_url(stage, vote)))
    assert "ลงคะแนนแล้ว" in page
    assert "ตลาดเกษตรกร" not in page, "not even the items in an order"
    assert document_of(stage.exercise)["dot_votes"]["by_group"] == {}


def test_after_closing_nothing_is_taken_and_nothing_reopens(stage):
    vote = vote_on(stage)
    rounds.close_round(vote, stage.organiser)
    with pytest.raises(RuleBroken, match="ปิดการลงคะแนนแล้ว"):
        casting.cast(vote, stage.malee, {stage.items[0]: "1"})
    with pytest.raises(RuleBroken):
        rounds.open_round(vote, stage.organiser)


def test_one_round_at_a_time(stage):
    vote_on(stage)
    with pytest.raises(RuleBroken, match="รอบอื่น"):
        vote_on(stage)


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        (Method.DOTS, {"0": "4"}),
        (Method.DOTS, {"0": "3", "1": "3"}),
        (Method.DOTS, {"0": "-1"}),
        (Method.DOTS, {"0": "0"}),
        (Method.DOTS, {"none": "1"}),
        (Method.DOTS, {"0": "๑"}),
        (Method.TOP3, {"0": "1", "1": "1"}),
        (Method.TOP3, {"0": "2"}),
        (Method.TOP3, {"0": "4"}),
        (Method.CRITERIA, {"0/K1": "4"}),
        (Method.CRITERIA, {"0/K9": "1"}),
        (Method.CRITERIA, {"0": "1"}),
        (Method.MATRIX, {"0/impact": "3"}),
        (Method.MATRIX, {"0/impact": "0", "0/ease": "1"}),
    ],
)
def test_a_ballot_against_the_rules_is_refused_and_leaves_no_trace(stage, method, sent):
    vote = vote_on(stage, method)
    named = {re.sub(r"^\d", lambda m: stage.items[int(m[0])], key): value for key, value in sent.items()}
    with pytest.raises(RuleBroken):
        casting.cast(vote, stage.malee, named)
    assert db.session.query(Ballot).count() == 0


def test_criteria_and_corners_are_kept_as_scores(stage):
    one, two, *_ = stage.items
    vote = vote_on(stage, Method.CRITERIA)
    ballot = casting.cast(vote, stage.malee, {f"{one}/K1": "3", f"{one}/K2": "0"})
    assert ballot.choices == {one: {"K1": 3, "K2": 0}}
    rounds.close_round(vote, stage.organiser)
    assert float(rounds.results(vote)[0].raw) == pytest.approx(100 * 6 / 9)
    matrix = vote_on(stage, Method.MATRIX)
    casting.cast(matrix, stage.malee, {f"{two}/impact": "3", f"{two}/ease": "3"})
    rounds.close_round(matrix, stage.organiser)
    assert rounds.results(matrix)[0].corner == "do"


def test_the_own_groups_items_can_be_left_out(stage):
    vote = vote_on(stage, own_allowed=False)
    assert casting.open_options(vote, stage.first) == []
    with pytest.raises(RuleBroken):
        casting.cast(vote, stage.malee, {stage.items[0]: "1"})
    casting.cast(vote, stage.stranger, {stage.items[0]: "1"})


def test_two_records_of_one_person_are_one_vote(stage):
    again = make_registrant(stage.event, "มาลี", "ทดสอบ")
    vote = vote_on(stage)
    casting.cast(vote, stage.malee, {stage.items[0]: "1"})
    casting.cast(vote, again, {stage.items[1]: "2"})
    again.merged_into_id = stage.malee.id
    db.session.commit()
    assert rounds.turnout(vote).cast == 1
    casting.cast(vote, again, {stage.items[2]: "3"})
    rounds.close_round(vote, stage.organiser)
    assert {row.item: row.raw for row in rounds.results(vote) if row.raw} == {stage.items[2]: 3}


def test_a_closed_round_of_points_is_what_the_analyses_read_and_the_newest_counts(stage):
    one, two, *_ = stage.items
    somewhere = make_registrant(stage.event, "ไม่มี", "กลุ่ม")
    first = vote_on(stage)
    casting.cast(first, stage.malee, {two: "3"})
    rounds.close_round(first, stage.organiser)
    seq = stage.exercise.last_seq
    second = vote_on(stage)
    casting.cast(second, stage.malee, {one: "3", two: "1"})
    casting.cast(second, stage.stranger, {two: "2"})
    casting.cast(second, somewhere, {one: "3"})
    rounds.close_round(second, stage.organiser)
    document = document_of(stage.exercise)
    codes = {stage.item(public_id).public_id: stage.item(public_id).code for public_id in (one, two)}
    assert document["dot_votes"]["by_group"] == {"G1": {codes[one]: 3, codes[two]: 1}, "G2": {codes[two]: 2}}
    assert stage.exercise.last_seq > seq, "screens that keep a reading must read again"
    stage.first.status = stage.second.status = "submitted"
    for public_id in (one, two):
        stage.item(public_id).status = "submitted"
    db.session.flush()
    assert analyse(document_of(stage.exercise))["dot_vote"]["equal_group_weight"][0][0] == codes[two]
    assert {row.item: row.raw for row in rounds.results(second)}[one] == 6, (
        "who sits nowhere counts in the raw figure"
    )


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def round_url(stage: Stage, vote) -> str:
    return f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}/votes/{vote.public_id}"


def test_from_the_organisers_question_to_the_result_on_the_phone(stage, client):
    base = f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}/votes"
    client.sign_in(stage.organiser)
    assert "ยังไม่มีการลงคะแนน" in words(client.get(base))
    form = {"name": "ควรทำก่อน", "method": "dots", "dots": "5", "most": "3", "own_allowed": "1"}
    assert client.submit(f"{base}/new", {**form, "item": stage.items[:1]}).status_code == 422
    made = client.submit(f"{base}/new", {**form, "item": stage.items})
    assert made.status_code == 302
    [vote] = rounds.rounds_of(stage.exercise)
    assert vote.state == RoundState.READY

    phone = become(client.application.test_client(), stage.malee)
    address = f"/x/{stage.exercise.public_id}/vote"
    assert "ยังไม่เปิดให้ลงคะแนน" in words(phone.get(address))
    client.submit(f"{made.location}/state", {"state": "open"})
    assert "ท่านยังไม่ลงคะแนน" in words(phone.get(address))
    assert "ท่านยังไม่ลงคะแนน" in words(phone.get(f"/x/{stage.exercise.public_id}"))
    sent = {"round": vote.public_id, f"v-{stage.items[0]}": "3", f"v-{stage.items[1]}": "3"}
    refused = phone.submit(address, sent)
    assert refused.status_code == 422
    assert "ให้คะแนนเกินไป 1 คะแนน" in words(refused)
    assert refused.get_data(as_text=True).count("checked") >= 2, "what was ticked stays ticked"
    assert phone.submit(address, {**sent, f"v-{stage.items[1]}": "2"}).status_code == 302
    assert "รับคะแนนของท่านแล้ว" in words(phone.get(address))
    assert "ผลคะแนน" not in words(phone.get(address))
    client.submit(f"{made.location}/state", {"state": "closed"})
    assert "ตลาดเกษตรกร" in words(phone.get(address))
    assert "ลงคะแนน 1 คน จากผู้อยู่ในกลุ่ม 3 คน" in words(client.get(made.location))


def test_a_stranger_and_another_event_have_no_vote(stage, client):
    vote = vote_on(stage)
    address = f"/x/{stage.exercise.public_id}/vote"
    assert client.get(address).status_code == 404
    other = make_stage()
    become(client, other.malee)
    assert client.get(address).status_code == 404
    elsewhere = f"/x/{other.exercise.public_id}/vote"
    assert client.submit(elsewhere, {"round": vote.public_id, f"v-{stage.items[0]}": "1"}).status_code == 404
    assert db.session.query(Ballot).count() == 0
    assert db.session.query(Membership).count() == 6
