"""The organiser's linkage pages: figures, gaps, goals, coverage, paths; live and counted once."""

from __future__ import annotations

import json
import re

import pytest

from app.core.text import clean_text
from app.dashboard.linkage import reading as linkage_reading
from app.database import db
from app.events.models import Role
from app.exercises.lifecycle import topic
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.models import PlanItem
from app.live import topics
from tests.conftest import FIXTURES
from tests.exercises.stage import make_stage
from tests.make import make_event, make_member

EXPECTED = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text(encoding="utf-8"))


class Pages:
    """The linkage pages of one exercise in one browser."""

    def __init__(self, client, event, exercise):
        self.client, self.event, self.exercise = client, event, exercise
        self.start = f"/events/{event.slug}/linkage/{exercise.public_id}"

    def text(self, path="", **query):
        """The words of a page, without marks."""
        html = self.client.get(self.start + path, query_string=query).get_data(as_text=True)
        return clean_text(re.sub(r"<[^>]+>", " ", html))

    def status(self, path=""):
        return self.client.get(self.start + path).status_code

    def item(self, code):
        """The public id behind a short code."""
        return db.session.query(PlanItem).filter_by(code=code, exercise_id=self.exercise.id).one().public_id


@pytest.fixture
def pages(app, client):
    """The worked sample, looked at by the event's organiser."""
    event = make_event("kbo")
    exercise = create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    client.sign_in(make_member(event, Role.ORGANISER))
    return Pages(client, event, exercise)


def test_the_section_opens_the_newest_exercise(pages):
    newer = create_from_document(pages.event, load_document(FIXTURES / "linkage_rayong.json"))
    response = pages.client.get("/events/kbo/linkage")
    assert response.headers["Location"] == f"/events/kbo/linkage/{newer.public_id}"


def test_without_an_exercise_the_page_says_what_will_stand_here(app, client):
    event = make_event("kbo")
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "ยังไม่มีกิจกรรมการเชื่อมโยงแผน" in client.get("/events/kbo/linkage").get_data(as_text=True)


def test_five_figures_stand_first_each_with_its_meaning(pages):
    text = pages.text()
    assert "60% ร้อยละที่เชื่อมโยงครบทุกระดับ ปัญหาของหมู่บ้าน 6 จาก 10 ข้อ" in text
    assert f"{len(EXPECTED['unsupported_goals'])} เป้าหมายที่ยังไม่มีโครงการรองรับ" in text
    assert "7 ขาดการเชื่อมโยง" in text
    assert "ยังไม่เชื่อมขึ้นเลย 4 เชื่อมแล้วแต่ขาดกลางทาง 3" in text
    assert "1 ปัญหาที่ยังไม่มีโครงการตอบสนอง" in text
    assert "0 เกินศักยภาพ ยังไม่ส่งประสานแผน" in text


def test_every_figure_leads_to_the_items_behind_it(pages):
    html = pages.client.get(pages.start).get_data(as_text=True)
    for target in re.findall(r'class="card figure[^"]*" href="([^"]+)"', html):
        path, _, anchor = target.partition("#")
        assert f'id="{anchor}"' in pages.client.get(path).get_data(as_text=True), target


def test_a_break_names_who_has_to_join_it_on_and_what_waits(pages):
    text = pages.text("/gaps")
    first = text.split("ขาดที่ใด ใครต้องต่อ")[1]
    assert first.index("อำเภอแกลงสะอาด") < first.index("โครงการดูแลผู้สูงอายุติดเตียง"), "most waited for comes first"
    assert "กลุ่ม แกลง 2 2 รายการ" in first
    assert "โครงการที่ยังไม่เชื่อมขึ้น 2" in text.replace("(", "").replace(")", "")


def test_gaps_can_be_looked_at_by_district(pages):
    here, there = pages.text("/gaps", district="2103"), pages.text("/gaps", district="2104")
    assert "ไฟส่องสว่างถนนในหมู่บ้านชำรุด" in here
    assert "ไฟส่องสว่างถนนในหมู่บ้านชำรุด" not in there
    assert "ช้างป่าออกมาทำลายพืชผล" in there


def test_issues_without_projects_are_named(pages):
    text = pages.text("/goals")
    assert re.search(r"ส่งเสริมการพัฒนานวัตกรรมรองรับเศรษฐกิจใหม่ P5 [^·]*· \S+ ยังไม่มีสิ่งใดเชื่อมถึง", text)
    assert re.search(r"เสริมสร้างคุณภาพชีวิต\S+ เข้มแข็ง\S*|เสริมสร้างคุณภาพชีวิต", text)
    assert "ยังไม่มีโครงการรองรับ" in text


