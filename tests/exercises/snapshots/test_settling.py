"""A settled plan stands still; later change has a kind, a number and a reason."""

from __future__ import annotations

import html
import re
import uuid

import pytest
from sqlalchemy import text as sql

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises import phases
from app.exercises.linkage import starting
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.group_work import cards, handing_in
from app.exercises.linkage.merging import telling
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind
from app.exercises.linkage.merging.undoing import undo
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.snapshots import keeping, settling
from app.exercises.linkage.snapshots.models import AmendmentKind, Purpose, Snapshot
from app.exercises.models import Status
from app.exercises.ops import Author
from app.exercises.sync import take
from tests.exercises.stage import Stage, make_stage
from tests.make import make_member


@pytest.fixture
def stage(app) -> Stage:
    stage = make_stage()
    stage.project = stage.add("project", "ตลาดเกษตรกร")  # type: ignore[attr-defined]
    stage.other = stage.add("project", "ตลาดนัดเกษตรกร")  # type: ignore[attr-defined]
    return stage


@pytest.fixture
def user(stage):
    return make_member(stage.event, Role.ORGANISER)


def rewrite(stage: Stage, title: str) -> None:
    stage.item(stage.project).title_th = title
    db.session.flush()


def test_a_version_is_the_plan_to_the_letter_and_tampering_shows(stage, user):
    kept = keeping.keep(stage.exercise, Purpose.PLENARY, "", user)
    db.session.commit()
    assert keeping.document_in(kept) == document_of(stage.exercise)
    assert (kept.number, kept.name, kept.items) == (1, "หลังเวทีนำเสนอ", 4)
    assert keeping.is_whole(kept)
    db.session.execute(sql("UPDATE linkage_snapshot SET content = replace(content, 'ตลาดนัด', 'ตลาดน้ำ')"))
    db.session.expire_all()
    assert not keeping.is_whole(kept)


def test_a_plan_with_a_returned_card_is_not_settled(stage, user):
    stage.first.status = Status.SUBMITTED
    handing_in.return_card(stage.exercise, stage.first, stage.item(stage.project), "เติมงบ", user)
    with pytest.raises(RuleBroken, match="ส่งกลับ"):
        settling.settle(stage.exercise, user)
    assert not settling.readiness(stage.exercise).is_ready


def test_a_plan_with_an_unanswered_objection_is_not_settled(stage, user):
    merge = decide(stage.exercise, [stage.project, stage.other], Decision(MergeKind.MERGE, "ซ้ำ"), user)
    telling.object_to(merge.sources[0], stage.first, "คนละวัน", Author(registrant=stage.malee))
    with pytest.raises(RuleBroken, match="ไม่เห็นด้วย"):
        settling.settle(stage.exercise, user)
    telling.answer_objection(merge.sources[0], "ที่เดียวกัน", user)
    settling.settle(stage.exercise, user)


def test_a_settled_plan_refuses_everyone(stage, user):
    merge = decide(stage.exercise, [stage.project, stage.other], Decision(MergeKind.APART, ""), user)
    settling.settle(stage.exercise, user)
    db.session.commit()
    [answer] = stage.send(stage.op("update", stage.project, title="ใหม่"))
    assert answer["status"] == "refused"
    exercise, group = stage.exercise, stage.first
    for attempt in (
        lambda: phases.set_locked(exercise, False, user),
        lambda: handing_in.reopen(exercise, group, user),
        lambda: handing_in.return_card(exercise, group, stage.item(stage.project), "แก้", user),
        lambda: decide(exercise, [stage.project, stage.other], Decision(MergeKind.MERGE, "ซ้ำ"), user),
        lambda: undo(merge, user),
        lambda: starting.add_issues(exercise, ["ใหม่"]),
        lambda: starting.add_groups(exercise),
        lambda: starting.set_strategy(exercise, stage.item(stage.issue()), None, user),
        lambda: settling.settle(exercise, user),
    ):
        with pytest.raises(RuleBroken):
            attempt()


