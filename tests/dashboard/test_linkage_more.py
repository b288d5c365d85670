"""The linkage pages behind the first ones: every analysis with its drawing, its words, and the items behind it."""

from __future__ import annotations

import re

import pytest

from app.core.text import clean_text
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind
from tests.conftest import FIXTURES
from tests.dashboard.test_linkage import Pages
from tests.exercises.linkage.documents import document, item
from tests.make import make_event, make_member

PATHS = (
    *("", "/map", "/coverage", "/gaps", "/goals", "/chains", "/money", "/alike", "/places"),
    *("/partners", "/data", "/screening", "/votes", "/what-if", "/progress"),
)


@pytest.fixture
def pages(app, client):
    """The worked sample, looked at by the event's organiser."""
    event = make_event("kbo")
    exercise = create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    client.sign_in(make_member(event, Role.ORGANISER))
    return Pages(client, event, exercise)


def html(pages, path, **query):
    return pages.client.get(pages.start + path, query_string=query).get_data(as_text=True)


@pytest.mark.parametrize(
    "query", [{}, {"district": "2104"}, {"chain": "VC2"}, {"scope": "passed"}, {"chain": "?"}]
)
def test_every_page_stands_in_every_scope_and_its_links_lead_somewhere(pages, query):
    for path in PATHS:
        page = pages.client.get(pages.start + path, query_string=query)
        assert page.status_code == 200, path
    targets = set(re.findall(r'href="(/events/kbo/linkage/[^"#]+)', html(pages, "/chains", **query)))
    for target in sorted(targets)[:12]:
        assert pages.client.get(target.replace("&amp;", "&")).status_code == 200, target


def test_an_exercise_without_anything_has_every_page(app, client):
    event = make_event("kbo")
    exercise = create_from_document(event, document([], chains=[], areas=[], groups=[]))
    client.sign_in(make_member(event, Role.ORGANISER))
    empty = Pages(client, event, exercise)
    for path in PATHS:
        assert empty.status(path) == 200, path


def test_a_chain_says_what_it_lacks_where_and_draws_it(pages):
    text = pages.text("/chains")
    assert "ทุเรียนและผลไม้ ต้นทาง 4 กลางทาง 1 ปลายทาง 2 โครงการ/กิจกรรม" in text
    assert "แกลง ยังขาดกลางทาง" in text and "วังจันทร์ ยังขาดปลายทาง" in text
    drawn = html(pages, "/chains")
    assert drawn.count('class="linkage-lanes"') == 2
    assert f"/items/{pages.item('L2')}" in drawn, "a box opens its item"
    assert "ขาด" in re.search(r'class="map-missing".*?<text[^>]*>([^<]*)<', drawn, re.S)[1]


def test_money_says_where_it_goes_in_one_line_and_by_issue(pages):
    text = pages.text("/money")
    assert "มากที่สุด 86%" in text and "ยังไม่สอดคล้องประเด็นใด 6% ของงบที่นับ" in text
    assert re.search(r"P1 · ประเด็นการพัฒนา 14,680,000 81%", text)
    assert "ไม่สอดคล้องประเด็นใด 1,050,000 6%" in text
    assert "โครงการที่ไม่นับงบซ้ำ (1)" in text
    details = text[text.index("รายละเอียดทางสถิติ") :]
    assert "0.7511" in details and "0.7511" not in text[: text.index("รายละเอียดทางสถิติ")]


def test_likely_pairs_stand_side_by_side_and_lead_to_the_decision(pages):
    text = pages.text("/alike")
    assert "คล้ายกัน 1 คู่" in text
    assert "84%" in text and "ชนิดเดียวกันต่างพื้นที่" in text
    assert "/merging" in html(pages, "/alike")


def test_links_over_districts_and_openings_are_named(pages):
    text = pages.text("/places")
    assert "ข้อเชื่อมข้ามอำเภอ 2 ข้อ" in text
    assert 'class="linkage-heat"' in html(pages, "/places")
    assert "แกลง มีต้นทาง → วังจันทร์ มีกลางทาง" not in text, "that one is linked already"


