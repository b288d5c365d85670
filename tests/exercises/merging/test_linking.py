"""What merging made belongs to no group; the organiser links it onward."""

from __future__ import annotations

import pytest

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.merging import linking
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind
from app.exercises.linkage.merging.undoing import undo
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.snapshots import settling
from app.exercises.models import Exercise
from tests.conftest import FIXTURES
from tests.make import make_event, make_member


@pytest.fixture
def rayong(app) -> Exercise:
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    return exercise


@pytest.fixture
def user(rayong):
    return make_member(rayong.event, Role.ORGANISER)


def item_of(exercise: Exercise, code: str) -> PlanItem:
    return db.session.query(PlanItem).filter_by(exercise_id=exercise.id, code=code).one()


@pytest.fixture
def merge(rayong, user):
    """A district project that a card without a link upward was passed on to."""
    orphan = analyse(document_of(rayong))["orphans"]["orphan_projects"][0]
    decision = Decision(MergeKind.ESCALATE, "เกินศักยภาพ", level="DIS")
    return decide(rayong, [item_of(rayong, orphan).public_id], decision, user)


def anchor(exercise: Exercise) -> PlanItem:
    return item_of(exercise, next(iter(analyse(document_of(exercise))["coverage_by_anchor"])))


def sent(goal: PlanItem, **more) -> dict[str, str]:
    return {"target": goal.public_id, "strength": "3", "rationale": "ตลาดเดียวกัน", **more}


def test_a_break_at_what_merging_made_is_mended_by_the_organiser(rayong, user, merge):
    source = merge.sources[0].item.code
    assert merge.item.code in analyse(document_of(rayong))["orphans"]["all"]
    linking.link_up(rayong, merge.item, sent(anchor(rayong)), user)
    after = analyse(document_of(rayong))
    assert not {merge.item.code, source} & set(after["orphans"]["all"])


def test_a_link_taken_away_leaves_the_plan_as_it_was(rayong, user, merge):
    before = document_of(rayong)
    link = linking.link_up(rayong, merge.item, sent(anchor(rayong)), user)
    linking.unlink(rayong, merge.item, link.public_id, user)
    assert document_of(rayong) == before
    linking.unlink(rayong, merge.item, link.public_id, user)  # a second tap changes nothing


def test_undoing_the_merge_takes_its_links_along(rayong, user):
    before = document_of(rayong)
    merge = decide(
        rayong,
        [item_of(rayong, code).public_id for code in ("L2", "L9")],
        Decision(MergeKind.MERGE, "ซ้ำ", budget="sum"),
        user,
    )
    goals = linking.goals_for(rayong, merge.item)
    linking.link_up(rayong, merge.item, sent(goals[-1]), user)
    undo(merge, user)
    assert document_of(rayong) == before


@pytest.mark.parametrize("wrong", ["", "nothing", "itself", "a project"])
def test_only_an_issue_or_a_goal_can_be_led_to(rayong, user, merge, wrong):
    target = {"itself": merge.item.public_id, "a project": item_of(rayong, "L4").public_id}.get(wrong, wrong)
    with pytest.raises(RuleBroken, match="เลือก"):
        linking.link_up(rayong, merge.item, {"target": target, "strength": "3"}, user)


def test_a_settled_plan_is_not_linked(rayong, user, merge):
    settling.settle(rayong, user)
    with pytest.raises(RuleBroken, match="ฉบับสมบูรณ์"):
        linking.link_up(rayong, merge.item, sent(anchor(rayong)), user)


def test_the_page_links_and_takes_away_and_is_found_from_the_item(rayong, user, merge, client):
    db.session.commit()
    client.sign_in(user)
    seen = f"/events/kbo/linkage/{rayong.public_id}/items/{merge.item.public_id}"
    here = f"/events/kbo/exercises/{rayong.public_id}/items/{merge.item.public_id}/links"
    page = client.get(seen).get_data(as_text=True)
    assert f'href="{here}"' in page
    assert "รายการนี้เป็นประเด็นของจังหวัดหรือแผนระดับบน" not in page
    assert "ยังไม่เชื่อมต่อไปยังสิ่งใด" in client.get(here).get_data(as_text=True)
    assert client.submit(here, {"target": "", "rationale": "พิมพ์ไว้แล้ว"}).status_code == 422
    goal = anchor(rayong)
    assert client.submit(here, sent(goal)).status_code == 302
    page = client.get(here).get_data(as_text=True)
    assert goal.shown_title in page
    [link] = linking.links_of(merge.item)[-1:]
    client.submit(f"{here}/{link.public_id}/remove", page=here)
    db.session.rollback()
    assert link.public_id not in [one.public_id for one in linking.links_of(merge.item)]


def test_cards_of_groups_and_of_the_plans_above_have_no_such_page(rayong, user, client):
    client.sign_in(user)
    for item in (item_of(rayong, "L4"), anchor(rayong)):
        assert linking.find_team_item(rayong, item.public_id) is None
        page = client.get(f"/events/kbo/exercises/{rayong.public_id}/items/{item.public_id}/links")
        assert page.status_code == 404
