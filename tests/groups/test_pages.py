"""The organiser's pages of groups."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app.database import db
from app.events.models import Role
from app.groups import assigning, queries
from app.groups.models import Grouping
from tests.make import make_event, make_member, make_registrant, make_user, unit_named


@pytest.fixture
def event(app):
    event = make_event("rayong")
    for name, count in (("แกลง", 20), ("บ้านฉาง", 9), ("ส่วนราชการประจำจังหวัด", 3)):
        for number in range(count):
            make_registrant(event, f"คน{number}", name, unit=unit_named(event, name))
    return event


@pytest.fixture
def organiser(event, client):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def make(event):
    grouping = assigning.make_groups("command", event, assigning.Settings())
    db.session.commit()
    return grouping


def test_without_groups_the_organiser_is_taken_to_dividing(event, organiser):
    response = organiser.get("/events/rayong/groups", follow_redirects=True)
    page = response.get_data(as_text=True)
    assert response.request.path == "/events/rayong/groups/divide"
    assert "ใช้ผังนี้ 4 กลุ่ม" in page
    assert "<td>แกลง</td>" in page
    assert db.session.scalar(select(func.count()).select_from(Grouping)) == 0


def test_while_nobody_is_on_the_list_dividing_says_what_comes_first(client):
    event = make_event("empty")
    client.sign_in(make_member(event, Role.ORGANISER))
    page = client.get("/events/empty/groups/divide").get_data(as_text=True)
    assert "โปรดนำเข้ารายชื่อก่อนจัดกลุ่ม" in page and 'href="/events/empty/import"' in page
    assert "ยังบันทึกไม่ได้" not in page


def test_looking_at_a_plan_writes_nothing_and_says_what_a_wrong_size_is(event, organiser):
    page = organiser.get("/events/rayong/groups/divide?mode=mixed&max_size=5&agencies=spread&seed=3")
    assert "ใช้ผังนี้ 7 กลุ่ม" in page.get_data(as_text=True)
    wrong = organiser.get("/events/rayong/groups/divide?mode=mixed&max_size=500&agencies=spread&seed=3")
    assert "ระหว่าง 4 ถึง 30" in wrong.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Grouping)) == 0


def test_dealing_again_offers_another_seed(event, organiser):
    page = organiser.get("/events/rayong/groups/divide").get_data(as_text=True)
    assert re.search(r"divide\?mode=district&amp;max_size=9&amp;agencies=spread&amp;seed=\d+#plan", page)


def test_using_the_plan_makes_the_groups_shown(event, organiser):
    sent = {"mode": "district", "max_size": "9", "agencies": "own", "seed": "5"}
    response = organiser.submit("/events/rayong/groups/divide", sent)
    assert response.headers["Location"] == "/events/rayong/groups"
    grouping = queries.current_grouping(event)
    assert [group.name for group in queries.groups_of(grouping)] == [
        "บ้านฉาง 1",
        "แกลง 1",
        "แกลง 2",
        "แกลง 3",
        "ส่วนราชการประจำจังหวัด 1",
    ]
    page = organiser.get("/events/rayong/groups").get_data(as_text=True)
    assert "จัดกลุ่มแล้ว 5 กลุ่ม" in page
    assert "แกลง 3" in page


def test_a_small_district_can_be_sent_to_a_neighbour_on_the_page(event, organiser):
    small = unit_named(event, "วังจันทร์")
    big = unit_named(event, "แกลง")
    make_registrant(event, "เดียว", "วังจันทร์", unit=small)
    assert "น้อยกว่า 4 คน: วังจันทร์" in organiser.get("/events/rayong/groups/divide").get_data(as_text=True)
    query = f"mode=district&max_size=9&agencies=spread&seed=1&join-{small.public_id}={big.public_id}"
    page = organiser.get(f"/events/rayong/groups/divide?{query}").get_data(as_text=True)
    assert "น้อยกว่า 4 คน" not in page
    assert f'name="join-{small.public_id}" value="{big.public_id}"' in page


def test_a_person_moves_in_one_tap(event, organiser):
    first, second = queries.groups_of(make(event))[1:3]
    mover = queries.people_of(first)[0]
    page = organiser.get(f"/events/rayong/groups/{first.public_id}").get_data(as_text=True)
    assert f"/events/rayong/groups/{second.public_id}/people" in page
    response = organiser.submit(
        f"/events/rayong/groups/{second.public_id}/people", {"registrant": mover.public_id}
    )
    assert response.headers["Location"].endswith(first.public_id)
    assert queries.group_of(mover) == second


def test_a_person_moves_to_any_table_from_the_list(event, organiser):
    groups = queries.groups_of(make(event))
    mover = queries.people_of(groups[1])[0]
    sent = {"registrant": mover.public_id, "group": groups[0].public_id}
    assert organiser.submit("/events/rayong/groups/people", sent).status_code == 302
    assert queries.group_of(mover) == groups[0]
    nothing = organiser.submit("/events/rayong/groups/people", {**sent, "group": ""})
    assert nothing.status_code == 422


def test_latecomers_are_shown_and_seated(event, organiser):
    grouping = make(event)
    late = make_registrant(event, "มาสาย", "แกลง", unit=unit_named(event, "แกลง"))
    page = organiser.get("/events/rayong/groups").get_data(as_text=True)
    assert "มาสาย แกลง" in page
    organiser.submit("/events/rayong/groups/latecomers")
    assert queries.group_of(late).unit.name == "แกลง"
    assert queries.without_group(event, grouping) == []


def test_facilitators_are_given_tables(event, organiser):
    grouping = make(event)
    guide = make_member(event, Role.FACILITATOR, name="นางสาววิทยากร ทดสอบ")
    organiser.submit("/events/rayong/groups/facilitators")
    assert {group.facilitator_id for group in queries.groups_of(grouping)} == {guide.id}
    group = queries.groups_of(grouping)[0]
    organiser.submit(f"/events/rayong/groups/{group.public_id}/facilitator", {"facilitator": ""})
    assert queries.find_group(event, group.public_id).facilitator_id is None
    sent = {"facilitator": make_user().public_id}
    refused = organiser.submit(f"/events/rayong/groups/{group.public_id}/facilitator", sent)
    assert refused.status_code == 404


def test_people_and_tables_of_other_events_do_not_exist(event, organiser):
    make(event)
    other = make_event()
    stranger = make_registrant(other)
    foreign = make(other)
    group = queries.groups_of(foreign)[0]
    assert organiser.get(f"/events/rayong/groups/{group.public_id}").status_code == 404
    own = queries.groups_of(queries.current_grouping(event))[0]
    sent = {"registrant": stranger.public_id}
    assert organiser.submit(f"/events/rayong/groups/{own.public_id}/people", sent).status_code == 404
    assert organiser.get(f"/events/{other.slug}/groups").status_code == 404


def test_a_viewer_looks_but_does_not_divide(event, client):
    make(event)
    client.sign_in(make_member(event, Role.VIEWER))
    assert client.get("/events/rayong/groups").status_code == 200
    assert client.get("/events/rayong/groups/divide").status_code == 403
