"""Members suggest while one of the table holds the pen; the scribe accepts with one tap."""

from __future__ import annotations

import uuid

import pytest

from app.core.errors import RuleBroken
from app.database import db
from app.exercises import pen, suggesting
from app.exercises.linkage.group_work import cards, work
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Change, Suggestion
from app.exercises.ops import Author
from app.registration.models import Registrant
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become


@pytest.fixture
def stage(app) -> Stage:
    """Somchai holds the pen, Malee does not."""
    stage = make_stage()
    pen.take(stage.exercise, stage.first, Author(stage.somchai))
    db.session.commit()
    return stage


def write(stage: Stage, *ops, by: Registrant | None = None) -> list[dict]:
    answers = suggesting.write(cards, stage.exercise, stage.first, Author(by or stage.malee), ops)
    db.session.commit()
    return answers


def accept(stage: Stage, suggestion: Suggestion, by: Registrant | None = None) -> None:
    suggesting.accept(cards, stage.exercise, stage.first, Author(by or stage.somchai), suggestion.public_id)
    db.session.commit()


def suggested(stage: Stage) -> list[Suggestion]:
    return list(suggesting.open_ones(stage.first))


def shown(stage: Stage, who: Registrant) -> dict:
    return work.state_of(stage.exercise, stage.first, Author(who))


def new_need(stage: Stage, title: str = "น้ำไม่พอ"):
    return stage.op("create", str(uuid.uuid4()), kind="need", title=title)


def test_everybody_writes_until_somebody_takes_the_pen(app):
    stage = make_stage()
    [answer] = write(stage, new_need(stage))
    assert answer["status"] == "taken"


def test_a_member_s_card_waits_for_the_scribe(stage):
    [answer] = write(stage, new_need(stage))
    assert answer["status"] == "suggested"
    assert db.session.query(PlanItem).filter_by(kind="need").count() == 0
    [waiting] = shown(stage, stage.somchai)["suggestions"]
    assert (waiting["name"], waiting["heading"]) == ("มาลี ทดสอบ", "เพิ่มปัญหา/ความต้องการ: น้ำไม่พอ")
    accept(stage, suggested(stage)[0])
    assert db.session.query(PlanItem).filter_by(kind="need").one().title_th == "น้ำไม่พอ"
    assert suggested(stage) == []


def test_the_history_names_who_contributed(stage):
    op = new_need(stage)
    write(stage, op)
    accept(stage, suggested(stage)[0])
    lines = db.session.query(Change).filter_by(entity_id=op.id).order_by(Change.seq).all()
    found = [(line.action, line.actor_name) for line in lines]
    assert found == [
        ("suggest", "มาลี ทดสอบ"),
        ("create", "มาลี ทดสอบ"),
        ("accept_suggestion", "สมชาย ทดสอบ"),
    ]
    assert lines[0].aside["title"] == "น้ำไม่พอ"


def test_the_scribe_and_the_team_write_at_once(stage):
    assert write(stage, new_need(stage), by=stage.somchai)[0]["status"] == "taken"
    staff = Author(user=stage.facilitator)
    [answer] = suggesting.write(cards, stage.exercise, stage.first, staff, [new_need(stage)])
    assert answer["status"] == "taken"


def test_what_a_member_adds_to_the_own_suggestion_is_one_suggestion(stage):
    op = new_need(stage)
    write(stage, op)
    write(stage, stage.op("update", op.id, title="น้ำไม่พอในฤดูแล้ง"))
    [one] = suggested(stage)
    assert one.fields["title"] == "น้ำไม่พอในฤดูแล้ง"


def test_a_suggested_card_brings_its_link_along(stage):
    need = stage.op("create", str(uuid.uuid4()), kind="need", title="น้ำไม่พอ")
    write(stage, need, by=stage.somchai)
    project = stage.op("create", str(uuid.uuid4()), kind="project", title="ขุดสระ")
    link = stage.op("create", str(uuid.uuid4()), entity="link", source=need.id, target=project.id)
    write(stage, project, link)
    write(stage, stage.op("update", link.id, entity="link", strength=3))
    seen = {one["heading"]: one["waits"] for one in shown(stage, stage.somchai)["suggestions"]}
    assert seen == {"เพิ่มโครงการ: ขุดสระ": False, "เชื่อม น้ำไม่พอ → ขุดสระ": True}
    accept(stage, suggested(stage)[0])
    made = db.session.query(PlanLink).one()
    assert (made.type, made.strength) == ("answered_by", 3)
    assert suggested(stage) == []