def test_coverage_shows_districts_then_the_items_of_one(pages):
    text = pages.text("/coverage")
    assert "โครงการที่ถึง 7 3 0 2 0" in text
    assert "ปัญหาที่ถึง 4 3 0 2 0" in text
    html = pages.client.get(f"{pages.start}/coverage?district=2104").get_data(as_text=True)
    path = f"/items/{pages.item('V10')}?goal={pages.item('P2')}"
    assert path in html


def test_a_cell_opens_the_best_path_in_words(pages):
    text = pages.text(f"/items/{pages.item('V10')}", goal=pages.item("P2"))
    path = text.split("เส้นทางที่ดีที่สุดถึงประเด็นของจังหวัด")[1]
    words = [
        "ช้างป่าออกมาทำลายพืชผล",
        "ได้รับการตอบสนองโดย",
        "เพราะ จัดชุดเฝ้าระวังและแนวกันช้าง",
        "โครงการเฝ้าระวัง",
        "บริหารจัดการทรัพยากร",
    ]
    places = [path.index(word) for word in words]
    assert places == sorted(places)


def test_an_item_that_arrives_nowhere_says_so(pages):
    assert "ยังไม่มีเส้นทางไปถึงประเด็นของจังหวัด" in pages.text(f"/items/{pages.item('V9')}")
    assert pages.status("/items/nothing") == 404


def test_the_map_is_a_drawing_and_a_list(pages):
    html = pages.client.get(f"{pages.start}/map").get_data(as_text=True)
    assert html.count("<svg") == 1
    assert f"/items/{pages.item('L10')}" in html
    assert pages.status("/map?district=2103") == 200
    assert pages.status("/map?district=nowhere") == 200


@pytest.mark.parametrize("path", ["", "/gaps", "/goals", "/coverage", "/map"])
def test_every_page_can_be_asked_for_its_live_part_alone(pages, path):
    html = pages.client.get(pages.start + path).get_data(as_text=True)
    source = re.search(r'data-live-src="([^"]+)"', html)[1].replace("&amp;", "&")
    assert f'data-live-topics="{topics.signed(pages.event, topic(pages.exercise))}"' in html
    part = pages.client.get(source).get_data(as_text=True)
    assert "<html" not in part
    assert part.strip() in html


def test_what_a_group_writes_is_there_at_the_next_look(app, client):
    stage = make_stage()
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    pages = Pages(client, stage.event, stage.exercise)
    assert "2 เป้าหมายที่ยังไม่มีโครงการรองรับ" in pages.text()
    before = topics.version(stage.event, topic(stage.exercise))
    project = stage.add("project", "โครงการตลาดเกษตรกร")
    assert stage.link(project, stage.issue("P1"), "supports", strength=3)["status"] == "taken"
    assert topics.version(stage.event, topic(stage.exercise)) > before
    assert "1 เป้าหมายที่ยังไม่มีโครงการรองรับ" in pages.text(part="1")
    assert "2 เป้าหมายที่ยังไม่มีโครงการรองรับ" in pages.text(scope="handed-in"), "drafts are not handed in"


def test_an_exercise_is_read_once_for_each_change(app, client, monkeypatch):
    stage = make_stage()
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    pages = Pages(client, stage.event, stage.exercise)
    reads = []
    read = linkage_reading.document_of
    monkeypatch.setattr(linkage_reading, "document_of", lambda exercise: reads.append(1) or read(exercise))
    for path in ("", "/gaps", "/goals", "/coverage", "/map", ""):
        assert pages.status(path) == 200
    assert len(reads) == 1
    stage.add("need", "น้ำไม่พอใช้ในฤดูแล้ง")
    pages.text()
    assert len(reads) == 2


def test_only_the_team_looks_and_only_at_its_own_event(pages, client):
    other = make_event("other")
    foreign = create_from_document(other, load_document(FIXTURES / "linkage_rayong.json"))
    assert client.get(f"/events/kbo/linkage/{foreign.public_id}").status_code == 404
    assert client.get(f"/events/other/linkage/{foreign.public_id}").status_code == 404
    registrar = make_member(pages.event, Role.REGISTRAR)
    client.submit("/sign-out")
    client.sign_in(registrar)
    assert pages.status() == 403
