"""The facilitator's dashboard: what to look at first, which issue nobody has reached, what may be done."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises import lifecycle, pen, phases
from app.exercises.linkage import room_coverage
from app.exercises.linkage.group_work import handing_in, work
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Comment, Status
from app.exercises.ops import Author
from app.exercises.signals import GroupFacts, median_cards, signals_of
from app.groups import assigning
from tests.client import Client
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become, ready
from tests.make import make_member
from tests.query_count import counted


@pytest.fixture
def stage(app) -> Stage:
    return make_stage()


@pytest.fixture
def room(stage) -> str:
    return f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}"


@pytest.fixture
def facilitator(stage, client) -> Client:
    client.sign_in(stage.facilitator)
    return client


def codes(facts: GroupFacts, minutes: float | None = 10, usual: float = 8) -> list[str]:
    return [signal.code for signal in signals_of(facts, minutes, usual)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (GroupFacts(cards=8, silence=1), []),
        (GroupFacts(cards=0), ["not_begun"]),
        (GroupFacts(cards=8, silence=6), ["quiet"]),
        (GroupFacts(cards=3, silence=1), ["behind"]),
        (GroupFacts(cards=8, silence=1, members=9, edits={"a": 17, "b": 3}), ["one_writer"]),
        (GroupFacts(cards=8, silence=1, members=2, edits={"a": 20}), []),
        (GroupFacts(cards=8, silence=1, members=9, edits={"a": 9}), []),
        (GroupFacts(cards=8, silence=60, status=Status.SUBMITTED), ["to_read"]),
        (GroupFacts(cards=0, silence=None, status=Status.PASSED), []),
        (GroupFacts(cards=0, is_locked=True), []),
        (GroupFacts(cards=3, silence=9, hand=True, suggestions=6), ["hand", "quiet", "behind", "suggestions"]),
    ],
)
def test_the_worst_signal_stands_first(facts, expected):
    assert codes(facts) == expected


def test_nobody_is_quiet_before_a_phase_has_run_five_minutes():
    assert codes(GroupFacts(cards=0), minutes=None) == []
    assert codes(GroupFacts(cards=0), minutes=4) == []


def test_one_empty_group_does_not_make_the_others_fast():
    assert median_cards([GroupFacts(cards=n) for n in (0, 8, 9)]) == 8
    assert median_cards([]) == 0


def test_tiles_put_the_group_in_trouble_first_and_count_against_the_template(stage, client, room):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    stage.add("need", "น้ำไม่พอ")
    pen.raise_hand(stage.exercise, stage.second, True, Author(stage.stranger))
    db.session.commit()
    page = client.get(room).get_data(as_text=True)
    assert page.index("<strong>แกลง 2</strong>") < page.index("<strong>แกลง 1</strong>")
    assert "ขอให้วิทยากรไปที่โต๊ะ" in page
    assert re.search(r"ปัญหา <b>1</b> · โครงการ <b class=\"too-few\">0/1</b>", page)


def test_an_issue_that_nobody_reached_is_asked_about_with_one_tap(stage, facilitator, room):
    ready(stage)
    reach = {one.title: (len(one.groups), one.projects) for one in room_coverage.reach_of(stage.exercise)}
    assert reach == {"เกษตรมาตรฐาน": (1, 1), "ทรัพยากรธรรมชาติ": (0, 0)}
    page = facilitator.get(room).get_data(as_text=True)
    issue = re.search(r'name="issue" value="([^"]+)"', page)[1]
    facilitator.submit(f"{room}/nudge", {"issue": issue})
    facilitator.submit(f"{room}/nudge", {"issue": issue})  # a second tap asks nobody twice
    db.session.rollback()
    [asked] = db.session.query(Comment).all()
    assert asked.submission_id == stage.first.id, "only the own groups are asked"
    shown = work.state_of(stage.exercise, stage.first, Author(stage.malee))["comments"]
    assert "ประเด็นที่ 2 “ทรัพยากรธรรมชาติ” ยังไม่มีกลุ่มใดเชื่อม" in shown[0]["text"]


def test_coverage_runs_over_goals_and_forgets_deleted_links(stage):
    need, project = ready(stage)
    goal = stage.add("goal", "เป้าหมาย")
    stage.link(project, goal, "supports", strength=3)
    _, second = room_coverage.issues_of(stage.exercise)
    link = stage.link(goal, second.public_id, "supports", strength=3)["card"]["id"]
    assert [one.projects for one in room_coverage.reach_of(stage.exercise)] == [1, 1]
    stage.send(stage.op("delete", link, entity="link"))
    assert [one.projects for one in room_coverage.reach_of(stage.exercise)] == [1, 0]


def test_one_group_is_closed_and_opened_again_as_it_was(stage, facilitator, room):
    card = stage.add("need", "น้ำไม่พอ")
    here = f"{room}/groups/{stage.first.group.public_id}"
    facilitator.submit(f"{here}/lock", {"locked": "1"})
    db.session.rollback()
    [answer] = stage.send(stage.op("update", card, rev=1, title="แก้"))
    assert answer["status"] == "refused"
    facilitator.submit(f"{here}/lock")
    db.session.rollback()
    [answer] = stage.send(stage.op("update", card, rev=1, title="แก้"))
    assert answer["status"] == "taken"


def test_the_facilitator_takes_over_the_pen_and_gives_it_back(stage, facilitator, room):
    here = f"{room}/groups/{stage.first.group.public_id}"
    facilitator.submit(f"{here}/pen", {"action": "take"})
    db.session.rollback()
    db.session.refresh(stage.first)
    seen = work.state_of(stage.exercise, stage.first, Author(stage.malee))["pen"]
    assert (seen["name"], seen["writes"]) == ("วิทยากร ใจดี", False)
    facilitator.submit(f"{here}/pen", {"action": "lay_down"})
    db.session.rollback()
    db.session.refresh(stage.first)
    assert work.state_of(stage.exercise, stage.first, Author(stage.malee))["pen"]["writes"]


def test_a_paper_sheet_is_typed_in_row_by_row_and_once(stage, facilitator, room):
    issue = stage.issue()
    rows = [
        {"need": "น้ำไม่พอ", "project": "ขุดสระ", "issue": issue, "strength": "3", "because": "มีน้ำ ผลผลิตได้มาตรฐาน"},
        {"project": "วางท่อ", "issue": issue, "strength": "2"},  # the need above
        {"need": "ขยะ"},
    ]
    form = {f"row/{n}/{part}": value for n, row in enumerate(rows) for part, value in row.items()}
    form |= {f"row/{n}/id": str(uuid.uuid4()) for n in range(3)}
    here = f"{room}/groups/{stage.first.group.public_id}/paper"
    assert "กรอกแทนกลุ่ม" in facilitator.get(here).get_data(as_text=True)
    for _sending in range(2):
        facilitator.submit(here, form)
    db.session.rollback()
    titles = [one.title_th for one in db.session.query(PlanItem).filter_by(submission_id=stage.first.id)]
    assert titles == ["น้ำไม่พอ", "ขุดสระ", "วางท่อ", "ขยะ"]
    links = db.session.query(PlanLink).order_by(PlanLink.id).all()
    found = [(one.source.title_th, one.target.title_th, one.strength) for one in links]
    assert found == [
        ("น้ำไม่พอ", "ขุดสระ", None),
        ("ขุดสระ", "เกษตรมาตรฐาน", 3),
        ("น้ำไม่พอ", "วางท่อ", None),
        ("วางท่อ", "เกษตรมาตรฐาน", 2),
    ]


def test_more_time_counts_from_now_when_it_was_up(stage, client, room):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    phases.go_to(stage.exercise, stage.exercise.phases[0].position, stage.facilitator)
    stage.exercise.phase_started_at = clock.now() - timedelta(minutes=stage.exercise.phases[0].minutes + 7)
    db.session.commit()
    client.submit(f"{room}/time", {"minutes": "5"})
    db.session.rollback()
    db.session.refresh(stage.exercise)
    assert phases.running(stage.exercise).minutes_left == 5


def test_a_raised_hand_is_seen_and_taken_down(stage, app, client, room):
    member = become(app.test_client(), stage.malee)
    member.submit(f"/x/{stage.exercise.public_id}/hand", {"action": "raise"})
    client.sign_in(stage.facilitator)
    assert "ขอให้วิทยากรไปที่โต๊ะ" in client.get(room).get_data(as_text=True)
    client.submit(f"{room}/groups/{stage.first.group.public_id}/hand")
    assert "ขอให้วิทยากรไปที่โต๊ะ" not in client.get(room).get_data(as_text=True)


def test_a_facilitator_leads_the_own_groups_only(stage, facilitator, room):
    for page in ("lock", "pen", "hand", "paper"):
        assert facilitator.submit(f"{room}/groups/{stage.second.group.public_id}/{page}").status_code == 404


def in_the_last_phase(stage: Stage, over_since: float) -> None:
    """The last phase ended so many minutes ago."""
    last = stage.exercise.phases[-1]
    stage.exercise.phase_position = last.position
    stage.exercise.phase_started_at = clock.now() - timedelta(minutes=last.minutes + over_since)
    db.session.commit()


def test_one_group_alone_is_given_time(stage, facilitator, room, app):
    in_the_last_phase(stage, over_since=-2)
    before = [phases.running(stage.exercise, one).ends_at for one in (stage.first, stage.second)]
    address = f"{room}/groups/{stage.first.group.public_id}"
    assert "เพิ่มเวลา 5 นาทีให้กลุ่มนี้" in facilitator.get(address).get_data(as_text=True)
    facilitator.submit(f"{address}/time", {"minutes": "5"})
    db.session.rollback()
    after = [phases.running(stage.exercise, one).ends_at for one in (stage.first, stage.second)]
    assert [late - early for early, late in zip(before, after, strict=True)] == [
        timedelta(minutes=5),
        timedelta(0),
    ]
    phone = become(app.test_client(), stage.malee)
    told = phone.get(f"/x/{stage.exercise.public_id}/changes?since=1").get_json()["phase"]["ends_at"]
    assert told == after[0].isoformat()
    phases.go_to(stage.exercise, stage.exercise.phases[0].position, stage.facilitator)
    db.session.refresh(stage.first)
    assert stage.first.more_minutes == 0
    other = f"{room}/groups/{stage.second.group.public_id}/time"
    assert facilitator.submit(other, {"minutes": "5"}, page=address).status_code == 404


@pytest.mark.parametrize(("over_since", "is_late"), [(-1, False), (2, False), (4, True)])
def test_who_hands_in_after_the_grace_is_marked_late(stage, facilitator, room, over_since, is_late):
    ready(stage)
    in_the_last_phase(stage, over_since)
    handing_in.submit(stage.exercise, stage.first, Author(stage.malee))
    db.session.commit()
    assert ("ส่งช้า" in facilitator.get(room).get_data(as_text=True)) == is_late


def test_an_earlier_phase_that_ran_over_makes_nobody_late(stage):
    in_the_last_phase(stage, over_since=30)
    stage.exercise.phase_position = stage.exercise.phases[0].position
    assert not phases.is_late(stage.exercise, stage.first)


def test_a_tile_says_how_many_of_the_table_are_writing(stage, facilitator, room):
    stage.add("need", "น้ำไม่พอ")
    stage.add("need", "ขยะล้น")
    assert "เขียนใน 10 นาทีนี้ 1 จาก 2 คน" in facilitator.get(room).get_data(as_text=True)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert "เขียนใน 10 นาทีนี้ 0 จาก 2 คน" in facilitator.get(room).get_data(as_text=True)


def asked(facilitator: Client, room: str) -> int:
    """How many statements the tiles cost."""
    with counted() as statements:
        facilitator.get(f"{room}/tiles")
    return len(statements)


def test_screens_that_ask_at_one_moment_have_the_room_counted_once(stage, facilitator, room):
    stage.add("need", "น้ำไม่พอ")
    first, again = asked(facilitator, room), asked(facilitator, room)
    stage.add("need", "ขยะล้น")
    moved = asked(facilitator, room)
    with time_machine.travel(clock.now() + timedelta(seconds=2)):
        later = asked(facilitator, room)
    assert again <= first - 8
    assert moved >= first - 1, "something was written"
    assert later >= first - 1, "phones come and go though nothing is written"


def test_a_tile_shows_what_moved_and_words_in_the_language_asked(stage, facilitator, room):
    """Tiles are kept by what they show: whatever stands on one must be among it."""
    stage.add("need", "น้ำไม่พอ")
    tiles = f"{room}/tiles"
    assert "ลำดับหนึ่ง" not in facilitator.get(tiles).get_data(as_text=True)
    stage.first.name = "ลำดับหนึ่ง <b>"
    stage.first.hand_raised_at = clock.now()
    lifecycle.moved(stage.exercise, stage.first)
    db.session.commit()
    page = facilitator.get(tiles).get_data(as_text=True)
    assert "ลำดับหนึ่ง &lt;b&gt;" in page and 'data-level="3"' in page
    facilitator.set_cookie("lang", "en")
    assert "Writing in these 10 minutes" in facilitator.get(tiles).get_data(as_text=True)


def test_time_given_to_one_group_keeps_it_from_being_late_and_no_other(stage):
    in_the_last_phase(stage, over_since=1)
    phases.give_time(stage.exercise, 10, stage.facilitator, stage.first)
    stage.exercise.phase_started_at -= timedelta(minutes=5)
    db.session.flush()
    assert not phases.is_late(stage.exercise, stage.first)
    assert phases.is_late(stage.exercise, stage.second)
    for wrong in (0, -5, 61):
        with pytest.raises(RuleBroken):
            phases.give_time(stage.exercise, wrong, stage.facilitator, stage.first)


def test_the_grace_ends_after_three_minutes_to_the_second(stage):
    in_the_last_phase(stage, over_since=0)
    end = phases.running(stage.exercise).ends_at
    for seconds, late in ((179, False), (181, True)):
        with time_machine.travel(end + timedelta(seconds=seconds), tick=False):
            assert phases.is_late(stage.exercise, stage.first) is late


def test_handing_a_facilitators_tables_over_moves_the_work_with_them(stage, client, app, room):
    grouping, other = stage.exercise.grouping, make_member(stage.event, Role.FACILITATOR, name="วิทยากร คนใหม่")
    assigning.hand_over("command", stage.event, grouping, stage.facilitator, other)
    db.session.commit()
    here = f"{room}/groups/{stage.first.group.public_id}"
    client.sign_in(stage.facilitator)
    assert client.get(here).status_code == 404
    new = app.test_client()
    new.sign_in(other)
    assert new.get(here).status_code == 200


def test_the_years_of_a_budget_are_those_of_the_plan(stage, client):
    stage.exercise.meta = {**stage.exercise.meta, "plan_period_be": [2566, 2570]}
    db.session.commit()
    page = become(client, stage.malee).get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)
    offered = re.findall(r'name="[^"]*fy_be"[^>]*>(.*?)</select>', page, re.S)
    assert offered
    assert {tuple(re.findall(r'value="(\d{4})"', one)) for one in offered} == {
        ("2566", "2567", "2568", "2569", "2570")
    }