def test_partners_data_and_scores_say_what_they_mean(pages):
    assert "เฉลี่ย 2.46 ภาคส่วน โครงการที่มีตั้งแต่ 3 ภาคส่วนขึ้นไป 54%" in pages.text("/partners")
    data = pages.text("/data")
    assert "หลักฐาน 14 รายการ เป็นข้อมูลไม่เกิน 3 ปี 13 รายการ" in data and "2555 · เก่ากว่าที่กำหนด" in data
    scores = pages.text("/screening")
    assert "97.78 ผ่าน" in scores and "31.11 ไม่ผ่าน" in scores
    assert "0.8586" in scores[scores.index("รายละเอียดทางสถิติ") :]


def test_both_orders_of_the_vote_stand_side_by_side(pages):
    text = pages.text("/votes")
    assert "คะแนนรวม" in text and "ทุกกลุ่มหนักเท่ากัน" in text
    assert 'class="linkage-slopes"' in html(pages, "/votes")


def test_statistics_are_folded_away_on_the_first_page(pages):
    text = pages.text()
    first, details = text.split("รายละเอียดทางสถิติ")
    for word in ("HHI", "α", "ความสมดุล"):
        assert word in details and word not in first


def test_a_district_is_counted_alone(pages):
    assert "50% ร้อยละที่เชื่อมโยงครบทุกระดับ" not in pages.text()
    text = pages.text(district="2104")
    assert "จาก 2 ข้อ" in text, "the district's own needs"
    assert "ไฟส่องสว่าง" not in pages.text("/chains", district="2104")


def test_every_drawing_is_offered_as_a_file_in_the_same_scope(pages):
    found = html(pages, "/money", district="2104")
    assert "figures/money.png?district=2104" in found
    answer = pages.client.get(re.search(r'href="([^"]+money\.svg[^"]*)"', found)[1].replace("&amp;", "&"))
    assert answer.status_code == 200


def test_a_reader_who_may_not_see_people_at_work_is_not_shown_the_way(pages, client):
    client.submit("/sign-out")
    client.sign_in(make_member(pages.event, Role.VIEWER))
    assert "ความคืบหน้า" not in pages.text()
    assert pages.status("/progress") == 403


# -- what if --------------------------------------------------------------------------------------------------


def what_if(pages, *steps, **query):
    return pages.client.get(pages.start + "/what-if", query_string={"do": list(steps), **query}).get_data(
        as_text=True
    )


def words(page):
    return clean_text(re.sub(r"<[^>]+>", " ", page))


def test_a_link_that_is_tried_changes_the_rates_and_saves_nothing(pages):
    break_point, issue = pages.item("D4"), pages.item("P2")
    before = pages.text()
    page = what_if(pages, f"+{break_point}.{issue}.3")
    text = words(page)
    assert "ปัญหาที่ถึงประเด็นของจังหวัด 7 8 ดีขึ้น" in text
    assert "รายการที่ขาดการเชื่อมโยง 7 4 ดีขึ้น" in text
    assert "จะไปถึงประเด็นของจังหวัด (3)" in text
    assert pages.text() == before, "nothing was saved"


def test_a_link_that_is_cut_can_be_put_back_by_one_tap(pages):
    project, goal = pages.item("L1"), pages.item("D2")
    page = what_if(pages, f"-{project}.{goal}.escalated_to")
    assert "แย่ลง" in words(page)
    undo = re.search(r'href="([^"]+)">ย้อนกลับขั้นล่าสุด', page)[1].replace("&amp;", "&")
    assert "แย่ลง" not in words(pages.client.get(undo).get_data(as_text=True))


def test_a_link_that_closes_a_circle_is_refused_with_its_path(pages):
    page = words(
        what_if(pages, f"+{pages.item('P1')}.{pages.item('P2')}.3", f"+{pages.item('P2')}.{pages.item('P1')}.3")
    )
    assert "จะวนกลับมาที่เดิม" in page


