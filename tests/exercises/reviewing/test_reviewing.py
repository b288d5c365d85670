"""A plan reviewed: every item decided on; what lives on carries its past and is linked as before."""

from __future__ import annotations

import html
import re

import pytest

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises.linkage.analysis import LinkageGraph, Scope, analyse_graph
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.following import reporting
from app.exercises.linkage.merging.deciding import Decision
from app.exercises.linkage.merging.deciding import decide as merge
from app.exercises.linkage.merging.models import MergeKind
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.reviewing import fates
from app.exercises.linkage.reviewing.beginning import begin, former_exercises
from app.exercises.linkage.reviewing.models import Fate, FormerItem
from app.exercises.linkage.rules import block_problems
from app.exercises.linkage.scopes import WRITING
from app.exercises.models import Exercise, Status
from app.exercises.ops import Author
from app.groups.models import Membership
from tests.conftest import FIXTURES
from tests.exercises.test_group_pages import become
from tests.make import make_event, make_member, make_registrant


@pytest.fixture
def rayong(app) -> Exercise:
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    return exercise


@pytest.fixture
def user(rayong):
    return make_member(rayong.event, Role.ORGANISER)


def listed(exercise: Exercise, code: str) -> FormerItem:
    return db.session.query(FormerItem).filter_by(exercise_id=exercise.id, code=code).one()


def say(exercise: Exercise, code: str, fate: str, user, **more: str) -> FormerItem:
    found = listed(exercise, code)
    fates.decide(found, fates.Verdict(fate, **more), Author(user=user))
    return found


def test_a_review_begins_with_the_frame_and_a_question_for_every_item(rayong, user):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    found, old = document_of(made), document_of(rayong)
    assert made.name == "ทบทวน การเชื่อมโยงแผน (One Plan)"
    given = [item for item in old["items"] if item["origin"] == "reference"]
    assert found["items"] == given
    assert found["chains"] == old["chains"]
    assert found["levels"] == old["levels"]
    assert len(fates.former_items(made)) == len(old["items"]) - len(given)
    own = fates.former_items(made, made.submissions[0])
    assert {item.group_name for item in own} == {"แกลง 1"}


def test_what_was_merged_is_not_asked_about_twice(rayong, user):
    ids = {i.code: i.public_id for i in db.session.query(PlanItem).filter_by(exercise_id=rayong.id)}
    new = merge(rayong, [ids["L2"], ids["L9"]], Decision(MergeKind.MERGE, "ซ้ำ", budget="sum"), user)
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    codes = {item.code for item in fates.former_items(made)}
    assert new.item.code in codes
    assert not {"L2", "L9"} & codes
    assert listed(made, new.item.code).submission is not None, "the district's group takes it"


def test_kept_and_changed_items_live_on_with_their_past_as_evidence(rayong, user):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    kept = say(made, "L2", "kept", user, result="อบรมแล้ว 80 คน", year="2560")
    say(made, "L1", "changed", user, reason="ลดพื้นที่")
    assert (kept.item.code, kept.item.status, kept.item.submission_id) == ("L2", Status.DRAFT, kept.submission_id)
    rows = [row for row in kept.item.evidence if row.public_id == f"former-{kept.public_id}"]
    assert [(row.type, row.title, row.data_year_be) for row in rows] == [
        ("past_evaluation", "อบรมแล้ว 80 คน", 2560)
    ]
    graph = LinkageGraph.from_document(document_of(made), Scope(statuses=WRITING))
    assert analyse_graph(graph)["evidence"]["past_evaluation_items"] == ["L1", "L2"], "criterion C5 is answered"
    say(made, "L2", "kept", user, result="อบรมแล้ว 90 คน", year="2561")
    assert [row.title for row in kept.item.evidence if row.public_id == f"former-{kept.public_id}"] == [
        "อบรมแล้ว 90 คน"
    ]


def test_dropped_and_done_items_leave_no_card_and_can_come_back(rayong, user):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    before = len(document_of(made)["items"])
    say(made, "L2", "kept", user)
    found = say(made, "L2", "done", user, reason="ครบแล้ว", result="อบรมครบ 100 คน")
    assert len(document_of(made)["items"]) == before
    say(made, "L2", "kept", user)
    assert found.item.deleted_at is None
    assert len(document_of(made)["items"]) == before + 1


