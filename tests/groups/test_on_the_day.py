"""Tables on the day: wanted seats, topics, advisers, those who choose, those who do not come."""

from __future__ import annotations

import pytest

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.groups import assigning, on_the_day, queries, topics, wanting
from app.groups.dividing import Settings, plan
from app.groups.models import SeatingKind
from app.registration.links import token_of
from app.registration.signals import gathering_own_data
from tests.make import make_event, make_member, make_registrant, unit_named

AGENCIES = "ส่วนราชการประจำจังหวัด"


@pytest.fixture
def event(app):
    return make_event("rayong")


@pytest.fixture
def organiser(event, client):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def fill(event, unit_name, count, **extra):
    unit = unit_named(event, unit_name)
    return [make_registrant(event, f"คน{number}", unit_name, unit=unit, **extra) for number in range(count)]


def make(event, **settings):
    grouping = assigning.make_groups("command", event, Settings(**settings))
    db.session.commit()
    return grouping


def enter(client, registrant):
    client.get(f"/p/{registrant.public_id}/{token_of(registrant)}")


def test_wanted_seats_are_written_by_name_and_hold_for_every_deal(event, organiser):
    people = fill(event, "แกลง", 18)
    names = f"{people[0].full_name}\n{people[1].full_name}"
    for seed in ("3", "4"):
        organiser.submit("/events/rayong/groups/seating", {"kind": "apart", "names": names})
        organiser.submit(
            "/events/rayong/groups/seating", {"kind": "pin", "names": people[2].full_name, "table_number": "2"}
        )
        sent = {"mode": "mixed", "max_size": "6", "agencies": "spread", "seed": seed}
        organiser.submit("/events/rayong/groups/divide", sent)
        assert queries.group_of(people[2]).number == 2
        assert queries.group_of(people[0]) != queries.group_of(people[1])
    assert len([wish for wish in wanting.wishes_of(event) if wish.kind == SeatingKind.PIN]) == 1
    wish = wanting.wishes_of(event)[0]
    organiser.submit(f"/events/rayong/groups/seating/{wish.public_id}/remove")
    assert len(wanting.wishes_of(event)) == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [("ไม่มีตัวตน\nคน1", "ไม่พบ “ไม่มีตัวตน”"), ("คน1", "อย่างน้อย 2 คน"), ("แกลง\nคน0", "ตรงกับหลายคน")],
)
def test_a_name_that_fits_nobody_or_several_is_said(event, organiser, names, said):
    fill(event, "แกลง", 3)
    page = organiser.submit("/events/rayong/groups/seating", {"kind": "together", "names": names})
    assert page.status_code == 422
    assert said in page.get_data(as_text=True)


def test_wants_that_cannot_be_are_said_with_names_before_anything_is_made(event, organiser):
    one, two, *_rest = fill(event, "แกลง", 8)
    wanting.add("command", event, SeatingKind.TOGETHER, [one, two])
    wanting.add("command", event, SeatingKind.APART, [one, two])
    db.session.commit()
    page = organiser.get("/events/rayong/groups/divide").get_data(as_text=True)
    assert f"ขัดกันหรือไม่มีโต๊ะพอ: {one.full_name}, {two.full_name}" in page


def test_a_pin_from_the_table_keeps_a_person_there(event, organiser):
    fill(event, "แกลง", 18)
    group = queries.groups_of(make(event))[1]
    person = queries.people_of(group)[0]
    organiser.submit(f"/events/rayong/groups/{group.public_id}/pin", {"registrant": person.public_id})
    for seed in (5, 6):
        planned = plan(event, Settings(mode="mixed", seed=seed))
        assert person in planned.tables[1].people


def test_a_wanted_seat_follows_the_record_that_stands(event):
    one, two, other = fill(event, "แกลง", 3)
    wanting.add("command", event, SeatingKind.APART, [other, two])
    two.merged_into_id = one.id
    db.session.commit()
    assert wanting.wanted(event).apart == [frozenset({other.id, one.id})]


def test_a_latecomer_avoids_whom_to_be_apart_from(event):
    people = fill(event, "แกลง", 12)
    grouping = make(event, mode="mixed", max_size=6)
    first = queries.groups_of(grouping)[0]
    foe = next(person for person in people if queries.group_of(person) == first)
    late = make_registrant(event, "มาสาย", "แกลง", unit=unit_named(event, "แกลง"))
    wanting.add("command", event, SeatingKind.APART, [foe, late])
    assert assigning.seat("command", grouping, late) != first


