"""The plenary: slides made from what stands, one for all screens, turned by remote, held still when asked."""

from __future__ import annotations

import html
import re

import pytest

from app.dashboard.present import show_of
from app.database import db
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.map.hall import draw_for_hall
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind
from app.exercises.linkage.merging.undoing import undo
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.presenting import showing
from app.exercises.linkage.presenting.models import Presentation
from app.exercises.linkage.voting import casting, rounds
from app.exercises.linkage.voting.models import Method
from app.exercises.models import Exercise
from app.groups.models import Membership
from tests.conftest import FIXTURES
from tests.make import make_event, make_member, make_registrant


@pytest.fixture
def rayong(app) -> Exercise:
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    return exercise


@pytest.fixture
def user(rayong):
    return make_member(rayong.event, Role.ORGANISER)


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def ids(exercise: Exercise, *codes: str) -> list[str]:
    found = {i.code: i.public_id for i in db.session.query(PlanItem).filter_by(exercise_id=exercise.id)}
    return [found[code] for code in codes]


def test_every_slide_can_be_shown(rayong, user, client):
    make_votes(rayong, user)
    decide(rayong, ids(rayong, "L2", "L9"), Decision(MergeKind.MERGE, "เรื่องเดียวกัน", budget="sum"), user)
    db.session.commit()
    client.sign_in(user)
    keys = show_of(rayong).keys
    assert [key.partition(":")[0] for key in keys] == [
        *("title", "participation", "map", "coverage", "goals", "chain", "chain", "group", "group", "group"),
        *("merges", "result", "result", "vote"),
    ]
    said = {}
    for key in keys:
        client.submit(f"/present/{rayong.public_id}/go", {"slide": key})
        page = client.get(f"/present/{rayong.public_id}")
        assert page.status_code == 200, key
        assert f'data-slide="{key}"' in page.get_data(as_text=True)
        said[key.partition(":")[0]] = words(page)
    assert "60%" in said["map"]
    assert "ยังไม่มีสิ่งใดเชื่อมถึง" in said["goals"]
    assert "ขาด" in said["chain"]
    assert "1 / 2" in said["vote"]


def make_votes(exercise: Exercise, user) -> None:
    person = make_registrant(exercise.event, "มาลี")
    other = make_registrant(exercise.event, "สมชาย")
    for one in (person, other):
        membership = Membership(
            grouping_id=exercise.grouping_id, group_id=exercise.submissions[0].group_id, registrant_id=one.id
        )
        db.session.add(membership)
    items = ids(exercise, "L1", "L3", "L4")
    for method in (Method.MATRIX, Method.DOTS, Method.DOTS):
        vote = rounds.prepare(exercise, rounds.Question(f"ถาม {method}", method, items), user)
        rounds.open_round(vote, user)
        sent = {f"{items[0]}/impact": "3", f"{items[0]}/ease": "3"} if method == Method.MATRIX else {items[0]: "2"}
        casting.cast(vote, person, sent)
        if vote.number < 3:
            rounds.close_round(vote, user)


def test_the_remote_turns_every_screen_and_the_ends_hold(rayong, user, client):
    client.sign_in(user)
    go = f"/present/{rayong.public_id}/go"
    client.submit(go, {"step": "-1"})
    assert showing.shown(rayong).slide == "title"
    for _ in range(50):
        client.submit(go, {"step": "1"})
    assert showing.shown(rayong).slide == show_of(rayong).keys[-1]
    client.submit(go, {"step": "first"})
    assert showing.shown(rayong).slide == "title", "the Home key"
    client.submit(go, {"step": "last"})
    client.submit(go, {"slide": "nothing"})
    assert showing.shown(rayong).slide == show_of(rayong).keys[-1]
    client.submit(go, {"slide": "goals"})
    remote = words(client.get(f"/present/{rayong.public_id}/remote"))
    assert "5 / 10 ประเด็นของจังหวัดมีโครงการรองรับหรือยัง" in remote
    assert "ต่อไป: ทุเรียนและผลไม้" in remote


def test_frozen_figures_do_not_move_and_come_back_alive(rayong, user, client):
    client.sign_in(user)
    address = f"/present/{rayong.public_id}"
    client.submit(f"{address}/go", {"slide": "participation"})
    assert "13 โครงการ" in words(client.get(address))
    client.submit(f"{address}/freeze", {"frozen": "1"})
    merge = decide(rayong, ids(rayong, "L2", "L9"), Decision(MergeKind.MERGE, "ซ้ำ", budget="sum"), user)
    db.session.commit()
    frozen = client.fragment(f"{address}/slide")
    assert "13 โครงการ" in words(frozen)
    assert "ข้อมูล ณ" in words(frozen)
    assert "merges" not in show_of(rayong).keys, "what was decided later is not on frozen slides"
    client.submit(f"{address}/freeze", {"frozen": "0"})
    assert "12 โครงการ" in words(client.get(address))
    assert "merges" in show_of(rayong).keys
    undo(merge, user)


def test_a_vote_on_the_screen_becomes_its_result_when_it_is_closed(rayong, user):
    make_votes(rayong, user)
    vote = rounds.running(rayong)
    showing.go_to(rayong, f"vote:{vote.public_id}")
    assert show_of(rayong).current == f"vote:{vote.public_id}"
    rounds.close_round(vote, user)
    assert show_of(rayong).current == f"result:{vote.public_id}"


def test_looking_stores_nothing(rayong, user, client):
    client.sign_in(user)
    client.get(f"/present/{rayong.public_id}")
    client.get(f"/present/{rayong.public_id}/remote")
    assert db.session.query(Presentation).count() == 0


def test_only_the_team_presents(rayong, client):
    address = f"/present/{rayong.public_id}"
    assert client.get(address).status_code == 302
    client.sign_in(make_member(make_event("other"), Role.ORGANISER))
    assert client.get(address).status_code == 404
    assert client.submit(f"{address}/go", {"step": "1"}).status_code == 404
    client.submit("/sign-out")
    client.sign_in(make_member(rayong.event, Role.VIEWER))
    assert client.get(address).status_code == 200
    assert client.submit(f"{address}/go", {"step": "1"}).status_code == 403


def test_the_halls_map_names_every_level_and_issue(rayong):
    reading = show_of(rayong).reading
    drawing = str(draw_for_hall(reading.graph, reading.result))
    for label in ("หมู่บ้าน", "อปท.", "อำเภอ"):
        assert f">{label}<" in drawing
    assert drawing.count("<rect") == 1 + 3 + 2 * 5
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)}
    assert min(sizes) >= 20
    assert "<path" in drawing


def test_an_exercise_without_anything_has_slides_too(app, user):
    bare = {"items": [], "links": [], "reviews": [], "dot_votes": {"by_group": {}}}
    empty = create_from_document(make_event("empty"), {**load_document(FIXTURES / "linkage_rayong.json"), **bare})
    show = show_of(empty)
    with app.test_request_context():
        for key in show.keys:
            assert show.slide(key).title