@pytest.mark.parametrize(
    ("fate", "words", "field"),
    [
        ("dropped", {}, "reason"),
        ("changed", {}, "reason"),
        ("done", {"reason": "ครบ"}, "result"),
        ("kept", {"year": "2570"}, "year"),
        ("kept", {"year": "ปีก่อน"}, None),
        ("kept", {"reason": "ก" * 1001}, "reason"),
        ("lost", {}, "fate"),
    ],
)
def test_a_word_that_says_too_little_or_too_much_is_refused(rayong, user, fate, words, field):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    with pytest.raises(RuleBroken) as refused:
        say(made, "L2", fate, user, **words)
    assert field is None or refused.value.field == field


def test_when_everything_is_kept_the_new_plan_says_what_the_old_one_said(rayong, user):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    for item in fates.former_items(made):
        fates.decide(item, fates.Verdict("kept"), Author(user=user))
    old, new = document_of(rayong), document_of(made)
    assert not [p for p in block_problems(new) if p.code == "cycle"]
    ends = {(link["source"], link["target"], link["type"]) for link in old["links"]}
    assert {(link["source"], link["target"], link["type"]) for link in new["links"]} == ends
    scope = Scope(statuses=WRITING)
    one, other = (analyse_graph(LinkageGraph.from_document(doc, scope)) for doc in (old, new))
    for name in ("coverage_matrix", "full_chain", "budget", "value_chain", "orphans"):
        assert one[name] == other[name], name


def test_a_link_comes_only_when_both_its_ends_live_on(rayong, user):
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    old = next(link for link in document_of(rayong)["links"] if link["type"] == "answered_by")
    say(made, old["source"], "kept", user)
    assert not [link for link in document_of(made)["links"] if link["source"] == old["source"]]
    say(made, old["target"], "kept", user)
    assert [link["target"] for link in document_of(made)["links"] if link["source"] == old["source"]] == [
        old["target"]
    ]


def test_the_last_report_is_what_one_begins_from(rayong, user):
    reporting.set_up(rayong, user)
    follow_up = next(one for one in reporting.follow_ups_of(rayong) if one.item.code == "L2")
    reporting.report(follow_up, reporting.Said("done", note="อบรม 100 คน"), "อบต.กองดิน")
    made = begin(rayong.event, rayong.grouping, rayong, "", user)
    found = listed(made, "L2")
    assert found.result == "แล้วเสร็จ 100% · อบรม 100 คน"
    assert found.year_be is not None
    assert found.fate == Fate.OPEN, "people decide"


def test_only_plans_one_may_see_can_be_reviewed(rayong, user):
    other = create_from_document(make_event("other"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    assert former_exercises(rayong.event, user) == [rayong]
    elsewhere = make_member(other.event, Role.ORGANISER)
    assert former_exercises(other.event, elsewhere) == [other]
    with pytest.raises(RuleBroken, match="จัดกลุ่มก่อน"):
        begin(other.event, None, other, "", elsewhere)


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def test_from_the_organisers_choice_to_the_groups_word(rayong, user, client):
    rayong.grouping.mode = "manual"  # an imported grouping is not the one in force
    db.session.commit()
    client.sign_in(user)
    new = "/events/kbo/exercises/review/new"
    assert "การเชื่อมโยงแผน (One Plan)" in words(client.get(new))
    assert client.submit(new, {"former": "x"}).status_code == 422
    response = client.submit(new, {"former": rayong.public_id, "name": "ทบทวนปี 2562"})
    assert response.status_code == 302
    made = db.session.query(Exercise).order_by(Exercise.id.desc()).first()
    assert "ยังไม่ตัดสิน" in words(client.get(response.location))

    person = make_registrant(rayong.event, "มาลี")
    group = made.submissions[0]
    db.session.add(Membership(grouping_id=made.grouping_id, group_id=group.group_id, registrant_id=person.id))
    db.session.commit()
    phone = become(client.application.test_client(), person)
    assert "ทบทวนแผนเดิม: ยังไม่ตัดสิน" in words(phone.get(f"/x/{made.public_id}"))
    address = f"/x/{made.public_id}/former"
    item = fates.former_items(made, group)[0]
    assert phone.submit(address, {"item": item.public_id, "fate": "dropped"}).status_code == 422
    sent = {"item": item.public_id, "fate": "dropped", "reason": "หมดความจำเป็น"}
    assert phone.submit(address, sent).status_code == 302
    assert "หมดความจำเป็น" in words(phone.get(address))
    page = words(client.get(f"{response.location}?group={group.code}"))
    assert "หมดความจำเป็น" in page
    assert "1 ยกเลิก" in page
    foreign = fates.former_items(made, made.submissions[1])[0]
    assert phone.submit(address, {**sent, "item": foreign.public_id}).status_code == 404
    assert client.get(f"/events/kbo/exercises/{rayong.public_id}/former").status_code == 404, "it reviews nothing"
