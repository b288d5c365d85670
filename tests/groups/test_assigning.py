"""Making an event's tables, and what happens to them on the day."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.groups import assigning, queries
from app.groups.assigning import Settings
from app.groups.models import IMPORTED, Grouping, Membership
from app.live import topics
from app.registration.models import Standing
from app.registration.signup import register
from tests.make import make_event, make_member, make_registrant, make_user, unit_named


@pytest.fixture
def event(app):
    return make_event()


def fill(event, unit_name, count, **extra):
    unit = unit_named(event, unit_name)
    return [make_registrant(event, f"คน{number}", unit_name, unit=unit, **extra) for number in range(count)]


def test_a_plan_writes_nothing(event):
    fill(event, "แกลง", 20)
    planned = assigning.plan(event, Settings())
    assert [(table.name, len(table.people)) for table in planned.tables] == [
        ("แกลง 1", 7),
        ("แกลง 2", 7),
        ("แกลง 3", 6),
    ]
    assert db.session.scalar(select(func.count()).select_from(Grouping)) == 0


def test_what_is_made_is_what_was_planned(event):
    fill(event, "แกลง", 20)
    fill(event, "ส่วนราชการประจำจังหวัด", 3)
    settings = Settings(seed=7)
    planned = assigning.plan(event, settings)
    grouping = assigning.make_groups("command", event, settings)
    db.session.commit()
    made = [(seat.group.name, sorted(person.id for person in seat.people)) for seat in queries.seated(grouping)]
    assert made == [(table.name, sorted(person.id for person in table.people)) for table in planned.tables]
    assert grouping.settings["agencies"] == "spread"
    assert (grouping.mode, grouping.seed) == ("district", 7)


def test_withdrawn_and_merged_people_get_no_seat(event):
    stays, leaves, doubled = fill(event, "แกลง", 3)
    leaves.standing = Standing.WITHDRAWN
    doubled.merged_into_id = stays.id
    db.session.commit()
    planned = assigning.plan(event, Settings())
    assert [person.id for table in planned.tables for person in table.people] == [stays.id]


def test_without_people_the_refusal_says_what_to_do(event):
    with pytest.raises(RuleBroken, match="นำเข้ารายชื่อ"):
        assigning.plan(event, Settings())


@pytest.mark.parametrize("size", [0, 3, 31])
def test_a_table_is_neither_tiny_nor_huge(event, size):
    fill(event, "แกลง", 5)
    with pytest.raises(RuleBroken, match="ต่อกลุ่ม"):
        assigning.plan(event, Settings(max_size=size))


def test_a_small_district_is_pointed_out_until_it_joins_a_neighbour(event):
    fill(event, "แกลง", 9)
    fill(event, "วังจันทร์", 2)
    small, big = unit_named(event, "วังจันทร์"), unit_named(event, "แกลง")
    assert assigning.plan(event, Settings()).small_units == [small]
    joined = assigning.plan(event, Settings(joined={small.public_id: big.public_id}))
    assert joined.small_units == []
    assert [(table.name, len(table.people)) for table in joined.tables] == [("แกลง 1", 6), ("แกลง 2", 5)]


def test_a_latecomer_sits_at_the_smallest_table_of_the_district(event):
    fill(event, "แกลง", 17)
    fill(event, "บ้านฉาง", 4)
    grouping = assigning.make_groups("command", event, Settings())
    late = make_registrant(event, "มาสาย", "แกลง", unit=unit_named(event, "แกลง"))
    assert assigning.seat_latecomers("command", grouping) == [late]
    assert queries.group_of(late).name == "แกลง 2"
    assert queries.without_group(event, grouping) == []


def test_a_latecomer_of_a_joined_district_sits_with_the_neighbour(event):
    fill(event, "แกลง", 9)
    fill(event, "วังจันทร์", 2)
    small, big = unit_named(event, "วังจันทร์"), unit_named(event, "แกลง")
    grouping = assigning.make_groups("command", event, Settings(joined={small.public_id: big.public_id}))
    late = make_registrant(event, "มาสาย", "วังจันทร์", unit=small)
    assert assigning.seat("command", grouping, late).unit == big


def test_moving_keeps_one_seat_and_tells_waiting_pages(event):
    people = fill(event, "แกลง", 12)
    grouping = assigning.make_groups("command", event, Settings())
    first, second = queries.groups_of(grouping)
    mover = queries.people_of(first)[0]
    before = topics.version(event, assigning.TOPIC)
    assigning.move("command", grouping, mover, second)
    assert queries.group_of(mover) == second
    assert db.session.scalar(select(func.count()).select_from(Membership)) == len(people)
    assert topics.version(event, assigning.TOPIC) == before + 1
    facts = db.session.scalar(select(AuditEntry.facts).where(AuditEntry.action == "groups.moved"))
    assert facts == {"source": first.id, "target": second.id}


def test_moving_to_where_one_sits_changes_nothing(event):
    fill(event, "แกลง", 5)
    grouping = assigning.make_groups("command", event, Settings())
    (group,) = queries.groups_of(grouping)
    before = topics.version(event, assigning.TOPIC)
    assigning.move("command", grouping, queries.people_of(group)[0], group)
    assert topics.version(event, assigning.TOPIC) == before


def test_nobody_moves_to_a_table_of_another_event(event):
    fill(event, "แกลง", 5)
    grouping = assigning.make_groups("command", event, Settings())
    other = make_event()
    fill(other, "แกลง", 5)
    foreign = queries.groups_of(assigning.make_groups("command", other, Settings()))[0]
    with pytest.raises(RuleBroken):
        assigning.move("command", grouping, queries.people_of(queries.groups_of(grouping)[0])[0], foreign)


def test_a_second_grouping_replaces_the_first_for_participants(event):
    (person, *_others) = fill(event, "แกลง", 12)
    assigning.make_groups("command", event, Settings())
    newest = assigning.make_groups("command", event, Settings(mode="mixed", max_size=6))
    assert queries.current_grouping(event) == newest
    assert queries.group_of(person).grouping_id == newest.id
    assert queries.group_of(person).name.startswith("กลุ่มที่")


def test_facilitators_share_the_tables_in_runs(event):
    fill(event, "แกลง", 27)
    fill(event, "บ้านฉาง", 18)
    grouping = assigning.make_groups("command", event, Settings())
    one = make_member(event, Role.FACILITATOR, name="ก วิทยากร")
    two = make_member(event, Role.FACILITATOR, name="ข วิทยากร")
    assert assigning.share_out_facilitators("command", event, grouping) == 2
    assert [group.facilitator_id for group in queries.groups_of(grouping)] == [one.id] * 3 + [two.id] * 2
    assert [group.number for group in queries.groups_guided_by(event, two)] == [4, 5]


def test_only_a_facilitator_of_the_event_guides_a_table(event):
    fill(event, "แกลง", 5)
    grouping = assigning.make_groups("command", event, Settings())
    (group,) = queries.groups_of(grouping)
    with pytest.raises(RuleBroken):
        assigning.assign_facilitator("command", event, group, make_user())
    guide = make_member(event, Role.FACILITATOR)
    assigning.assign_facilitator("command", event, group, guide)
    assert group.facilitator == guide
    assigning.assign_facilitator("command", event, group, None)
    assert group.facilitator is None


def test_whoever_registers_after_the_groups_were_made_sits_at_once(event):
    fill(event, "แกลง", 17)
    early = register(event, first_name="มา", last_name="ก่อน", unit=unit_named(event, "แกลง"), source="walk_in")
    assert queries.group_of(early) is None
    grouping = assigning.make_groups("command", event, Settings())
    late = register(event, first_name="มา", last_name="สาย", unit=unit_named(event, "แกลง"), source="walk_in")
    assert queries.group_of(late).grouping == grouping


def test_a_grouping_that_came_with_a_file_seats_nobody(event):
    db.session.add(Grouping(event=event, name="นำเข้า", mode=IMPORTED))
    db.session.flush()
    late = register(event, first_name="มา", last_name="สาย", unit=unit_named(event, "แกลง"), source="walk_in")
    assert queries.group_of(late) is None