def test_people_get_the_topic_they_asked_for_while_there_are_seats(event, client):
    people = fill(event, "แกลง", 10)
    topics.set_topics(event, "เกษตร | 4\nท่องเที่ยว")
    db.session.commit()
    farming, travel = topics.topics_of(event)
    enter(client, people[0])
    assert "เลือกหัวข้อที่อยากทำ" in client.get("/e/rayong/me").get_data(as_text=True)
    client.submit(
        "/e/rayong/topics", {"wish-1": travel.public_id, "wish-2": farming.public_id}, page="/e/rayong/me"
    )
    for person in people[1:]:
        topics.wish(person, [farming])
    planned = plan(event, Settings(mode="topic", max_size=9))
    assert [(table.name, len(table.people)) for table in planned.tables] == [("เกษตร 1", 4), ("ท่องเที่ยว 1", 6)]
    assert people[0] in planned.tables[1].people
    grouping = make(event, mode="topic")
    late = make_registrant(event, "มาสาย", "แกลง", unit=unit_named(event, "แกลง"))
    topics.wish(late, [farming])
    assert assigning.seat("command", grouping, late).name == "เกษตร 1"
    topics.set_topics(event, "เกษตร | 4\nท่องเที่ยว | 5")
    with pytest.raises(RuleBroken, match="9 ที่ น้อยกว่า 11 คน"):
        plan(event, Settings(mode="topic"))


def test_a_persons_own_copy_tells_the_table_and_the_topics_asked_for(event):
    (person,) = fill(event, "แกลง", 1)
    topics.wish(person, topics.set_topics(event, "เกษตร"))
    make(event)
    answers = [answer for _receiver, answer in gathering_own_data.send(person)]
    assert ("กลุ่ม", [("กลุ่มของฉัน", "แกลง 1"), ("อันดับ 1", "เกษตร")]) in answers


def test_topics_keep_their_wishes_when_the_list_is_edited(event, organiser):
    (person,) = fill(event, "แกลง", 1)
    organiser.submit("/events/rayong/groups/topics", {"topics": "เกษตร\nท่องเที่ยว"})
    topics.wish(person, topics.topics_of(event)[:1])
    page = organiser.submit("/events/rayong/groups/topics", {"topics": "สุขภาพ | 9\nเกษตร"}, follow_redirects=True)
    assert "สุขภาพ | 9" in page.get_data(as_text=True)
    assert [topic.title for topic in topics.wishes_by(person)] == ["เกษตร"]
    assert organiser.submit("/events/rayong/groups/topics", {"topics": "เกษตร | มาก"}).status_code == 422


def test_heads_of_agencies_advise_without_being_counted(event, organiser):
    fill(event, "แกลง", 18)
    heads = fill(event, AGENCIES, 2)
    grouping = make(event, agencies="advise")
    assert sorted(queries.sizes(grouping).values()) == [9, 9]
    group = queries.group_of(heads[0])
    assert queries.advisers_of(group) == {heads[0].id}
    page = organiser.get(f"/events/rayong/groups/{group.public_id}").get_data(as_text=True)
    assert "ที่ปรึกษา" in page


def test_a_whole_district_is_one_group(event):
    fill(event, "แกลง", 27)
    assert [len(table.people) for table in plan(event, Settings(max_size=30)).tables] == [27]


def test_people_choose_their_table_until_it_is_full(event, client):
    people = fill(event, "แกลง", 8)
    grouping = make(event, mode="self", max_size=4)
    first, second = queries.groups_of(grouping)
    for person in people[:4]:
        on_the_day.sit_down(person, first)
    enter(client, people[4])
    full = client.get(f"/e/rayong/tables/{first.public_id}").get_data(as_text=True)
    assert "โต๊ะนี้เต็มแล้ว" in full
    assert f"/e/rayong/tables/{second.public_id}" in full
    refused = client.submit(f"/e/rayong/tables/{first.public_id}", page="/e/rayong/me")
    assert refused.status_code == 422
    client.submit(f"/e/rayong/tables/{second.public_id}", page="/e/rayong/me")
    assert queries.group_of(people[4]) == second
    on_the_day.sit_down(people[0], second)
    assert queries.sizes(grouping) == {first.id: 3, second.id: 2}


