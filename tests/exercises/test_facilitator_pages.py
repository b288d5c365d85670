"""The team's pages: who sees which groups, and the road from handing in to what is passed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.database import db
from app.events.models import Role
from app.exercises.linkage.group_work import handing_in
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.starting import add_groups
from app.exercises.models import Comment, Exercise, Status
from app.exercises.ops import Author
from app.groups.models import Group
from tests.client import Client
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become, ready
from tests.make import make_event, make_member, make_registrant, make_user
from tests.query_count import counted


@pytest.fixture
def stage(app) -> Stage:
    return make_stage()


@pytest.fixture
def room(stage) -> str:
    return f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}"


def group(room: str, submission: object) -> str:
    return f"{room}/groups/{submission.group.public_id}"


@pytest.fixture
def facilitator(stage, client) -> Client:
    client.sign_in(stage.facilitator)
    return client


def hand_in(stage: Stage) -> tuple[str, str]:
    cards = ready(stage)
    handing_in.submit(stage.exercise, stage.first, Author(stage.malee))
    db.session.commit()
    return cards


def state(stage: Stage) -> Status:
    db.session.rollback()
    db.session.refresh(stage.first)
    return Status(stage.first.status)


def test_a_facilitator_sees_the_own_groups_only(stage, facilitator, room):
    stage.add("need", "น้ำไม่พอ")
    page = facilitator.get(room).get_data(as_text=True)
    assert "แกลง 1" in page
    assert "แกลง 2" not in page
    assert "น้ำไม่พอ" in facilitator.get(group(room, stage.first)).get_data(as_text=True)
    assert facilitator.get(group(room, stage.second)).status_code == 404
    assert facilitator.submit(f"{group(room, stage.second)}/accept").status_code == 404
    work = f"/x/{stage.exercise.public_id}"
    assert facilitator.get(work, query_string={"group": stage.second.group.public_id}).status_code == 404
    assert facilitator.get(work, query_string={"group": stage.first.group.public_id}).status_code == 200


def test_an_organiser_sees_every_group(stage, client, room):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    page = client.get(room).get_data(as_text=True)
    assert "แกลง 1" in page
    assert "แกลง 2" in page
    assert client.get(group(room, stage.second)).status_code == 200


def test_another_event_s_team_finds_nothing(stage, client, room):
    other = make_event()
    client.sign_in(make_member(other, Role.ORGANISER, Role.FACILITATOR))
    assert client.get(room).status_code == 404
    foreign = room.replace(stage.event.slug, other.slug)
    assert client.get(foreign).status_code == 404
    work = client.get(f"/x/{stage.exercise.public_id}", query_string={"group": stage.first.group.public_id})
    assert work.status_code == 404


def test_the_tiles_tell_how_far_each_group_is(stage, client, room):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    ready(stage)
    page = client.get(room).get_data(as_text=True)
    assert "กำลังเขียน" in page
    assert "ยังไม่เริ่ม" in page
    handing_in.submit(stage.exercise, stage.first, Author(stage.malee))
    db.session.commit()
    assert "ส่งแล้ว รอตรวจ" in client.fragment(f"{room}/tiles").get_data(as_text=True)


def test_the_tiles_ask_no_more_for_more_groups(stage, client, room):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    with counted() as few:
        client.fragment(f"{room}/tiles")
    grouping = stage.exercise.grouping
    grouping.groups += [Group(event_id=stage.event.id, number=n, name=f"กลุ่ม {n}") for n in (8, 9)]
    add_groups(stage.exercise)
    ready(stage)
    with counted() as more:
        client.fragment(f"{room}/tiles")
    assert len(more) <= len(few)


def test_one_card_is_returned_with_a_reason_and_only_that_one_opens(stage, facilitator, room):
    need, project = hand_in(stage)
    form = {"card": project, "purpose": "return", "text": "โปรดระบุจำนวนสระ"}
    facilitator.submit(f"{group(room, stage.first)}/comment", form)
    assert state(stage) == Status.RETURNED
    assert stage.item(project).status == Status.RETURNED
    assert stage.item(need).status == Status.SUBMITTED
    phone = become(facilitator.application.test_client(), stage.malee)
    page = phone.get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)
    top = page.index("การ์ดที่วิทยากรส่งกลับ")
    assert top < page.index("โปรดระบุจำนวนสระ")
    assert stage.send(stage.op("update", project, rev=9, output_target="3 แห่ง"))[0]["status"] == "taken"
    assert stage.send(stage.op("update", need, rev=9, title="น้ำ"))[0]["status"] == "refused"


def test_a_return_needs_its_reason_and_nothing_typed_is_lost(stage, facilitator, room):
    _, project = hand_in(stage)
    for text in ("", "ก" * 1001):
        answer = facilitator.submit(
            f"{group(room, stage.first)}/comment", {"card": project, "purpose": "return", "text": text}
        )
        assert answer.status_code == 422
        assert text in answer.get_data(as_text=True)
    assert state(stage) == Status.SUBMITTED


def test_the_returned_group_hands_in_again_and_is_accepted(stage, facilitator, room):
    _, project = hand_in(stage)
    here = group(room, stage.first)
    facilitator.submit(f"{here}/comment", {"card": project, "purpose": "return", "text": "โปรดระบุจำนวน"})
    facilitator.submit(f"{here}/accept")
    assert state(stage) == Status.RETURNED, "nothing is accepted while a card is out"
    handing_in.submit(stage.exercise, stage.first, Author(stage.malee))
    db.session.commit()
    assert db.session.query(Comment).one().settled_at is not None
    facilitator.submit(f"{here}/accept")
    assert state(stage) == Status.PASSED
    assert {item.status for item in db.session.query(PlanItem).filter_by(submission_id=stage.first.id)} == {
        "passed"
    }
    assert stage.send(stage.op("update", project, rev=9, title="ใหม่"))[0]["status"] == "refused"


def test_a_comment_closes_and_opens_nothing(stage, facilitator, room):
    need = stage.add("need", "น้ำไม่พอ")
    facilitator.submit(f"{group(room, stage.first)}/comment", {"card": need, "text": "ชัดเจนดี"})
    assert state(stage) == Status.DRAFT
    phone = become(facilitator.application.test_client(), stage.malee)
    assert "ชัดเจนดี" in phone.get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)


def test_a_card_of_another_group_cannot_be_returned(stage, facilitator, room):
    op = stage.op("create", "aaaaaaaa-other", kind="need", title="ของกลุ่มอื่น")
    stage.send(op, by=stage.stranger, group=stage.second)
    form = {"card": "aaaaaaaa-other", "purpose": "return", "text": "แก้"}
    assert facilitator.submit(f"{group(room, stage.first)}/comment", form).status_code == 404


def test_a_facilitator_writes_for_the_group(stage, facilitator):
    work = f"/x/{stage.exercise.public_id}/cards?group={stage.first.group.public_id}"
    facilitator.submit(work, {"kind": "need", "title": "เขียนแทนกลุ่ม"})
    db.session.rollback()
    assert db.session.query(PlanItem).filter_by(kind="need").one().title_th == "เขียนแทนกลุ่ม"


def test_phases_guide_and_refuse_nothing(stage, facilitator, room):
    facilitator.submit(f"{room}/phase", {"position": "2"})
    phone = become(facilitator.application.test_client(), stage.malee)
    assert "เชื่อมโยงขึ้น" in phone.get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)
    assert stage.add("need", "เพิ่มปัญหาในช่วงเชื่อมโยง")


def test_only_organisers_lock(stage, facilitator, room):
    assert facilitator.submit(f"{room}/lock", {"locked": "1"}).status_code == 403


# -- starting ----------------------------------------------------------------------------------------

ISSUES = "1. พัฒนาสินค้าเกษตร\n๒) ทรัพยากรธรรมชาติ\n\n- คุณภาพชีวิต\n2. ทรัพยากรธรรมชาติ"


@pytest.fixture
def grouped(app, client):
    from app.groups.assigning import Settings, make_groups

    owner = make_user()
    event = make_event(owner=owner)
    for unit in event.units[:2]:
        for number in range(5):
            make_registrant(event, f"คน{number}", unit.name, unit=unit)
    make_groups("command", event, Settings())
    db.session.commit()
    client.sign_in(owner)
    return event


def form(**changed: str) -> dict[str, str]:
    usual = {
        "template": "one-plan-60",
        "name": "One Plan",
        "issues": ISSUES,
        "reference": "ns-2561",
        "first_year": "2561",
        "last_year": "2564",
    }
    return {**usual, **changed}


def test_an_exercise_starts_from_a_template_and_a_pasted_list(grouped, client):
    answer = client.submit(f"/events/{grouped.slug}/exercises/new", form(chains="ทุเรียนและผลไม้"))
    assert answer.status_code == 302
    db.session.rollback()
    exercise = db.session.query(Exercise).one()
    items = db.session.query(PlanItem).order_by(PlanItem.position).all()
    assert [item.title_th for item in items if item.level == "PRO"] == [
        "พัฒนาสินค้าเกษตร",
        "ทรัพยากรธรรมชาติ",
        "คุณภาพชีวิต",
    ]
    assert [item.code for item in items if item.level == "NAT1"] == [f"NS{n}" for n in range(1, 7)]
    assert len(exercise.submissions) == len(exercise.grouping.groups)
    assert exercise.submissions[0].district == grouped.units[0].code
    assert sum(phase.minutes for phase in exercise.phases) == 60
    assert exercise.meta["plan_period_be"] == [2561, 2564]


@pytest.mark.parametrize(("day", "proposed"), [(date(2018, 8, 7), ""), (date(2018, 11, 8), "ns-2561")])
def test_the_list_of_national_strategies_in_force_on_the_events_day_is_proposed(grouped, client, day, proposed):
    grouped.first_day = grouped.last_day = day
    db.session.commit()
    page = client.get(f"/events/{grouped.slug}/exercises/new").get_data(as_text=True)
    chooser = re.search(r'<select[^>]*name="reference".*?</select>', page, re.S)[0]
    assert re.findall(r'<option selected value="([^"]*)"', chooser) == [proposed]


def test_issues_are_joined_to_the_national_strategy(grouped, client):
    from app.exercises.linkage.document.storing import document_of
    from app.exercises.linkage.models import PlanLink

    page = client.submit(f"/events/{grouped.slug}/exercises/new", form()).location
    ids = {item.code: item.public_id for item in db.session.query(PlanItem)}
    client.submit(page, {f"strategy-{ids['P1']}": ids["NS2"], f"strategy-{ids['P2']}": "", "more": "นวัตกรรม"})
    client.submit(page, {f"strategy-{ids['P1']}": ids["NS2"]})
    db.session.rollback()
    [link] = db.session.query(PlanLink).all()
    assert (link.source.code, link.target.code, link.type, link.strength) == ("P1", "NS2", "supports", 3)
    document = document_of(db.session.query(Exercise).one())
    assert {item["id"] for item in document["items"] if item["level"] == "PRO"} == {"P1", "P2", "P3", "P4"}


def test_saving_the_issues_page_leaves_goals_under_their_issues(grouped, client):
    from app.exercises.linkage.models import PlanLink

    pasted = "พัฒนาสินค้าเกษตร\nเป้าหมาย: รายได้เพิ่ม"
    page = client.submit(f"/events/{grouped.slug}/exercises/new", form(issues=pasted)).location
    ids = {item.code: item.public_id for item in db.session.query(PlanItem)}
    for goal in ("", ids["NS3"], ids["NS5"], ""):
        client.submit(page, {f"strategy-{ids['P1']}": ids["NS2"], f"strategy-{ids['P1.1']}": goal})
    client.submit(page, {f"strategy-{ids['P1.1']}": ids["NS5"]})
    assert f'value="{ids["NS5"]}" selected' in client.get(page).get_data(as_text=True)
    links = db.session.query(PlanLink).filter(PlanLink.deleted_at.is_(None))
    ends = {(link.source.code, link.type, link.target.code) for link in links}
    assert ends == {("P1.1", "part_of", "P1"), ("P1", "supports", "NS2"), ("P1.1", "supports", "NS5")}


@pytest.mark.parametrize("changed", [{"issues": ""}, {"last_year": "2550"}, {"issues": "ก" * 301}, {"name": ""}])
def test_a_start_that_cannot_be_keeps_what_was_typed(grouped, client, changed):
    answer = client.submit(f"/events/{grouped.slug}/exercises/new", form(**changed))
    assert answer.status_code == 422
    assert "ยังบันทึกไม่ได้" in answer.get_data(as_text=True)
    assert db.session.query(Exercise).count() == 0


def test_without_groups_the_page_says_what_comes_first(app, client):
    owner = make_user()
    event = make_event(owner=owner)
    client.sign_in(owner)
    page = client.get(f"/events/{event.slug}/exercises/new").get_data(as_text=True)
    assert "ยังไม่มีกลุ่ม" in page


def test_tables_made_later_join_the_exercise(grouped, client):
    client.submit(f"/events/{grouped.slug}/exercises/new", form())
    exercise = db.session.query(Exercise).one()
    count = len(exercise.submissions)
    db.session.add(Group(event_id=grouped.id, grouping_id=exercise.grouping_id, number=99, name="กลุ่มเพิ่ม"))
    db.session.commit()
    page = f"/events/{grouped.slug}/exercises/{exercise.public_id}"
    assert "เพิ่มกลุ่มที่จัดใหม่ 1 กลุ่ม" in client.get(page).get_data(as_text=True)
    client.submit(f"{page}/groups")
    db.session.rollback()
    db.session.expire_all()
    assert len(db.session.query(Exercise).one().submissions) == count + 1