def test_an_accepted_edit_wins_and_the_replaced_text_is_in_the_history(stage):
    card = new_need(stage)
    write(stage, card, by=stage.somchai)
    write(stage, stage.op("update", card.id, rev=1, title="น้ำไม่พอทุกปี"))
    write(stage, stage.op("update", card.id, rev=1, title="น้ำแล้ง"), by=stage.somchai)
    [one] = shown(stage, stage.somchai)["suggestions"]
    assert one["lines"] == [{"label": "ชื่อ/ข้อความ", "old": "น้ำแล้ง", "new": "น้ำไม่พอทุกปี"}]
    accept(stage, suggested(stage)[0])
    assert stage.item(card.id).title_th == "น้ำไม่พอทุกปี"
    last = db.session.query(Change).filter_by(entity_id=card.id, action="update").order_by(Change.seq).all()[-1]
    assert last.before == {"title": "น้ำแล้ง"}


def test_a_declined_suggestion_writes_nothing_and_stays_in_the_history(stage):
    op = new_need(stage)
    write(stage, op)
    suggesting.decline(stage.exercise, stage.first, Author(stage.somchai), suggested(stage)[0].public_id)
    db.session.commit()
    assert db.session.query(PlanItem).filter_by(kind="need").count() == 0
    assert suggested(stage) == []
    texts = [line.aside.get("title") for line in db.session.query(Change).filter_by(entity_id=op.id)]
    assert "น้ำไม่พอ" in texts


def test_a_member_takes_the_own_suggestion_back(stage):
    op = new_need(stage)
    write(stage, op)
    write(stage, stage.op("delete", op.id))
    assert suggested(stage) == []


def test_only_the_scribe_or_the_team_answers_and_only_once(stage):
    write(stage, new_need(stage))
    [one] = suggested(stage)
    with pytest.raises(RuleBroken):
        accept(stage, one, by=stage.malee)
    db.session.rollback()
    accept(stage, one)
    with pytest.raises(RuleBroken):
        accept(stage, one)
    db.session.rollback()
    assert db.session.query(PlanItem).filter_by(kind="need").count() == 1


def test_a_repeated_suggestion_is_answered_as_the_first_time(stage):
    op = new_need(stage)
    first, second = write(stage, op)[0], write(stage, op)[0]
    assert first["status"] == second["status"] == "suggested"
    assert len(suggested(stage)) == 1


def test_a_suggestion_that_breaks_a_rule_says_so_when_it_is_accepted(stage):
    need = new_need(stage)
    write(stage, need, by=stage.somchai)
    write(stage, stage.op("create", str(uuid.uuid4()), entity="link", source=need.id, target=stage.issue()))
    with pytest.raises(RuleBroken) as broken:
        accept(stage, suggested(stage)[0])
    assert "เชื่อมไปยัง" in str(broken.value.sentence)


def test_with_everyone_editing_a_pen_means_nothing(stage):
    pen.set_writing(stage.exercise, pen.EVERYONE, stage.facilitator)
    assert write(stage, new_need(stage))[0]["status"] == "taken"


def test_a_dead_battery_stops_nobody(stage):
    pen.take(stage.exercise, stage.first, Author(stage.malee))
    db.session.commit()
    assert write(stage, new_need(stage))[0]["status"] == "taken"
    assert write(stage, new_need(stage), by=stage.somchai)[0]["status"] == "suggested"


def test_a_voice_of_the_village_is_asked_four_questions(app):
    stage = make_stage()
    stage.malee.category = "ฝ่ายปกครองท้องที่"
    assert not shown(stage, stage.malee)["pen"]["full"]
    assert shown(stage, stage.somchai)["pen"]["full"]
    pen.take(stage.exercise, stage.first, Author(stage.malee))
    assert shown(stage, stage.malee)["pen"]["full"]
    assert not shown(stage, stage.somchai)["pen"]["full"]


def test_the_pages_take_the_pen_suggest_and_accept(app):
    stage = make_stage()
    home = f"/x/{stage.exercise.public_id}"
    scribe = become(app.test_client(), stage.somchai)
    member = become(app.test_client(), stage.malee)
    scribe.submit(f"{home}/pen", {"action": "take"})
    member.submit(f"{home}/cards", {"kind": "need", "title": "น้ำไม่พอ"})
    assert "<section data-suggestions hidden>" in member.get(home).get_data(as_text=True)
    page = scribe.get(home).get_data(as_text=True)
    assert "<section data-suggestions>" in page
    assert "เพิ่มปัญหา/ความต้องการ: น้ำไม่พอ" in page
    db.session.rollback()
    [one] = suggested(stage)
    assert member.submit(f"{home}/suggestions/{one.public_id}", {"action": "accept"}).status_code == 302
    assert db.session.query(PlanItem).filter_by(kind="need").count() == 0
    db.session.rollback()
    scribe.submit(f"{home}/suggestions/{one.public_id}", {"action": "accept"})
    assert db.session.query(PlanItem).filter_by(kind="need").count() == 1
    stranger = become(app.test_client(), stage.stranger)
    assert stranger.submit(f"{home}/suggestions/{one.public_id}", {"action": "accept"}).status_code == 302
