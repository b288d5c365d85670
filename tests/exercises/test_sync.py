"""Editing together: nothing acknowledged is lost, whatever comes twice, late or at once."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.database import db
from app.exercises import sync
from app.exercises.linkage.group_work import cards
from app.exercises.models import Change, Status
from app.exercises.ops import Author, read_ops
from app.exercises.sync import take
from tests.exercises.stage import Stage, make_stage
from tests.exercises.storm import EDITS, FIELDS, WRITERS, sent_texts, storm


@pytest.fixture
def stage(app) -> Stage:
    return make_stage()


def history(stage: Stage, card_id: str) -> list[Change]:
    return db.session.query(Change).filter_by(entity_id=card_id).order_by(Change.seq).all()


def test_a_new_card_has_a_code_of_its_group_and_its_district(stage):
    card_id = stage.add("need", "สวนผลไม้ขาดน้ำ")
    item = stage.item(card_id)
    assert item.code == "แกลง1-ป01"
    assert (item.level, item.origin, item.status) == ("VIL", "group", "draft")
    assert [area.code for area in item.areas] == ["2103"]
    assert stage.item(stage.add("need", "ราคาตก")).code == "แกลง1-ป02"
    assert stage.item(stage.add("project", "ขุดสระ")).code == "แกลง1-โ01"


def test_an_op_that_comes_twice_is_carried_out_once_and_answered_as_the_first_time(stage):
    op = stage.op("create", str(uuid.uuid4()), kind="need", title="น้ำ")
    [first] = stage.send(op)
    [again] = stage.send(op)
    assert again == first
    assert len(history(stage, op.id)) == 1


def test_a_retried_edit_does_not_undo_what_came_after_it(stage):
    card_id = stage.add("need", "น้ำ")
    early = stage.op("update", card_id, rev=1, client="a", title="น้ำแล้ง")
    stage.send(early)
    stage.send(stage.op("update", card_id, rev=2, client="b", title="น้ำแล้งมาก"))
    [again] = stage.send(early)
    assert again["status"] == "taken"
    assert stage.item(card_id).title_th == "น้ำแล้งมาก"
    assert again["card"]["fields"]["title"] == "น้ำแล้งมาก"


def test_different_fields_of_one_card_merge(stage):
    card_id = stage.add("project", "ขุดสระ")
    stage.send(stage.op("update", card_id, rev=1, client="a", objective="มีน้ำใช้"))
    [answer] = stage.send(stage.op("update", card_id, rev=1, client="b", lead_name="อบต.กองดิน"), by=stage.somchai)
    assert answer["status"] == "taken"
    item = stage.item(card_id)
    assert (item.objective, item.lead_name) == ("มีน้ำใช้", "อบต.กองดิน")


def test_the_same_field_changed_by_two_is_a_conflict_that_shows_both_texts(stage):
    card_id = stage.add("project", "ขุดสระ")
    stage.send(stage.op("update", card_id, rev=1, client="a", objective="มีน้ำใช้", title="ขุดสระน้ำ"))
    [answer] = stage.send(
        stage.op("update", card_id, rev=1, client="b", objective="แก้ภัยแล้ง", lead_name="อบต."), by=stage.somchai
    )
    assert answer["status"] == "conflict"
    [conflict] = answer["conflicts"]
    assert (conflict["field"], conflict["yours"], conflict["theirs"]) == ("objective", "แก้ภัยแล้ง", "มีน้ำใช้")
    assert conflict["name"] == "มาลี ทดสอบ"
    item = stage.item(card_id)
    assert (item.objective, item.lead_name) == ("มีน้ำใช้", "อบต."), "only the field in conflict waits"
    assert history(stage, card_id)[-1].aside == {"objective": "แก้ภัยแล้ง"}


def test_a_conflict_is_settled_by_an_edit_that_has_seen_both(stage):
    card_id = stage.add("need", "น้ำ")
    stage.send(stage.op("update", card_id, rev=1, client="a", title="น้ำแล้ง"))
    [answer] = stage.send(stage.op("update", card_id, rev=1, client="b", title="น้ำเสีย"))
    [settled] = stage.send(stage.op("update", card_id, rev=answer["rev"], client="b", title="น้ำแล้งและน้ำเสีย"))
    assert settled["status"] == "taken"
    assert stage.item(card_id).title_th == "น้ำแล้งและน้ำเสีย"


def test_the_same_text_typed_twice_is_no_conflict(stage):
    card_id = stage.add("need", "น้ำ")
    stage.send(stage.op("update", card_id, rev=1, client="a", title="น้ำแล้ง"))
    assert stage.send(stage.op("update", card_id, rev=1, client="b", title=" น้ำแล้ง "))[0]["status"] == "taken"


def test_one_s_own_earlier_edits_are_no_conflict(stage):
    """A phone that was off-line sends several edits of one field, all based on what it last saw."""
    card_id = stage.add("need", "น้ำ")
    answers = stage.send(
        *(stage.op("update", card_id, rev=1, client="a", title=title) for title in ("น้ำแ", "น้ำแล้", "น้ำแล้ง"))
    )
    assert [answer["status"] for answer in answers] == ["taken"] * 3
    assert stage.item(card_id).title_th == "น้ำแล้ง"


def test_another_s_edit_between_one_s_own_is_a_conflict(stage):
    card_id = stage.add("need", "น้ำ")
    stage.send(stage.op("update", card_id, rev=1, client="a", title="น้ำแ"))
    stage.send(stage.op("update", card_id, rev=2, client="b", title="น้ำเสีย"))
    assert stage.send(stage.op("update", card_id, rev=1, client="a", title="น้ำแล้ง"))[0]["status"] == "conflict"


def test_lines_added_by_two_people_both_stay(stage):
    card_id = stage.add("project", "ขุดสระ")
    for client, year in (("a", 2562), ("b", 2563)):
        line = {f"budget/line-{client}-0001": {"fy_be": year, "amount": "2,500,000", "source": "งบจังหวัด"}}
        assert stage.send(stage.op("update", card_id, rev=1, client=client, **line))[0]["status"] == "taken"
    assert {(row.fy_be, row.satang) for row in stage.item(card_id).budget} == {
        (2562, 250_000_000),
        (2563, 250_000_000),
    }


def test_a_line_is_removed_by_sending_nothing_in_its_place(stage):
    card_id = stage.add("project", "ขุดสระ")
    stage.send(stage.op("update", card_id, rev=1, **{"partners/line-00001": {"name": "อสม.", "sector": "people"}}))
    stage.send(stage.op("update", card_id, rev=2, **{"partners/line-00001": None}))
    assert stage.item(card_id).partners == []
    assert history(stage, card_id)[-1].before == {"partners/line-00001": {"name": "อสม.", "sector": "people"}}


def test_an_edit_of_a_deleted_card_is_kept_for_when_it_returns(stage):
    card_id = stage.add("need", "น้ำ")
    stage.send(stage.op("delete", card_id, rev=1, client="a"))
    [answer] = stage.send(stage.op("update", card_id, rev=1, client="b", title="น้ำแล้ง"))
    assert answer["card"]["deleted"]
    stage.send(stage.op("restore", card_id, client="a"))
    item = stage.item(card_id)
    assert (item.title_th, item.deleted_at) == ("น้ำแล้ง", None)


def test_a_card_of_another_group_does_not_exist(stage):
    card_id = stage.add("need", "น้ำ")
    for action in ("update", "delete", "create"):
        op = stage.op(action, card_id, rev=1, title="ของเรา", kind="need")
        [answer] = stage.send(op, by=stage.stranger, group=stage.second)
        assert answer["status"] == "invalid"
        assert "card" not in answer
    assert stage.item(card_id).title_th == "น้ำ"
    assert stage.send(stage.op("update", stage.issue(), title="ประเด็นของเรา"))[0]["status"] == "invalid"


def test_another_group_s_op_id_shows_nothing_of_it(stage):
    op = stage.op("create", str(uuid.uuid4()), kind="need", title="ความลับ")
    stage.send(op)
    [answer] = stage.send(op, by=stage.stranger, group=stage.second)
    assert answer["status"] == "invalid"
    assert "ความลับ" not in str(answer)


def test_unreadable_ops_are_answered_and_do_not_block_the_others(stage):
    good = {"op_id": str(uuid.uuid4()), "entity": "item", "id": str(uuid.uuid4()), "action": "create"}
    good["fields"] = {"kind": "need", "title": "น้ำ"}
    bad = [None, 7, {}, {**good, "action": "explode"}, {**good, "base_rev": -1}, {**good, "id": "../../x"}]
    ops = read_ops({"ops": [*bad, good]})
    answers = take(cards, stage.exercise, stage.first, Author(stage.malee), ops)
    assert [answer["status"] for answer in answers] == ["invalid"] * len(bad) + ["taken"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "ก" * 301},
        {"title": 5},
        {"title": "\x00"},
        {"budget/line-00001": {"fy_be": 2562, "amount": -5}},
        {"budget/line-00001": {"fy_be": 2562, "amount": "มาก"}},
        {"budget/line-00001": "ล้าน"},
        {"budget": 5},
        {"lead_sector": "nowhere"},
        {"level": "NAT1"},
        {"level": "XXX"},
        {"nothing": "x"},
        {"status": "passed"},
    ],
)
def test_what_breaks_a_rule_is_refused_and_its_text_kept_aside(stage, fields):
    card_id = stage.add("project", "ขุดสระ")
    [answer] = stage.send(stage.op("update", card_id, rev=1, **fields))
    assert answer["status"] == "refused"
    assert answer["sentence"]
    item = stage.item(card_id)
    assert (item.title_th, item.level, item.budget, item.rev) == ("ขุดสระ", "LOC", [], 1)
    assert set(history(stage, card_id)[-1].aside) == set(fields)


def test_money_and_years_are_read_as_people_type_them(stage):
    card_id = stage.add("project", "ขุดสระ")
    stage.send(
        stage.op(
            "update",
            card_id,
            rev=1,
            **{
                "budget/line-00001": {"fy_be": "๒๕๖๒", "amount": "๑,๒๕๐.๕๐ บาท", "source": "กองทุน"},
                "indicators/line-00001": {"name": "พื้นที่", "baseline": "1,200", "target": "มากขึ้น"},
                "evidence/line-00001": {"title": "จปฐ.", "data_year_be": "2018", "type": "survey"},
            },
        )
    )
    item = stage.item(card_id)
    assert (item.budget[0].fy_be, item.budget[0].satang) == (2562, 125050)
    assert (item.indicators[0].baseline, item.indicators[0].target) == (1200, "มากขึ้น")
    assert item.evidence[0].data_year_be == 2561


def test_a_link_that_leads_back_is_refused_with_the_way_shown(stage):
    upper = stage.add("goal", "เป้าหมาย ก")
    lower = stage.add("goal", "เป้าหมาย ข")
    assert stage.link(lower, upper, "supports")["status"] == "taken"
    answer = stage.link(upper, lower, "supports")
    assert answer["status"] == "refused"
    assert answer["path"] == ["เป้าหมาย ก", "เป้าหมาย ข", "เป้าหมาย ก"]


def test_links_keep_to_their_kinds_and_are_drawn_once(stage):
    need, project = stage.add("need", "น้ำ"), stage.add("project", "ขุดสระ")
    assert stage.link(need, project, "answered_by", strength=3)["status"] == "taken"
    assert stage.link(need, project, "answered_by")["status"] == "refused"
    assert stage.link(need, need, "answered_by")["status"] == "refused"
    assert stage.link(project, need, "answered_by")["status"] == "refused"
    assert stage.link(project, stage.issue(), "nonsense")["status"] == "refused"
    assert stage.link(project, str(uuid.uuid4()), "supports")["status"] == "refused"
    assert stage.link(project, project, "duplicates")["status"] == "refused"


@pytest.mark.parametrize(
    ("source", "target", "meant"),
    [
        ({"kind": "need"}, {"kind": "project"}, "answered_by"),
        ({"kind": "project"}, {"kind": "goal"}, "supports"),
        ({"kind": "project"}, {"kind": "project", "level": "DIS"}, "included_in"),
        ({"kind": "project", "beyond_capacity": True}, {"kind": "project", "level": "DIS"}, "escalated_to"),
        ({"kind": "project"}, {"kind": "project"}, "joint_with"),
    ],
)
def test_a_link_without_a_type_is_what_its_ends_mean(stage, source, target, meant):
    ends = [stage.add(**{"title": "ข้อความ", **part}) for part in (source, target)]
    op = stage.op("create", str(uuid.uuid4()), entity="link", source=ends[0], target=ends[1])
    assert stage.send(op)[0]["card"]["fields"]["type"] == meant


def test_a_deleted_link_returns_only_where_it_still_fits(stage):
    a, b = stage.add("goal", "เป้าหมาย ก"), stage.add("goal", "เป้าหมาย ข")
    made = stage.link(a, b, "supports")["card"]["id"]
    stage.send(stage.op("delete", made, entity="link"))
    stage.link(b, a, "supports")
    assert stage.send(stage.op("restore", made, entity="link"))[0]["status"] == "refused"


def test_a_card_moved_to_another_level_must_still_fit_its_links(stage):
    project, goal = stage.add("project", "ขุดสระ"), stage.add("goal", "น้ำพอ")
    stage.link(project, goal, "supports")
    answer = stage.send(stage.op("update", project, rev=1, level="PRO"))[0]
    assert answer["status"] == "refused"
    assert stage.send(stage.op("update", project, rev=1, level="DIS"))[0]["status"] == "taken"


def test_locking_refuses_and_keeps_the_text(stage):
    card_id = stage.add("need", "น้ำ")
    stage.exercise.is_locked = True
    db.session.commit()
    [answer] = stage.send(stage.op("update", card_id, rev=1, title="น้ำแล้ง"))
    assert answer["status"] == "refused"
    assert history(stage, card_id)[-1].aside == {"title": "น้ำแล้ง"}


def test_after_handing_in_only_returned_cards_are_open(stage):
    one, two = stage.add("need", "น้ำ"), stage.add("need", "ขยะ")
    stage.first.status = Status.RETURNED
    stage.item(one).status, stage.item(two).status = Status.RETURNED, Status.SUBMITTED
    db.session.commit()
    assert stage.send(stage.op("update", one, rev=1, title="น้ำแล้ง"))[0]["status"] == "taken"
    assert stage.send(stage.op("update", two, rev=1, title="ขยะมาก"))[0]["status"] == "refused"
    assert stage.add("project", "โครงการที่ขาดไป")
    stage.first.status = Status.SUBMITTED
    db.session.commit()
    assert stage.send(stage.op("update", one, rev=2, title="น้ำท่วม"))[0]["status"] == "refused"


def test_phones_are_told_what_they_have_not_seen(stage):
    before = sync.newest(stage.exercise, stage.first)
    card_id = stage.add("need", "น้ำ")
    elsewhere = stage.op("create", str(uuid.uuid4()), kind="need", title="ของกลุ่มอื่น")
    stage.send(elsewhere, by=stage.stranger, group=stage.second)
    assert sync.changed_cards(stage.exercise, stage.first, before) == {("item", card_id)}
    assert sync.newest(stage.exercise, stage.first) == before + 1


def test_thirty_writers_of_one_card_lose_nothing(app, stage):
    """30 × 10 edits at once, each on what the writer last saw: 300 of 300 are in the history, text and all."""
    outcome = storm(app, stage)
    assert not outcome.problems
    assert len({change.op_id for change in outcome.changes}) == WRITERS * EDITS
    assert outcome.texts == sent_texts()
    assert len({change.seq for change in outcome.changes}) == len(outcome.changes)
    for name in FIELDS:
        taken = [change.after[name] for change in outcome.changes if name in change.after]
        assert not taken or outcome.now[name] == taken[-1], "the card is what its history says"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),  # the phone
            st.sampled_from(["title", "objective", "budget/line-00001"]),
            st.integers(0, 3),  # how many revisions behind the phone is
            st.booleans(),  # the answer is lost and the op comes again
        ),
        max_size=12,
    )
)
def test_every_text_is_on_the_card_or_in_the_history(stage, edits):
    card_id = stage.add("project", f"ขุดสระ {uuid.uuid4()}")
    sent: list[object] = []
    for place, (client, name, behind, twice) in enumerate(edits):
        value = {"fy_be": 2562, "amount": place + 1} if "/" in name else f"ข้อความ {place}"
        op = stage.op(
            "update", card_id, rev=max(0, stage.item(card_id).rev - behind), client=client, **{name: value}
        )
        first = stage.send(op)
        if twice:
            assert stage.send(op)[0]["conflicts"] == first[0]["conflicts"]
        sent.append(value)
    changes = history(stage, card_id)
    kept = [value for change in changes for value in [*change.after.values(), *change.aside.values()]]
    assert all(value in kept for value in sent)
    assert len(changes) == len(edits) + 1
    now = cards.fields_of(stage.item(card_id))
    for name, value in now.items():
        last = [change.after[name] for change in changes if name in change.after]
        assert last[-1] == value, "the card is what its history says"


def test_saving_is_noted_with_its_time(stage):
    stage.add("need", "น้ำ")
    assert stage.first.saved_at is not None
    assert (clock.now() - stage.first.saved_at).total_seconds() < 60