def test_a_settled_plan_passes_no_group(stage, user):
    stage.first.status = Status.SUBMITTED
    settling.settle(stage.exercise, user)
    with pytest.raises(RuleBroken, match="ฉบับสมบูรณ์"):
        handing_in.accept(stage.exercise, stage.first, user)
    assert stage.first.status == Status.SUBMITTED


def test_people_who_move_to_another_table_change_no_plan(stage, user):
    settling.settle(stage.exercise, user)
    assert stage.first.size is None, "counted from who sits there"
    amendment = settling.begin(stage.exercise, AmendmentKind.CORRECT, "แก้คำผิด", user)
    seat = stage.first.group.memberships[0]
    seat.group = stage.second.group
    db.session.flush()
    assert settling.changes_so_far(stage.exercise).is_empty
    settling.cancel(amendment, user)
    assert stage.exercise.is_final


def test_a_change_has_a_number_for_its_kind_and_year_and_ends_in_a_version(stage, user):
    settling.settle(stage.exercise, user)
    names = []
    for n, kind in enumerate((AmendmentKind.CORRECT, AmendmentKind.CHANGE, AmendmentKind.CORRECT)):
        amendment = settling.begin(stage.exercise, kind, "แก้คำผิด", user)
        with pytest.raises(RuleBroken):
            settling.begin(stage.exercise, kind, "ซ้อน", user)
        with pytest.raises(RuleBroken, match="ยังไม่มีสิ่งใดเปลี่ยน"):
            settling.close(amendment, user)
        rewrite(stage, f"ตลาดเกษตรกร {n}")
        names.append(settling.close(amendment, user).name)
        assert stage.exercise.is_final
    year = amendment.year_be
    assert names == [f"แก้ไข ครั้งที่ 1/{year}", f"เปลี่ยนแปลง ครั้งที่ 1/{year}", f"แก้ไข ครั้งที่ 2/{year}"]
    assert settling.settled_version(stage.exercise).name == names[-1]


def test_in_a_change_under_way_the_team_writes_and_the_groups_do_not(stage, user):
    """The groups handed in long ago and the room is closed; neither has to be opened for it."""
    stage.first.status = stage.item(stage.project).status = Status.PASSED
    settling.settle(stage.exercise, user)

    def by_the_team(*ops):
        return [one["status"] for one in take(cards, stage.exercise, stage.first, Author(user=user), list(ops))]

    assert by_the_team(stage.op("update", stage.project, rev=1, title="ก่อนเปิด")) == ["refused"]
    amendment = settling.begin(stage.exercise, AmendmentKind.CHANGE, "เปลี่ยนที่ตั้งตลาด", user)
    new = str(uuid.uuid4())
    made = stage.op("create", new, kind="project", title="ตลาดริมน้ำ")
    assert by_the_team(stage.op("update", stage.project, rev=1, title="ตลาดน้ำ"), made) == ["taken", "taken"]
    [answer] = stage.send(stage.op("update", stage.project, title="ของกลุ่ม"))
    assert answer["status"] == "refused"
    assert stage.item(new).status == Status.PASSED, "as far as its group"
    found = settling.changes_so_far(stage.exercise)
    assert [[one.name for one in changed.fields] for changed in found.items.changed] == [["title_th"]]
    settling.close(amendment, user)
    assert by_the_team(stage.op("update", stage.project, title="หลังปิด")) == ["refused"]
    given_up = settling.begin(stage.exercise, AmendmentKind.CHANGE, "ลองอีก", user)
    settling.cancel(given_up, user)
    assert by_the_team(stage.op("update", stage.project, title="หลังยกเลิก")) == ["refused"]


