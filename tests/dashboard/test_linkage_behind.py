"""Every figure opens the list of what it counts, and the list holds as many as the figure says."""

from __future__ import annotations

import html as entities
import re

import pytest

from app.core.text import clean_text
from app.dashboard.linkage.counted.lists import LISTS
from app.dashboard.linkage.headline import percent
from app.dashboard.linkage.reading import read
from app.events.models import Role
from app.exercises.linkage.analysis import Scope
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from tests.conftest import FIXTURES
from tests.dashboard.test_linkage import Pages
from tests.make import make_event, make_member

FIRST_PAGES = ("", "/coverage", "/goals", "/chains", "/money", "/places", "/partners", "/data", "/screening")


@pytest.fixture
def pages(app, client):
    """The worked sample, looked at by the event's organiser."""
    event = make_event("kbo")
    exercise = create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    client.sign_in(make_member(event, Role.ORGANISER))
    return Pages(client, event, exercise)


def links_of(pages, path, question, **query):
    """(address, words) of the links of a page to lists of one question."""
    page = pages.client.get(pages.start + path, query_string=query).get_data(as_text=True)
    found = re.findall(rf'<a[^>]*href="([^"]*/behind/{question}[?"][^"]*)"?[^>]*>(.*?)</a>', page, re.S)
    return [
        (entities.unescape(href.rstrip('"')), clean_text(re.sub(r"<title>.*?</title>|<[^>]+>", " ", words)))
        for href, words in found
    ]


def listed(pages, href):
    """How many lines a list has."""
    answer = pages.client.get(href)
    assert answer.status_code == 200, href
    body = answer.get_data(as_text=True).split('class="lead"')[1]
    return len(re.findall(r'<li><a class="thing"', body))


def last_number(words):
    return int(re.findall(r"\d+", words)[-1])


@pytest.mark.parametrize(
    ("path", "question", "least"),
    [
        ("", "level", 5),
        ("/coverage", "coverage", 14),
        ("/goals", "under", 8),
        ("/places", "crossing", 2),
        ("/partners", "sector", 5),
        ("/data", "year", 3),
    ],
)
def test_a_figure_opens_as_many_items_as_it_says(pages, path, question, least):
    links = links_of(pages, path, question)
    assert len(links) >= least
    for href, words in links:
        if question == "coverage" and ("key=21" in href or "districts" in href):
            assert listed(pages, href) >= 1  # a strength, or districts; the projects stand behind them
        elif question == "sector":
            assert listed(pages, href) >= 1
        else:
            assert listed(pages, href) == last_number(words), (href, words)


def test_every_question_stands_behind_a_figure_of_some_page(pages):
    found = {q for path in FIRST_PAGES for q in LISTS if links_of(pages, path, q)}
    boxes = {"box"}  # of the province's map, drawn above 150 items; see below
    cells = {"stage"}  # numbers of the lanes, drawn above 60 projects
    openings = {"opening"}  # the sample has handed everything on
    assert found == set(LISTS) - boxes - cells - openings
    exercise, graph = pages.exercise, read(pages.exercise, Scope()).graph
    assert graph.chains and exercise.public_id
    chain = graph.chains[0]
    assert listed(pages, f"{pages.start}/behind/stage?key={chain}&key=upstream") == 4
    assert listed(pages, f"{pages.start}/behind/stage?key={chain}&key=upstream&key=2103") == 3
    ends = "key=2103&key=upstream&key=2104&key=midstream"
    assert listed(pages, f"{pages.start}/behind/opening?key={chain}&{ends}") == 4
    assert listed(pages, f"{pages.start}/behind/box?key=VIL&key=need&key=2104") == 2


def test_the_boxes_of_the_provinces_map_open_their_items(app, pages):
    from app.exercises.linkage.map.drawing import draw_map

    reading = read(pages.exercise, Scope())
    drawn = draw_map(
        reading.graph,
        reading.result,
        link_to=lambda _c: None,
        link_to_box=lambda *box: "/" + "/".join(box),
        readable=5,
    )
    assert 'href="/VIL/need/2104"' in drawn


def test_money_opens_the_projects_and_their_baht_add_up(pages):
    for href, words in links_of(pages, "/money", "money"):
        text = clean_text(re.sub(r"<[^>]+>", " ", pages.client.get(href).get_data(as_text=True)))
        total = re.search(r"(\d+) โครงการ รวม ([\d,.]+) บาท", text)
        parts = re.findall(r"([\d,.]+) บาท", text.split(total[0])[1])
        assert len(parts) == int(total[1])
        whole = float(total[2].replace(",", ""))
        assert sum(float(p.replace(",", "")) for p in parts) == pytest.approx(whole, abs=0.1)
        if re.fullmatch(r"[\d,.]+", words):
            assert float(words.replace(",", "")) == pytest.approx(whole), "the table says the same sum"


@pytest.mark.parametrize("question", ["money-district", "money-stage", "money-source"])
def test_every_cut_of_the_money_opens_its_projects(pages, question):
    links = links_of(pages, "/money", question)
    assert links
    for href, words in links:
        assert f"รวม {words} บาท" in clean_text(
            re.sub(r"<[^>]+>", " ", pages.client.get(href).get_data(as_text=True))
        ), (href, words)


def test_the_statistics_open_too(pages):
    links = {words: listed(pages, href) for href, words in links_of(pages, "", "chain")}
    chain = read(pages.exercise, Scope()).chain
    assert links == {"70%": 7, "60%": 3, "3": len(chain["skip_level_links"])}, (
        "loose and national are both 7 of 10"
    )
    assert percent(chain["anchor_rate"]) == "60%"


def test_the_list_keeps_the_scope_and_leads_back(pages):
    links = links_of(pages, "/data", "year", district="2104")
    assert links and all("district=2104" in href for href, _words in links)
    page = pages.client.get(links[0][0]).get_data(as_text=True)
    assert re.search(r'href="([^"]+/data\?district=2104)">← กลับไปหน้าที่มา', page)


@pytest.mark.parametrize("question", [*LISTS, "nothing"])
def test_keys_that_name_nothing_are_not_found(pages, question):
    if question == "broad":
        return
    expected = 200 if question == "money" else 404  # no issue named: what serves none
    assert pages.status(f"/behind/{question}") == expected
    if question != "money":
        assert pages.status(f"/behind/{question}?key=%3Cx%3E&key=%27") == 404


def test_a_live_part_asks_again_for_all_the_keys(pages):
    href = links_of(pages, "/places", "crossing")[0][0]
    page = pages.client.get(href).get_data(as_text=True)
    part = entities.unescape(re.search(r'data-live-src="([^"]+)"', page)[1])
    assert part.count("key=") == 2
    assert pages.client.get(part).get_data(as_text=True).strip() in page


def test_the_boxes_of_the_vote_open_their_items(pages):
    page = pages.client.get(pages.start + "/votes").get_data(as_text=True)
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert drawn.count("/items/") == drawn.count('class="map-box"') > 0
