"""Screening by reviewers: pre-checks, hidden scores, own places skipped, decisions that the analyses read."""

from __future__ import annotations

import json

import pytest

from app.database import db
from app.events.models import Role
from app.exercises.linkage.analysis import LinkageGraph, Scope, analyse
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.models import PlanItem, Review
from app.exercises.linkage.screening import deciding, reviewing
from app.exercises.linkage.screening.models import Recusal
from app.exercises.linkage.screening.prechecks import findings
from app.exercises.models import Change, Comment
from tests.conftest import FIXTURES
from tests.make import make_event, make_member, unit_named

FULL = {"C1": "3", "C2": "2", "C3": "3", "C4": "3", "C5": "2"}


@pytest.fixture
def event(app):
    return make_event("rayong")


@pytest.fixture
def exercise(event):
    document = json.loads((FIXTURES / "linkage_rayong.json").read_text("utf-8"))
    made = create_from_document(event, {**document, "reviews": []})
    db.session.commit()
    return made


@pytest.fixture
def reviewers(event):
    return [make_member(event, Role.REVIEWER, name=f"ผู้กลั่นกรอง {n}") for n in (1, 2)]


def item_of(code):
    return db.session.query(PlanItem).filter_by(code=code).one()


def address(exercise, code="", action=""):
    start = f"/events/rayong/exercises/{exercise.public_id}/screening"
    return start + (f"/{item_of(code).public_id}" if code else "") + action


def enter(client, user, exercise, agency="มหาวิทยาลัยตัวอย่าง"):
    client.submit("/sign-out")
    client.sign_in(user)
    client.submit(address(exercise, action="/me"), {"agency": agency})


def test_the_sample_is_told_what_the_five_criteria_ask(exercise):
    graph = LinkageGraph.from_document(document_of(exercise))
    strong = findings(graph, "L2")
    assert strong.c4 == 3
    assert {check.code for check in strong.checks["C2"] if check.good} >= {"needs"}
    lonely = findings(graph, "L9")
    assert [check.good for check in lonely.checks["C2"] if check.code == "needs"] == [False]
    assert set(strong.checks) == {"C1", "C2", "C3", "C4", "C5"}


def test_scores_of_others_are_hidden_until_ones_own_is_in(exercise, reviewers, client):
    first, second = reviewers
    enter(client, first, exercise)
    note = "ควรระบุค่าฐานของตัวชี้วัด"
    client.submit(address(exercise, "L2"), FULL | {"note": note})
    enter(client, second, exercise)
    before = client.get(address(exercise, "L2")).get_data(as_text=True)
    assert note not in before
    assert "คะแนนของผู้อื่น" not in before
    assert item_of("L2").submission.name not in before, "whose it is is hidden too"
    me = reviewing.reviewer_of(exercise, second)
    [task] = [one for one in reviewing.tasks(exercise, me) if one.item.code == "L2"]
    assert (task.reviews, task.others) == ([], 1), "that somebody scored is told, not what"
    assert client.submit(address(exercise, "L2"), {"C1": "1"}).status_code == 302
    after = client.get(address(exercise, "L2")).get_data(as_text=True)
    assert note in after
    assert item_of("L2").submission.name in after
    assert [review.reviewer for review in db.session.query(Review).order_by(Review.id)] == ["R1", "R2"]


def test_c4_is_offered_by_the_bottleneck_and_anchors_are_in_words(exercise, reviewers, client):
    enter(client, reviewers[0], exercise)
    page = client.get(address(exercise, "L2")).get_data(as_text=True)
    assert 'id="C4-3" name="C4" value="3" checked' in page
    for words in ("อ่านไม่รู้ว่าทำอะไร", "แก้ตรงสาเหตุ", "มีผลและนำมาปรับ", "ช่องสำคัญกรอกแล้ว"):
        assert words in page


def test_a_reviewer_does_not_judge_the_own_place(exercise, event, reviewers, client):
    item = item_of("L2")
    reviewer = reviewing.come_from(exercise, reviewers[0], unit_named(event, "แกลง"), "")
    assert reviewing.is_own_place(reviewer, item)
    db.session.commit()
    client.sign_in(reviewers[0])
    refused = client.submit(address(exercise, "L2"), FULL)
    assert refused.status_code == 422
    assert "ให้ผู้อื่นพิจารณา" in client.get(address(exercise)).get_data(as_text=True)
    client.submit("/sign-out")
    client.sign_in(make_member(event, Role.ORGANISER))
    client.submit(address(exercise, action="/switches"), {"needed": "1"})
    enter(client, reviewers[0], exercise)
    assert client.submit(address(exercise, "L2"), FULL).status_code == 302, "the switch is the organiser's"


def test_a_body_that_takes_part_is_an_own_place_by_its_name(exercise, reviewers):
    item = item_of("L2")
    reviewer = reviewing.come_from(exercise, reviewers[0], None, item.lead_name)
    assert reviewing.is_own_place(reviewer, item)
    elsewhere = reviewing.come_from(exercise, reviewers[1], None, "หน่วยงานที่ไม่เกี่ยว")
    assert not reviewing.is_own_place(elsewhere, item)