def test_where_tables_are_given_a_sign_shows_the_way_and_lets_nobody_wander(event, client):
    people = fill(event, "แกลง", 12)
    one, two = queries.groups_of(make(event))
    person = queries.people_of(one)[0]
    enter(client, person)
    page = client.get(f"/e/rayong/tables/{two.public_id}").get_data(as_text=True)
    assert "ที่นั่งของท่านคือโต๊ะ 1" in page
    assert client.submit(f"/e/rayong/tables/{two.public_id}", page="/e/rayong/me").status_code == 422
    assert "ท่านนั่งโต๊ะนี้" in client.get(f"/e/rayong/tables/{one.public_id}").get_data(as_text=True)
    assert len(people) == sum(queries.sizes(one.grouping).values())


def test_no_shows_leave_their_seats_and_wait_when_they_come_after_all(event, organiser, monkeypatch):
    people = fill(event, "แกลง", 6)
    grouping = make(event, max_size=6)
    assert on_the_day.absent(grouping) == [], "before anyone came nobody is missing"
    came(event, people[:4])
    page = organiser.get("/events/rayong/groups").get_data(as_text=True)
    assert "นำออกจากผัง 2 คน" in page
    organiser.submit("/events/rayong/groups/absent")
    assert set(queries.without_group(event, grouping)) == set(people[4:])
    assert plan(event, Settings(only_present=True)).people_count == 4


def came(event, people):
    """Record people present at the first half-day."""
    from app.checkin.models import Scan

    for number, person in enumerate(people):
        db.session.add(
            Scan(
                event_id=event.id,
                check_point_id=event.check_points[0].id,
                registrant_id=person.id,
                action="enter",
                outcome="accepted",
                method="search",
                client_uuid=f"{number:036d}",
                occurred_at=clock.now(),
                answer="{}",
            )
        )
    db.session.commit()


def test_a_facilitators_tables_go_to_another_in_one_step(event, organiser):
    fill(event, "แกลง", 27)
    grouping = make(event)
    one = make_member(event, Role.FACILITATOR, name="ก วิทยากร")
    two = make_member(event, Role.FACILITATOR, name="ข วิทยากร")
    assigning.share_out_facilitators("command", event, grouping)
    db.session.commit()
    sent = {"origin": one.public_id, "target": two.public_id}
    third = make_member(event, Role.FACILITATOR, name="ค วิทยากร")
    kept = queries.groups_of(grouping)[0]
    assigning.assign_facilitator("command", event, kept, third)
    db.session.commit()
    organiser.submit("/events/rayong/groups/hand-over", sent)
    assert kept.facilitator_id == third.id, "whose tables nobody spoke of keeps them"
    assigning.assign_facilitator("command", event, kept, two)
    db.session.commit()
    assert {group.facilitator_id for group in queries.groups_of(grouping)} == {two.id}
    assert (
        organiser.submit("/events/rayong/groups/hand-over", {**sent, "origin": two.public_id}).status_code == 422
    )


def test_a_table_more_another_name_and_two_that_become_one(event, organiser):
    fill(event, "แกลง", 12)
    grouping = make(event)
    first, second = queries.groups_of(grouping)
    organiser.submit("/events/rayong/groups/tables", {"name": "โต๊ะสำรอง"})
    assert [group.name for group in queries.groups_of(grouping)] == ["แกลง 1", "แกลง 2", "โต๊ะสำรอง"]
    organiser.submit(f"/events/rayong/groups/{first.public_id}/name", {"name": "แกลงเหนือ"})
    organiser.submit(f"/events/rayong/groups/{second.public_id}/join", {"group": first.public_id})
    assert queries.sizes(grouping) == {first.id: 12}
    assert queries.find_group(event, first.public_id).name == "แกลงเหนือ"
    assert queries.find_group(event, second.public_id) is not None


def test_signs_topics_and_wishes_of_other_events_do_not_exist(event, client, organiser):
    other = make_event()
    strangers = fill(other, "แกลง", 5)
    foreign = queries.groups_of(make(other))[0]
    wish = wanting.add("command", other, SeatingKind.TOGETHER, strangers[:2])
    topics.set_topics(other, "เกษตร")
    (person,) = fill(event, "แกลง", 1)
    db.session.commit()
    assert organiser.submit(f"/events/rayong/groups/seating/{wish.public_id}/remove").status_code == 404
    for action in ("pin", "name", "join"):
        assert (
            organiser.submit(f"/events/rayong/groups/{foreign.public_id}/{action}", {"name": "x"}).status_code
            == 404
        )
    with pytest.raises(RuleBroken):
        topics.wish(person, topics.topics_of(other))
    enter(client, person)
    assert client.get(f"/e/rayong/tables/{foreign.public_id}").status_code == 404
    assert client.get("/e/rayong/topics").status_code == 404
    assert client.get(f"/e/{other.slug}/tables/{foreign.public_id}").status_code == 401