def test_the_page_starts_where_a_link_helps_most_and_offers_what_fits(pages):
    page = what_if(pages)
    first = re.search(r'id="suggestions".*?<a class="thing" href="([^"]+)"', page, re.S)[1].replace("&amp;", "&")
    chosen = pages.client.get(first.split("#")[0]).get_data(as_text=True)
    assert "อำเภอแกลงสะอาด" in words(chosen)
    offered = re.findall(r'href="([^"]+)">ทางตรง/มาก', chosen)
    assert offered
    taken = pages.client.get(offered[0].replace("&amp;", "&").split("#")[0]).get_data(as_text=True)
    assert "ดีขึ้น" in words(taken) and "ที่ลองไว้" in words(taken)


def test_nonsense_in_the_address_is_passed_over(pages):
    page = what_if(
        pages, "x", "+a.b", "+a.b.3", f"+{pages.item('L1')}.{pages.item('P1')}.9", f"-{pages.item('L1')}.x.y"
    )
    assert "ที่ลองไว้" not in words(page)
    assert words(what_if(pages, **{"from": "nobody"}))


def test_an_item_of_no_group_has_pages_too(app, client):
    event = make_event("kbo")
    loose = {**item("L1", "LOC", "project"), "group": None}
    exercise = create_from_document(event, document([loose, item("V1", "VIL", "need", group="G1")]))
    client.sign_in(make_member(event, Role.ORGANISER))
    lonely = Pages(client, event, exercise)
    for path in PATHS:
        assert lonely.status(path) == 200, path


# -- one line of plain Thai -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/map", "รายการของกลุ่ม 29 รายการ ยังไปไม่ถึงประเด็นของจังหวัด 7 รายการ"),
        ("/coverage", "ยังไม่มีอำเภอใดไปถึง “เสริมสร้างคุณภาพชีวิต"),
        ("/gaps", "ขาดกลางทาง 2 จุด ถ้าต่อครบ อีก 3 รายการจะไปถึงประเด็นของจังหวัด"),
        ("/goals", "ประเด็นของจังหวัด 5 ข้อ มีทั้งโครงการและปัญหารองรับ 3 ข้อ ยังไม่มีโครงการรองรับ: “เสริมสร้าง"),
        ("/chains", "ยังขาดบางขั้นใน 2 จาก 2 อำเภอ"),
        ("/votes", "แต่ไม่ใช่อันดับหนึ่งเมื่อทุกกลุ่มหนักเท่ากัน"),
    ],
)
def test_a_page_begins_with_what_it_means(pages, path, words):
    assert words in pages.text(path)


def test_who_asks_which_issue_has_nobody_needs_one_tap_and_who_must_mend_it_two(pages):
    first = pages.text()
    assert "รวมประเด็นของจังหวัด: “เสริมสร้างคุณภาพชีวิต" in first and "“ส่งเสริมการพัฒนานวัตกรรมรองรับเศรษฐกิจใหม่”" in first
    second = pages.text("/goals")
    assert "ยังไม่มีกลุ่มใดเขียนถึง · ไปชวนกลุ่มให้เชื่อม" in second, "nobody: the organiser asks the room"
    assert "ผู้ที่ต้องต่อ: แกลง 2" in second


def test_a_pair_that_was_decided_on_is_not_shown_as_alike_again(pages):
    user = make_member(pages.event, Role.ORGANISER)
    ids = [pages.item("L2"), pages.item("L9")]
    decide(pages.exercise, ids, Decision(MergeKind.JOINT, "ทำพร้อมกัน"), user)
    assert "คล้ายกัน 0 คู่" in pages.text("/alike")


def test_a_long_list_is_folded_after_eight(app, client):
    event = make_event("kbo")
    needs = [item(f"V{n}", "VIL", "need", group="G1") for n in range(12)]
    client.sign_in(make_member(event, Role.ORGANISER))
    long = Pages(client, event, create_from_document(event, document(needs)))
    section = html(long, "/gaps").split('id="needs"')[1].split("</section>")[0]
    assert "ดูอีก 4 รายการ" in section and section.count('class="thing"') == 12