def test_a_reviewer_stands_back_and_says_nothing_before_saying_where_from(exercise, reviewers, client):
    client.sign_in(reviewers[0])
    assert client.get(address(exercise, "L2")).status_code == 404
    enter(client, reviewers[0], exercise)
    client.submit(address(exercise, "L2", "/stand-back"), {"reason": "ญาติเป็นผู้รับจ้าง"})
    assert db.session.query(Recusal).one().reason == "ญาติเป็นผู้รับจ้าง"
    assert client.submit(address(exercise, "L2"), FULL).status_code == 422


@pytest.mark.parametrize("wrong", [{}, {"C1": "4"}, {"C1": "-1"}, {"C1": "๓"}])
def test_scores_outside_the_scale_are_refused(exercise, reviewers, client, wrong):
    enter(client, reviewers[0], exercise)
    assert client.submit(address(exercise, "L2"), wrong).status_code == 422
    assert db.session.query(Review).count() == 0


def test_the_reviews_of_the_sample_given_on_the_pages_give_its_expected_screening(exercise, event, client):
    expected = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text("utf-8"))["screening"]
    given = json.loads((FIXTURES / "linkage_rayong.json").read_text("utf-8"))["reviews"]
    reviewing.set_switches(exercise, True, False, 2)
    people = {}
    for review in given:
        name = review["reviewer"]
        if name not in people:
            user = make_member(event, Role.REVIEWER, name=name)
            people[name] = reviewing.come_from(exercise, user, None, "สภาพัฒน์")
        task = next(t for t in reviewing.tasks(exercise, people[name]) if t.item.code == review["item"])
        reviewing.judge(exercise, people[name], task, {k: str(v) for k, v in review["scores"].items()}, "")
    db.session.commit()
    found = analyse(document_of(exercise))["screening"]
    assert {code: item["score"] for code, item in found["items"].items()} == {
        code: item["score"] for code, item in expected["items"].items()
    }
    assert found["alpha_ordinal"] == expected["alpha_ordinal"]
    user = make_member(event, Role.ORGANISER)
    client.sign_in(user)
    assert "0.86" in client.get(address(exercise)).get_data(as_text=True)
    client.submit(address(exercise, action="/decide"))
    assert {code: str(item_of(code).status) for code in ("L2", "L5", "L9")} == {
        "L2": "passed",
        "L5": "conditional",
        "L9": "rejected",
    }
    after = analyse(document_of(exercise))
    assert "L9" not in after["screening"]["items"], "what was rejected no longer counts"
    again = deciding.decide_by_scores(exercise, user)
    assert again == 0


def test_a_rejection_needs_its_reason_and_the_group_reads_it(exercise, event, client):
    client.sign_in(make_member(event, Role.ORGANISER))
    client.submit(address(exercise, "L2", "/decision"), {"decision": "fail", "reason": ""})
    assert item_of("L2").status != "rejected"
    client.submit(address(exercise, "L2", "/decision"), {"decision": "fail", "reason": "ซ้ำกับงานประจำ"})
    assert item_of("L2").status == "rejected"
    assert db.session.query(Comment).one().text == "ซ้ำกับงานประจำ"
    assert db.session.query(Change).filter_by(action="screen").one().after == {"status": "rejected"}


def test_who_does_not_review_sees_nothing_and_other_events_do_not_exist(exercise, event, reviewers, client):
    for role in (Role.FACILITATOR, Role.VIEWER, Role.REGISTRAR):
        client.sign_in(make_member(event, role))
        assert client.get(address(exercise)).status_code == 403
        client.submit("/sign-out")
    client.sign_in(reviewers[0])
    for action in ("/decide", "/switches"):
        assert client.submit(address(exercise, action=action)).status_code == 403
    assert "ผลการกลั่นกรอง" not in client.get(address(exercise)).get_data(as_text=True)
    client.submit("/sign-out")
    other = make_event("other")
    client.sign_in(make_member(other, Role.REVIEWER, Role.ORGANISER))
    elsewhere = address(exercise, "L2").replace("rayong", "other")
    assert client.get(elsewhere).status_code == 404
    assert client.submit(elsewhere + "/decision", {"decision": "pass"}).status_code == 404
    assert client.get(address(exercise).replace("rayong", "other")).status_code == 404


def test_scope_of_results_holds_what_was_rejected_so_that_it_can_be_decided_again(exercise, event):
    user = make_member(event, Role.ORGANISER)
    deciding.decide(exercise, item_of("L2"), "fail", "ผิดหลักเกณฑ์", user)
    assert "L2" in [task.item.code for task in reviewing.tasks(exercise, None)]
    assert "L2" in LinkageGraph.from_document(document_of(exercise), Scope(statuses=deciding.EVERY)).items
