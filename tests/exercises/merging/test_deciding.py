"""Deciding on items of several groups in the store: sources kept, groups told, and undo is identity."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.group_work.work import work_of
from app.exercises.linkage.merging import candidates, telling
from app.exercises.linkage.merging.deciding import CircleClosed, Decision, LinksDoNotFit, decide
from app.exercises.linkage.merging.models import MergeKind, MergeRecord
from app.exercises.linkage.merging.undoing import undo
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.linkage.rules import block_problems
from app.exercises.models import Exercise, Status
from app.exercises.ops import Author
from tests.conftest import FIXTURES
from tests.exercises.linkage.documents import document, item, link, reference
from tests.exercises.stage import make_stage
from tests.make import make_event, make_member


@pytest.fixture
def rayong(app) -> Exercise:
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    return exercise


@pytest.fixture
def user(rayong):
    return make_member(rayong.event, Role.ORGANISER)


def ids(exercise: Exercise, *codes: str) -> list[str]:
    found = {i.code: i.public_id for i in db.session.query(PlanItem).filter_by(exercise_id=exercise.id)}
    return [found[code] for code in codes]


def decision(kind: MergeKind = MergeKind.MERGE, **more) -> Decision:
    return Decision(kind, **{"reason": "เรื่องเดียวกัน", "budget": "sum", **more})


def item_of(exercise: Exercise, code: str) -> PlanItem:
    return db.session.query(PlanItem).filter_by(exercise_id=exercise.id, code=code).one()


def test_the_sources_stay_and_the_new_item_stands_in_their_place(rayong, user):
    before = analyse(document_of(rayong))
    merge = decide(rayong, ids(rayong, "L2", "L9"), decision(title="โครงการผลไม้คุณภาพ"), user)
    after = analyse(document_of(rayong))
    new = merge.item.code
    assert [source.item.status for source in merge.sources] == [Status.MERGED, Status.MERGED]
    assert merge.item.submission_id is None
    assert merge.item.origin == "merged"
    assert after["counts"]["projects"] == before["counts"]["projects"] - 1
    assert after["budget"]["gross_total"] == before["budget"]["gross_total"]
    for anchor, value in before["coverage_matrix"]["L2"].items():
        assert after["coverage_matrix"][new][anchor] >= value
    assert len(after["orphans"]["all"]) <= len(before["orphans"]["all"])


def test_undo_is_identity(rayong, user):
    before = document_of(rayong)
    merge = decide(rayong, ids(rayong, "L2", "L9"), decision(), user)
    assert document_of(rayong) != before
    undo(merge, user)
    assert document_of(rayong) == before
    undo(merge, user)  # a second tap changes nothing
    assert document_of(rayong) == before


@pytest.mark.parametrize("kind", [MergeKind.ESCALATE, MergeKind.BUNDLE])
def test_what_is_made_beside_its_sources_is_itself_not_beyond_anybody(rayong, user, kind):
    """A6 asks of a project whether it was passed on; the new one is where it was passed to."""
    sources = [item_of(rayong, code) for code in ("L2", "L9")]
    for source in sources:
        source.beyond_capacity = True
    db.session.flush()
    before = set(analyse(document_of(rayong))["beyond_capacity_not_escalated"])
    merge = decide(rayong, [s.public_id for s in sources], decision(kind, level="DIS", leave_unfit=True), user)
    after = analyse(document_of(rayong))
    assert merge.item.code not in after["beyond_capacity_not_escalated"]
    assert set(after["beyond_capacity_not_escalated"]) <= before
    if kind == MergeKind.ESCALATE:
        assert not {"L2", "L9"} & set(after["beyond_capacity_not_escalated"])
    else:
        assert not merge.item.chains, "a programme stands on no stage; its projects do"
        assert merge.item.code not in str(after["value_chain"])


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_any_decisions_undone_in_any_order_are_identity_and_no_circle_ever(rayong, user, seed: int):
    dice = random.Random(seed)
    db.session.rollback()
    before = document_of(rayong)
    made: list[MergeRecord] = []
    for _ in range(3):
        projects = [i.public_id for i in candidates.choosable(rayong)]
        kind = dice.choice([MergeKind.MERGE, MergeKind.DUPLICATE, MergeKind.BUNDLE, MergeKind.ESCALATE])
        chosen = dice.sample(projects, dice.choice([2, 3]))
        level = "DIS" if kind in (MergeKind.ESCALATE, MergeKind.BUNDLE) else ""
        try:
            with db.session.begin_nested():
                made.append(decide(rayong, chosen, decision(kind, level=level, leave_unfit=True), user))
        except RuleBroken:
            continue
        assert not [p for p in block_problems(document_of(rayong)) if p.code == "cycle"]
    left = list(made)
    while left:
        one = dice.choice(left)
        try:
            with db.session.begin_nested():
                undo(one, user)
        except RuleBroken:
            continue  # something was built on it: that comes first
        left.remove(one)
        assert not [p for p in block_problems(document_of(rayong)) if p.code == "cycle"]
    assert document_of(rayong) == before
    db.session.rollback()


def test_what_was_built_on_a_merged_item_is_undone_first(rayong, user):
    first = decide(rayong, ids(rayong, "L2", "L9"), decision(), user)
    second = decide(rayong, [first.item.public_id, *ids(rayong, "L4")], decision(), user)
    with pytest.raises(RuleBroken, match="โปรดเลิกรายการนั้นก่อน"):
        undo(first, user)
    undo(second, user)
    undo(first, user)


def test_a_merge_that_would_close_a_circle_is_refused_with_its_path(app):
    doc = document(
        [item("a", "LOC", "project"), item("b", "DIS", "project"), item("d", "PRO", "project"), reference("P1")],
        [link("a", "b", "included_in"), link("b", "d", "included_in")],
    )
    exercise = create_from_document(make_event("loop"), doc)
    with pytest.raises(CircleClosed) as refused:
        decide(
            exercise, ids(exercise, "a", "d"), decision(title="ใหม่"), make_member(exercise.event, Role.ORGANISER)
        )
    assert refused.value.path == ["เรื่องb", "ใหม่", "เรื่องb"]
    assert "“เรื่องb” → “ใหม่” → “เรื่องb”" in str(refused.value.sentence)


def test_money_must_be_decided_and_each_rule_counts(rayong, user):
    pair = ids(rayong, "L2", "L9")
    with pytest.raises(RuleBroken, match="งบประมาณ") as refused:
        decide(rayong, pair, decision(budget=""), user)
    assert refused.value.field == "budget"
    with pytest.raises(RuleBroken):
        decide(rayong, pair, decision(budget="enter"), user)
    totals = {}
    for rule in ("sum", "max", "enter"):
        db.session.rollback()
        lines = ({"fy_be": 2562, "amount": 123.45},) if rule == "enter" else ()
        merge = decide(rayong, pair, decision(budget=rule, lines=lines), user)
        totals[rule] = sum(line.satang for line in merge.item.budget)
        own = [sum(line.satang for line in source.item.budget) for source in merge.sources]
    assert totals == {"sum": sum(own), "max": max(own), "enter": 12345}


def test_a_bundle_keeps_its_projects_and_counts_their_money_once(rayong, user):
    before = analyse(document_of(rayong))
    merge = decide(rayong, ids(rayong, "L2", "L9"), decision(MergeKind.BUNDLE, level="LOC", budget=""), user)
    after = analyse(document_of(rayong))
    assert merge.item.kind == "programme"
    assert not merge.item.budget
    assert after["counts"]["projects"] == before["counts"]["projects"]
    assert after["budget"]["counted_total"] == before["budget"]["counted_total"]
    assert Status.MERGED not in {source.item.status for source in merge.sources}
    links = db.session.query(PlanLink).filter_by(target_id=merge.item_id).all()
    assert {(k.source.code, k.type) for k in links} == {("L2", "part_of"), ("L9", "part_of")}


def test_what_is_handed_on_has_its_link_and_its_money_is_not_counted_twice(rayong, user):
    before = analyse(document_of(rayong))["budget"]
    merge = decide(rayong, ids(rayong, "L4"), decision(MergeKind.ESCALATE, level="DIS"), user)
    after = analyse(document_of(rayong))["budget"]
    links = db.session.query(PlanLink).filter_by(target_id=merge.item_id).all()
    assert [(k.source.code, k.type) for k in links] == [("L4", "escalated_to")]
    assert after["counted_total"] == before["counted_total"]


def test_moving_to_a_level_where_links_do_not_fit_asks_first_and_keeps_a_note(app):
    doc = document(
        [item("a", "LOC", "project", group="G1"), item("c", "DIS", "project"), reference("P1")],
        [link("a", "c", "included_in"), link("a", "P1")],
    )
    exercise = create_from_document(make_event("move"), doc)
    user = make_member(exercise.event, Role.ORGANISER)
    with pytest.raises(LinksDoNotFit) as refused:
        decide(exercise, ids(exercise, "a"), decision(MergeKind.MOVE, level="DIS"), user)
    assert len(refused.value.why) == 1
    merge = decide(exercise, ids(exercise, "a"), decision(MergeKind.MOVE, level="DIS", leave_unfit=True), user)
    assert merge.item.level == "DIS"
    assert [row["target"] for row in merge.left_out] == ["c"]
    assert [row.code for row in merge.item.areas] == ["2103"], "the group's district goes with it"


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("L2",), MergeKind.MERGE),
        (("L2", "P1"), MergeKind.MERGE),
        (("L2", "V1"), MergeKind.MERGE),
        (("V1", "V2"), MergeKind.BUNDLE),
        (("L2", "L9"), MergeKind.MOVE),
    ],
)
def test_what_cannot_be_decided_on_is_refused(rayong, user, codes, kind):
    with pytest.raises(RuleBroken):
        decide(rayong, ids(rayong, *codes), decision(kind), user)


def test_a_merged_card_is_not_merged_again_nor_written_on(app):
    stage = make_stage()
    user = make_member(stage.event, Role.ORGANISER)
    one, two, three = (stage.add("project", title) for title in ("ตลาดเกษตรกร", "ตลาดนัดเกษตรกร", "ขุดสระ"))
    need = stage.add("need", "น้ำไม่พอ")
    decide(stage.exercise, [one, two], decision(), user)
    db.session.commit()
    with pytest.raises(RuleBroken, match="รวมไปแล้ว"):
        decide(stage.exercise, [two, three], decision(), user)
    [answer] = stage.send(stage.op("update", one, title="ใหม่"))
    assert answer["status"] == "refused"
    assert answer["sentence"].startswith("การ์ดนี้ถูกรวม")
    assert stage.link(need, one, "answered_by")["status"] == "refused"


def test_groups_are_told_on_their_phones_and_told_no_more_after_undo(rayong, user):
    merge = decide(rayong, ids(rayong, "L2", "L9"), decision(title="ผลไม้คุณภาพ"), user)
    for source in merge.sources:
        state = work_of(rayong, source.item.submission, Author(user=user)).state
        [said] = [one for one in state["comments"] if one["card"] == source.item.public_id]
        assert "เป็น “ผลไม้คุณภาพ”" in said["text"]
        assert said["text"].endswith("เรื่องเดียวกัน")
        assert not said["settled"]
        assert telling.decisions_about(source.item.submission)
    undo(merge, user)
    state = work_of(rayong, merge.sources[0].item.submission, Author(user=user)).state
    assert all(one["settled"] for one in state["comments"])


def test_groups_two_merges_down_are_told_too(rayong, user):
    first = decide(rayong, ids(rayong, "L2", "L9"), decision(), user)
    second = decide(rayong, [first.item.public_id, *ids(rayong, "L4")], decision(), user)
    assert {card.code for card in telling.cards_behind(second)} == {"L2", "L9", "L4"}
    groups = {item_of(rayong, code).submission for code in ("L2", "L9")}
    for group in groups:
        assert second in [source.merge for source in telling.decisions_about(group)]


def test_an_objection_stands_until_it_is_answered(rayong, user):
    merge = decide(rayong, ids(rayong, "L2", "L9"), decision(), user)
    source = merge.sources[0]
    telling.object_to(source, source.item.submission, "คนละเรื่องกัน", Author(user=user))
    assert candidates.open_objections(rayong) == [source]
    telling.answer_objection(source, "พื้นที่เดียวกัน", user)
    assert candidates.open_objections(rayong) == []
    with pytest.raises(RuleBroken):
        telling.object_to(source, source.item.submission, "  ", Author(user=user))


def test_a_pair_decided_on_is_not_asked_again_unless_undone(rayong, user):
    def pairs() -> set[tuple[str, str]]:
        return {(pair.one.code, pair.other.code) for pair in candidates.undecided(rayong).pairs}

    assert ("L2", "L9") in pairs()
    apart = decide(rayong, ids(rayong, "L2", "L9"), Decision(MergeKind.APART, ""), user)
    assert ("L2", "L9") not in pairs()
    undo(apart, user)
    assert ("L2", "L9") in pairs()
    joint = decide(rayong, ids(rayong, "L9", "L2"), Decision(MergeKind.JOINT, ""), user)
    assert ("L2", "L9") not in pairs()
    before = copy.deepcopy(document_of(rayong))
    assert [k for k in before["links"] if k["type"] == "joint_with" and {k["source"], k["target"]} == {"L2", "L9"}]
    undo(joint, user)
    assert len(document_of(rayong)["links"]) == len(before["links"]) - 1


def test_a_card_whose_group_handed_in_meanwhile_comes_back_handed_in(app):
    stage = make_stage()
    user = make_member(stage.event, Role.ORGANISER)
    one, two = (stage.add("project", title) for title in ("ตลาดเกษตรกร", "ตลาดนัดเกษตรกร"))
    merge = decide(stage.exercise, [one, two], decision(), user)
    stage.first.status = Status.PASSED
    undo(merge, user)
    assert stage.item(one).status == Status.PASSED
