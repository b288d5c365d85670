"""Boards: SWOT/TOWS, problem tree, brainstorm; the linkage's sync, silence, clusters, carrying into the plan."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises import phases, sync
from app.exercises.boards import analysis, reading, running, voting
from app.exercises.boards.analysis import Thought
from app.exercises.boards.cards import Cards, cards_of
from app.exercises.boards.models import BoardCard, BoardVote
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Change, Exercise
from app.exercises.ops import Author, Op
from app.registration.links import token_of
from tests.exercises.stage import make_stage
from tests.make import make_member


@pytest.fixture
def stage(app):
    return make_stage("rayong")


def begun(stage, kind):
    user = make_member(stage.event, Role.ORGANISER)
    exercise = running.start(stage.event, stage.exercise.grouping, kind, "", user)
    db.session.commit()
    return exercise


def works(exercise):
    return sorted(exercise.submissions, key=lambda one: one.group.number)


def send(exercise, person, action="create", card_id="", rev=0, client="", **fields):
    """One op of a person at the first table, committed; the answer."""
    op = Op(str(uuid.uuid4()), "card", card_id or str(uuid.uuid4()), action, rev, fields, client)
    [answer] = sync.take(Cards(person), exercise, works(exercise)[0], Author(registrant=person), [op])
    db.session.commit()
    return answer


def add(exercise, person, slot, text, **fields):
    answer = send(exercise, person, slot=slot, text=text, **fields)
    assert answer["status"] == "taken", answer
    return answer["card"]["id"]


def card(card_id):
    return db.session.scalar(select(BoardCard).where(BoardCard.public_id == card_id))


def enter(client, person):
    client.get(f"/p/{person.public_id}/{token_of(person)}")


def test_tows_pairs_one_inside_with_one_outside(stage):
    exercise = begun(stage, "swot")
    strength = add(exercise, stage.malee, "s", "ผลไม้คุณภาพ")
    chance = add(exercise, stage.malee, "o", "ตลาดจีน")
    threat = add(exercise, stage.malee, "t", "ภัยแล้ง")
    for cites in ([], [strength], [strength, threat], ["0" * 36]):
        refused = send(exercise, stage.malee, slot="so", text="ส่งออกผลไม้", cites=cites)
        assert refused["status"] == "refused"
    add(exercise, stage.malee, "so", "ส่งออกผลไม้", cites=[strength, chance])
    board = reading.board_of(exercise, works(exercise)[0], Author(registrant=stage.somchai))
    assert board.cited == {strength: 1, chance: 1}
    assert send(exercise, stage.malee, slot="s", text="x", cites=[chance])["status"] == "refused"


def test_two_phones_on_one_card_merge_by_field_and_keep_both_texts(stage):
    exercise = begun(stage, "brainstorm")
    running.set_revealed(exercise, True, stage.facilitator)
    card_id = add(exercise, stage.malee, "idea", "ทำฝาย")
    send(exercise, stage.somchai, "update", card_id, rev=1, client="b", cluster="น้ำ")
    taken = send(exercise, stage.malee, "update", card_id, rev=1, client="a", text="ทำฝายชะลอน้ำ")
    assert taken["status"] == "taken"
    assert (card(card_id).text, card(card_id).cluster) == ("ทำฝายชะลอน้ำ", "น้ำ")
    lost = send(exercise, stage.somchai, "update", card_id, rev=2, client="b", text="ขุดสระ")
    assert [(one["theirs"], one["yours"]) for one in lost["conflicts"]] == [("ทำฝายชะลอน้ำ", "ขุดสระ")]
    assert {"text": "ขุดสระ"} in db.session.scalars(select(Change.aside)).all()


def test_an_op_sent_twice_makes_one_card(stage):
    exercise = begun(stage, "brainstorm")
    op = Op(str(uuid.uuid4()), "card", str(uuid.uuid4()), "create", fields={"slot": "idea", "text": "ปลูกป่า"})
    author = Author(registrant=stage.malee)
    answers = [sync.take(Cards(stage.malee), exercise, works(exercise)[0], author, [op])[0] for _ in range(2)]
    assert [answer["status"] for answer in answers] == ["taken", "taken"]
    assert len(cards_of(works(exercise)[0])) == 1


def test_a_silent_board_shows_each_only_the_own_cards_until_it_is_revealed(stage, client):
    exercise = begun(stage, "brainstorm")
    mine = add(exercise, stage.malee, "idea", "ความคิดของมาลี")
    add(exercise, stage.somchai, "idea", "ความคิดของสมชาย")
    enter(client, stage.somchai)
    address = f"/x/{exercise.public_id}/board"
    page = client.get(address).get_data(as_text=True)
    assert "ความคิดของสมชาย" in page
    assert "ความคิดของมาลี" not in page
    assert "คนอื่นในกลุ่มเขียนแล้ว 1 ใบ" in page
    assert send(exercise, stage.somchai, "update", mine, rev=1, text="แอบแก้")["status"] == "invalid"
    client.sign_in(stage.facilitator)
    client.submit(f"/events/rayong/exercises/{exercise.public_id}/board/reveal", {"revealed": "1"})
    client.submit("/sign-out")
    enter(client, stage.somchai)
    assert "ความคิดของมาลี" in client.get(address).get_data(as_text=True)


def test_a_trees_cards_hang_under_fitting_ones_and_never_in_a_circle(stage):
    exercise = begun(stage, "tree")
    core = add(exercise, stage.malee, "core", "น้ำไม่พอ")
    assert send(exercise, stage.malee, slot="core", text="อีกเรื่อง")["status"] == "refused"
    cause = add(exercise, stage.malee, "cause", "ไม่มีที่เก็บน้ำ", parent=core)
    deeper = add(exercise, stage.malee, "cause", "งบไม่พอ", parent=cause)
    add(exercise, stage.malee, "effect", "ผลผลิตลด", parent=core)
    assert send(exercise, stage.malee, slot="effect", text="x", parent=cause)["status"] == "refused"
    assert send(exercise, stage.malee, "update", cause, rev=1, parent=deeper)["status"] == "refused"
    board = reading.board_of(exercise, works(exercise)[0], Author(registrant=stage.malee))
    assert board.depth == 3
    assert [one.text for one in board.without_action] == ["งบไม่พอ"]
    send(exercise, stage.malee, "delete", cause, rev=1)
    board = reading.board_of(exercise, works(exercise)[0], Author(registrant=stage.malee))
    assert [node.card.text for node in board.branches] == ["น้ำไม่พอ", "งบไม่พอ"], "an orphan stays in sight"


def test_clusters_and_likely_repeats_are_pure():
    cards = [
        Thought("1", "idea", "ก่อสร้างฝายชะลอน้ำ", cluster="น้ำ"),
        Thought("2", "idea", "สร้างฝายชะลอน้ำ", cluster="น้ำ"),
        Thought("3", "idea", "อบรมดิจิทัล", cluster="คน"),
        Thought("4", "idea", "ตลาดนัดสีเขียว"),
    ]
    assert analysis.clusters(cards) == [("น้ำ", 2), ("คน", 1)]
    assert analysis.repeats(cards) == {"2": "1"}
    assert analysis.depth(analysis.tree(cards)) == 1


def test_a_card_is_carried_into_the_linkage_once_and_says_where_from(stage, client):
    exercise = begun(stage, "tree")
    cause = add(exercise, stage.malee, "cause", "ไม่มีที่เก็บน้ำ")
    enter(client, stage.malee)
    page = client.get(f"/x/{exercise.public_id}/board").get_data(as_text=True)
    assert "ส่งต่อเป็นปัญหา/ความต้องการ" in page
    address = f"/x/{exercise.public_id}/board/cards/{cause}/carry"
    for _ in range(2):
        client.submit(address, {"becomes": "need"}, page=f"/x/{exercise.public_id}/board")
    item = db.session.scalar(select(PlanItem).where(PlanItem.kind == "need"))
    assert (item.title_th, item.submission_id, item.level) == ("ไม่มีที่เก็บน้ำ", stage.first.id, "VIL")
    [told] = [one for one in document_of(stage.exercise)["items"] if one["id"] == item.code]
    assert told["derived_from"] == {"exercise": exercise.public_id, "card": cause, "slot": "cause"}
    assert card(cause).carried_to == item.public_id
    client.submit(address, {"becomes": "activity"}, page=f"/x/{exercise.public_id}/board")
    assert db.session.query(PlanItem).filter(PlanItem.submission_id.is_not(None)).count() == 1


def test_without_a_script_forms_add_change_and_delete(stage, client):
    exercise = begun(stage, "swot")
    enter(client, stage.malee)
    page = f"/x/{exercise.public_id}/board"
    client.submit(f"{page}/cards", {"slot": "s", "text": "ผลไม้คุณภาพ"}, page=page)
    [one] = cards_of(works(exercise)[0])
    send(exercise, stage.somchai, "update", one.public_id, rev=1, text="ผลไม้คุณภาพดี")
    change = {"rev": "1", "text": "ผลไม้คุณภาพ", "was-text": "ผลไม้คุณภาพ", "was-cites": ""}
    client.submit(f"{page}/cards/{one.public_id}", change, page=page)
    assert card(one.public_id).text == "ผลไม้คุณภาพดี", "who changed nothing overwrites nothing"
    answer = client.submit(
        f"{page}/cards/{one.public_id}", change | {"text": "ทุเรียน"}, page=page, follow_redirects=True
    )
    assert "เก็บไว้ในประวัติ" in answer.get_data(as_text=True)
    client.submit(f"{page}/cards/{one.public_id}", {"action": "delete", "rev": "2"}, page=page)
    assert cards_of(works(exercise)[0]) == []
    exercise.is_locked = True
    db.session.commit()
    client.submit(f"{page}/cards", {"slot": "s", "text": "สายไป"}, page=page)
    assert cards_of(works(exercise)[0]) == []


def test_the_phones_script_sends_ops_and_boards_take_no_cards_of_plans(stage, client):
    exercise = begun(stage, "swot")
    enter(client, stage.malee)
    page = f"/x/{exercise.public_id}/board"
    token = client.csrf(page)
    ops = [
        {"op_id": str(uuid.uuid4()), "entity": entity, "id": str(uuid.uuid4()), "action": "create",
         "fields": {"slot": "s", "text": "ดี"}}
        for entity in ("card", "item")
    ]  # fmt: skip
    answer = client.post(f"{page}/ops", json={"ops": ops}, headers={"X-CSRFToken": token})
    assert [one["status"] for one in answer.get_json()["results"]] == ["taken", "invalid"]


def test_an_organiser_starts_a_board_and_the_linkage_stays_the_linkage(stage, client):
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    started = client.submit("/events/rayong/exercises/boards/new", {"kind": "tree", "name": "ต้นไม้ปัญหาแกลง"})
    board = db.session.scalar(select(Exercise).where(Exercise.kind == "board"))
    assert started.headers["Location"].endswith(f"{board.public_id}/board")
    assert "ต้นไม้ปัญหาแกลง" in client.get("/events/rayong/exercises").get_data(as_text=True)
    assert client.get(f"/events/rayong/exercises/{board.public_id}").status_code == 302
    assert client.get(f"/x/{board.public_id}?group={stage.first.group.public_id}").status_code == 302
    assert client.get("/events/rayong/linkage", follow_redirects=True).status_code == 200
    assert client.get(f"/events/rayong/exercises/{stage.exercise.public_id}/board").status_code == 404
    assert client.submit("/events/rayong/exercises/boards/new", {"kind": "kanban"}).status_code == 422


def test_other_tables_boards_do_not_exist(stage, client):
    exercise = begun(stage, "tree")
    cause = add(exercise, stage.malee, "cause", "ไม่มีที่เก็บน้ำ")
    enter(client, stage.stranger)
    page = f"/x/{exercise.public_id}/board"
    assert "ไม่มีที่เก็บน้ำ" not in client.get(page).get_data(as_text=True)
    assert client.submit(f"{page}/cards/{cause}/carry", {"becomes": "need"}, page=page).status_code == 404
    client.submit(f"{page}/cards/{cause}", {"text": "แก้ของเขา", "was-text": "", "rev": "1"}, page=page)
    assert card(cause).text == "ไม่มีที่เก็บน้ำ"
    assert client.get(f"{page}?group={works(exercise)[0].group.public_id}").status_code == 404
    client = client.application.test_client()
    client.sign_in(stage.facilitator)
    room = f"/events/rayong/exercises/{exercise.public_id}/board"
    shown = client.get(room).get_data(as_text=True)
    assert works(exercise)[0].name in shown
    assert works(exercise)[1].name not in shown
    assert client.get(f"{page}?group={works(exercise)[1].group.public_id}").status_code == 404
    assert client.get("/events/rayong/exercises/boards/new").status_code == 403
    client = client.application.test_client()
    other = make_stage("other")
    client.sign_in(other.facilitator)
    assert client.get(room).status_code == 404
    assert client.get(room.replace("rayong", "other")).status_code == 404
    assert client.submit(room.replace("rayong", "other") + "/reveal").status_code == 404
    enter(client, other.malee)
    assert client.get(page).status_code == 404


def give_dot(client, exercise, card_id, wanted="1"):
    page = f"/x/{exercise.public_id}/board"
    return client.submit(f"{page}/cards/{card_id}/dot", {"wanted": wanted}, page=page, follow_redirects=True)


def test_three_dots_a_member_and_figures_only_when_the_table_has_handed_in(stage, client, app):
    exercise = begun(stage, "brainstorm")
    cards = [add(exercise, stage.malee, "idea", text) for text in ("ทำฝาย", "ขุดสระ", "ปลูกป่า", "อบรมอาชีพ")]
    other = app.test_client()
    enter(client, stage.malee)
    enter(other, stage.somchai)
    assert "ให้จุดได้เมื่อเปิดการ์ด" in give_dot(client, exercise, cards[0]).get_data(as_text=True)
    running.set_revealed(exercise, True, stage.facilitator)
    db.session.commit()
    for one in (*cards[:3], cards[0]):  # the same card twice is one dot
        give_dot(client, exercise, one)
    assert "ท่านให้ครบ 3 จุดแล้ว" in give_dot(client, exercise, cards[3]).get_data(as_text=True)
    give_dot(client, exercise, cards[2], wanted="")
    page = give_dot(other, exercise, cards[1]).get_data(as_text=True)
    assert "ท่านมีอีก 2 จุด" in page
    assert "2 จุด</p>" not in page and "ให้จุดแล้ว" not in page, "nobody sees figures yet"
    board = f"/x/{exercise.public_id}/board"
    page = other.submit(f"{board}/submit", page=board, follow_redirects=True).get_data(as_text=True)
    assert "ให้จุดแล้ว 2 คน" in page
    order = [page.index(f'<p class="plan-title">{text}</p>') for text in ("ขุดสระ", "ทำฝาย", "ปลูกป่า")]
    assert order == sorted(order), "most dots first"
    assert page.count("2 จุด</p>") == 1
    send(exercise, stage.malee, "update", cards[0], rev=1, text="สายไป")
    give_dot(client, exercise, cards[0], wanted="")
    assert card(cards[0]).text == "ทำฝาย"
    assert db.session.query(BoardVote).count() == 3


def test_dots_are_of_members_and_of_their_own_table(stage, client, app):
    exercise = begun(stage, "tree")
    core = add(exercise, stage.malee, "core", "น้ำไม่พอ")
    enter(client, stage.stranger)
    page = f"/x/{exercise.public_id}/board"
    assert client.submit(f"{page}/cards/{core}/dot", {"wanted": "1"}, page=page).status_code == 404
    guide = app.test_client()
    guide.sign_in(stage.facilitator)
    team = f"?group={works(exercise)[0].group.public_id}"
    answer = guide.submit(
        f"{page}/cards/{core}/dot{team}", {"wanted": "1"}, page=page + team, follow_redirects=True
    )
    assert "ให้จุดได้เฉพาะสมาชิก" in answer.get_data(as_text=True)
    assert db.session.query(BoardVote).count() == 0


def test_two_records_of_one_person_have_three_dots_together(stage):
    exercise = begun(stage, "tree")
    author = Author(registrant=stage.malee)
    cards = [add(exercise, stage.malee, "cause", text) for text in ("หนึ่ง", "สอง", "สาม", "สี่")]
    for one in cards[:2]:
        voting.give(exercise, works(exercise)[0], card(one), Author(registrant=stage.somchai), True)
    voting.give(exercise, works(exercise)[0], card(cards[0]), author, True)
    stage.somchai.merged_into_id = stage.malee.id
    db.session.commit()
    dots = voting.dots_of(exercise, works(exercise)[0], author)
    assert (len(dots.mine), dots.left, dots.voters) == (2, 1, 1)
    voting.give(exercise, works(exercise)[0], card(cards[0]), author, False)
    assert len(voting.dots_of(exercise, works(exercise)[0], author).mine) == 1


def test_a_board_is_handed_in_when_its_slots_are_filled_and_opened_again(stage, client, app):
    exercise = begun(stage, "tree")
    work = works(exercise)[0]
    add(exercise, stage.malee, "core", "น้ำไม่พอ")
    enter(client, stage.malee)
    page = f"/x/{exercise.public_id}/board"
    assert "ยังไม่มีการ์ดในช่อง สาเหตุ" in client.get(page).get_data(as_text=True)
    client.submit(f"{page}/submit", page=page)
    db.session.refresh(work)
    assert work.status == "draft"
    cause = add(exercise, stage.malee, "cause", "ไม่มีที่เก็บน้ำ")
    phases.go_to(exercise, exercise.phases[-1].position, stage.facilitator)
    exercise.phase_started_at = clock.now() - timedelta(minutes=exercise.phases[-1].minutes + 4)
    db.session.commit()
    client.submit(f"{page}/submit", page=page)
    db.session.refresh(work)
    assert (work.status, work.is_late) == ("submitted", True)
    assert send(exercise, stage.malee, slot="effect", text="สายไป")["status"] == "refused"
    shown = client.get(page).get_data(as_text=True)
    assert "ส่งกระดานแล้ว" in shown and "ส่งช้า" in shown
    client.submit(f"{page}/cards/{cause}/carry", {"becomes": "need"}, page=page)
    assert card(cause).carried_to, "what was handed in can still be carried on"
    guide = app.test_client()
    guide.sign_in(stage.facilitator)
    room = f"/events/rayong/exercises/{exercise.public_id}"
    assert "ส่งช้า" in guide.get(f"{room}/board").get_data(as_text=True)
    guide.submit(f"{room}/groups/{work.group.public_id}/board/reopen", page=f"{room}/board")
    db.session.rollback()
    assert send(exercise, stage.malee, slot="effect", text="ผลผลิตลด")["status"] == "taken"
    other = works(exercise)[1].group.public_id
    assert guide.submit(f"{room}/groups/{other}/board/reopen", page=f"{room}/board").status_code == 404


def test_an_adviser_hands_no_board_in(stage):
    exercise = begun(stage, "tree")
    with pytest.raises(RuleBroken, match="ที่ปรึกษา"):
        running.submit(exercise, works(exercise)[0], Author(registrant=stage.somchai, is_adviser=True))


def test_the_boards_history_keeps_every_text_and_gives_a_deleted_card_back(stage, client):
    exercise = begun(stage, "swot")
    one = add(exercise, stage.malee, "s", "ผลไม้คุณภาพ")
    send(exercise, stage.malee, "update", one, rev=1, client="a", text="ผลไม้คุณภาพดี")
    send(exercise, stage.somchai, "update", one, rev=1, client="b", text="ทุเรียนหมอนทอง")
    send(exercise, stage.malee, "delete", one, rev=2)
    enter(client, stage.somchai)
    page = f"/x/{exercise.public_id}/board/history"
    told = client.get(page).get_data(as_text=True)
    for said in ("ผลไม้คุณภาพดี", "ทุเรียนหมอนทอง", "ไม่ได้ใช้", "มาลี", "กู้คืนการ์ดนี้"):
        assert said in told
    client.submit(f"/x/{exercise.public_id}/board/cards/{one}", {"action": "restore", "rev": "3"}, page=page)
    assert [found.text for found in cards_of(works(exercise)[0])] == ["ผลไม้คุณภาพดี"]
    enter(client, stage.stranger)
    assert "ผลไม้คุณภาพ" not in client.get(page).get_data(as_text=True)


def test_a_silent_boards_history_is_silent_too(stage, client):
    exercise = begun(stage, "brainstorm")
    add(exercise, stage.malee, "idea", "ความคิดของมาลี")
    add(exercise, stage.somchai, "idea", "ความคิดของสมชาย")
    enter(client, stage.somchai)
    page = f"/x/{exercise.public_id}/board/history"
    told = client.get(page).get_data(as_text=True)
    assert "ความคิดของสมชาย" in told and "ความคิดของมาลี" not in told
    running.set_revealed(exercise, True, stage.facilitator)
    db.session.commit()
    assert "ความคิดของมาลี" in client.get(page).get_data(as_text=True)


def test_a_silent_board_is_not_handed_in(stage):
    exercise = begun(stage, "brainstorm")
    add(exercise, stage.malee, "idea", "ทำฝาย")
    with pytest.raises(RuleBroken, match="เงียบ"):
        running.submit(exercise, works(exercise)[0], Author(registrant=stage.malee))