def test_the_page_of_a_change_under_way_leads_to_every_groups_cards(stage, user, client):
    stage.first.status = Status.PASSED
    settling.settle(stage.exercise, user)
    settling.begin(stage.exercise, AmendmentKind.CHANGE, "ย้าย", user)
    db.session.commit()
    client.sign_in(user)
    base = f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}"
    page = client.get(f"{base}/versions").get_data(as_text=True)
    address = f"/x/{stage.exercise.public_id}/?group={stage.first.group.public_id}"
    [found] = [link for link in re.findall(r'href="([^"]+)"', page) if stage.first.group.public_id in link]
    work = client.get(html.unescape(found)).get_data(as_text=True)
    assert re.search(r'<form[^>]+data-add="project"(?![^>]* hidden)', work), address
    group = client.get(f"{base}/groups/{stage.first.group.public_id}").get_data(as_text=True)
    assert "เขียนแทนกลุ่ม" in group


def test_an_addition_may_only_add_and_a_correction_may_not(stage, user):
    settling.settle(stage.exercise, user)
    adding = settling.begin(stage.exercise, AmendmentKind.ADD, "โครงการใหม่", user)
    rewrite(stage, "เปลี่ยนชื่อ")
    with pytest.raises(RuleBroken, match="เพิ่มเติม"):
        settling.close(adding, user)
    with pytest.raises(RuleBroken, match="คืนค่าเดิม"):
        settling.cancel(adding, user)
    rewrite(stage, "ตลาดเกษตรกร")
    new = PlanItem(exercise_id=stage.exercise.id, code="X1", level="LOC", kind="project", title_th="ใหม่")
    db.session.add(new)
    db.session.flush()
    settling.close(adding, user)
    correcting = settling.begin(stage.exercise, AmendmentKind.CORRECT, "แก้", user)
    db.session.delete(new)
    db.session.flush()
    with pytest.raises(RuleBroken, match="แก้ไข"):
        settling.close(correcting, user)


def test_a_change_given_up_leaves_no_number(stage, user):
    settling.settle(stage.exercise, user)
    settling.cancel(settling.begin(stage.exercise, AmendmentKind.ADD, "ลอง", user), user)
    assert stage.exercise.is_final
    assert settling.begin(stage.exercise, AmendmentKind.ADD, "จริง", user).number == 1


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def test_the_pages_keep_compare_settle_and_change(stage, user, client):
    client.sign_in(user)
    home = f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}/versions"
    assert "ยังไม่มีฉบับที่เก็บไว้" in words(client.get(home))
    client.submit(f"{home}/keep", {"purpose": "draft", "name": ""})
    kept = db.session.query(Snapshot).one()
    assert client.get(f"{home}/{kept.public_id}.json").get_data(as_text=True) == kept.content
    same = client.get(f"{home}/compare", query_string={"from": kept.public_id, "to": "now"})
    assert "สองฉบับนี้ไม่ต่างกัน" in words(same)
    stage.send(stage.op("update", stage.project, rev=1, title="ตลาดริมน้ำ"))
    differ = client.get(f"{home}/compare", query_string={"from": kept.public_id, "to": "now"})
    assert "ชื่อ/ข้อความ ตลาดเกษตรกร ตลาดริมน้ำ" in words(differ)
    assert client.get(f"{home}/compare", query_string={"from": "x", "to": "now"}).status_code == 404
    client.submit(f"{home}/settle")
    assert "SHA-256" in words(client.get(home))
    assert client.submit(f"{home}/settle").status_code == 422
    assert client.submit(f"{home}/amend", {"kind": "add", "reason": " "}).status_code == 422
    client.submit(f"{home}/amend", {"kind": "correct", "reason": "คำผิด"})
    assert "แก้ไข ครั้งที่ 1/" in words(client.get(home))
    assert client.submit(f"{home}/amend/close").status_code == 422
    client.submit(f"{home}/amend/close", {"action": "cancel"})
    db.session.refresh(stage.exercise)
    assert stage.exercise.is_final
