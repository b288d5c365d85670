"""Two phones draft the whole Rayong sample by tapping; what is stored gives the figures of the sample."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from app.database import db
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.storing import document_of
from app.exercises.models import Exercise
from tests.browser import PHONE, lasting, launch
from tests.journeys.drafting import Thumb
from tests.journeys.sample_room import FIXTURES, SAMPLE, room_on
from tests.live_server import LiveServer, running

pytestmark = pytest.mark.browser

EXPECTED = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text())
ITEMS: dict[str, dict[str, Any]] = {item["id"]: item for item in SAMPLE["items"]}
CHAINS = {chain["id"]: chain["th"] for chain in SAMPLE["chains"]}
AS_A_PHONE: dict[str, Any] = {
    "viewport": PHONE, "locale": "th-TH", "timezone_id": "Asia/Bangkok", "has_touch": True,
}  # fmt: skip
SIDEWAYS = ("feeds", "joint_with")


@dataclass
class Room:
    """The server with the sample's three tables, and a browser."""

    server: LiveServer
    browser: Browser
    facts: dict[str, Any]

    def phone(self, table: str) -> Page:
        """A phone of its own, at the group's page of a table."""
        return self.at_table(self.browser.new_context(base_url=self.server.url, **AS_A_PHONE), table)

    def at_table(self, context: BrowserContext, table: str) -> Page:
        """The group's page, reached over a member's personal link."""
        page = context.pages[0] if context.pages else context.new_page()
        page.goto(self.facts["links"][table])
        page.get_by_role("link", name="เปิดกิจกรรมกลุ่ม").tap()
        expect(page.locator("#needs")).to_be_visible()
        return page

    def exported(self) -> dict[str, Any]:
        """The stored exercise as the file that the command gives."""
        with self.server.inside():
            found = db.session.scalars(select(Exercise).where(Exercise.public_id == self.facts["exercise"])).one()
            return document_of(found)


@pytest.fixture
def room() -> Iterator[Room]:
    with running() as server, launch() as browser:
        yield Room(server, browser, room_on(server))


def of_table(table: str, kind: str) -> list[dict[str, Any]]:
    return [item for item in ITEMS.values() if item.get("group") == table and item["kind"] == kind]


def links_from(items: list[dict[str, Any]], *, sideways: bool = False) -> list[dict[str, Any]]:
    ids = {item["id"] for item in items}
    return [link for link in SAMPLE["links"] if link["source"] in ids and (link["type"] in SIDEWAYS) is sideways]


def write_needs(thumb: Thumb, needs: list[dict[str, Any]]) -> None:
    thumb.go("need")
    for need in needs:
        thumb.add(need)
        if need.get("evidence"):
            thumb.fill_in(need)


def answer_needs(thumb: Thumb, needs: list[dict[str, Any]]) -> None:
    """Each need's projects, new or there already."""
    written: set[str] = set()
    for link in links_from(needs):
        thumb.answer(ITEMS[link["source"]], ITEMS[link["target"]], link, is_new=link["target"] not in written)
        written.add(link["target"])


def write_projects(thumb: Thumb, table: str) -> None:
    projects = of_table(table, "project")
    answering = {link["target"] for link in links_from(of_table(table, "need"))}
    thumb.go("project")
    for project in projects:
        if project["id"] not in answering:
            thumb.add(project)
        parts = [ITEMS[one["source"]] for one in SAMPLE["links"] if one["target"] == project["id"]]
        thumb.fill_in(project, [part for part in parts if part["kind"] == "activity"])


def write_goals(thumb: Thumb, table: str) -> None:
    thumb.go("goal")
    for goal in of_table(table, "goal"):
        thumb.add(goal)
        if goal.get("evidence") or goal.get("indicators"):
            thumb.fill_in(goal)
    for link in links_from(of_table(table, "goal")):
        thumb.answer(ITEMS[link["source"]], ITEMS[link["target"]], link)


def link_projects(thumb: Thumb, table: str) -> None:
    thumb.go("project")
    for link in links_from(of_table(table, "project")):
        thumb.answer(ITEMS[link["source"]], ITEMS[link["target"]], link)


def join_projects(thumb: Thumb, table: str) -> None:
    """Chains and joint work, across tables too: when the others have written theirs."""
    thumb.go("project")
    for link in links_from(of_table(table, "project"), sideways=True):
        thumb.join(ITEMS[link["source"]], ITEMS[link["target"]], link)


def draft(thumb: Thumb, table: str) -> None:
    needs = of_table(table, "need")
    write_needs(thumb, needs)
    answer_needs(thumb, needs)
    write_projects(thumb, table)
    write_goals(thumb, table)
    link_projects(thumb, table)
    thumb.saved()


def draft_with_the_server_killed(room: Room, folder: Path, table: str) -> None:
    """The server dies after the first need; the phone is closed with all else unsent, and opened again."""
    needs = of_table(table, "need")
    with lasting(folder, base_url=room.server.url, **AS_A_PHONE) as context:
        thumb = Thumb(room.at_table(context, table), CHAINS)
        write_needs(thumb, needs[:1])
        thumb.saved()
        room.server.kill()
        write_needs(thumb, needs[1:])
        answer_needs(thumb, needs)
        expect(thumb.page.locator("p[data-save-state]")).to_contain_text("ยังไม่ส่ง", timeout=20000)
        thumb.page.wait_for_timeout(1500)  # the last text is left alone for a moment and kept
    room.server.start()
    with lasting(folder, base_url=room.server.url, **AS_A_PHONE) as context:
        thumb = Thumb(room.at_table(context, table), CHAINS)
        for need in needs:
            expect(thumb.card(need)).to_be_visible(timeout=20000)
        thumb.saved()
        write_projects(thumb, table)
        write_goals(thumb, table)
        link_projects(thumb, table)
        if table == "G2":
            join_projects(thumb, table)
        thumb.hand_in()


def as_in_the_sample(document: dict[str, Any]) -> dict[str, Any]:
    """What was drafted under the sample's ids: items by title, links by ends and type; reviews and votes added."""
    by_title = {item["title_th"]: item["id"] for item in SAMPLE["items"]}
    ids = {item["id"]: by_title[item["title_th"]] for item in document["items"]}
    assert sorted(ids.values()) == sorted(by_title.values())
    known = {key_of(link["source"], link["target"], link["type"]): link["id"] for link in SAMPLE["links"]}
    links = []
    for link in document["links"]:
        key = key_of(ids[link["source"]], ids[link["target"]], link["type"])
        links.append({**link, "id": known.pop(key), "source": ids[link["source"]], "target": ids[link["target"]]})
    assert not known, f"not drafted: {known}"
    items = [{**item, "id": ids[item["id"]]} for item in document["items"]]
    return {
        **document, "items": items, "links": links,
        "reviews": SAMPLE["reviews"], "dot_votes": SAMPLE["dot_votes"],
    }  # fmt: skip


def key_of(source: str, target: str, kind: str) -> tuple[frozenset[str] | tuple[str, str], str]:
    return (frozenset((source, target)) if kind == "joint_with" else (source, target)), kind


def said_in(items: list[dict[str, Any]]) -> dict[str, Any]:
    """What each card says, by its title, in one spelling."""
    kept = (
        "level", "kind", "areas", "lead_agency", "partners", "budget", "evidence", "indicators", "objective",
        "output_target", "beyond_capacity",
    )  # fmt: skip
    return {
        item["title_th"]: {name: item[name] for name in kept if item.get(name)} | {"chains": chains_of(item)}
        for item in items
    }


def chains_of(item: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [(pair["chain"], pair["stage"]) for pair in item.get("chains", ())]
    return pairs or ([(item["chain"], item["stage"])] if item.get("chain") else [])


def test_a_table_drafts_its_part_with_the_server_killed_and_every_word_arrives(room: Room, tmp_path: Path):
    draft_with_the_server_killed(room, tmp_path / "phone", "G3")
    document = room.exported()
    drafted = [item for item in document["items"] if item.get("group") == "G3"]
    assert said_in(drafted) == said_in([item for item in ITEMS.values() if item.get("group") == "G3"])
    titles = {item["id"]: item["title_th"] for item in document["items"]}
    wanted = links_from([item for item in ITEMS.values() if item.get("group") == "G3"])
    assert {words_of(link, titles) for link in document["links"] if link["source"] in ids_of(drafted)} == {
        words_of(link, {item_id: item["title_th"] for item_id, item in ITEMS.items()}) for link in wanted
    }


def ids_of(items: list[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in items}


def words_of(link: dict[str, Any], titles: dict[str, str]) -> tuple[Any, ...]:
    ends = (titles[link["source"]], titles[link["target"]])
    return (*ends, link["type"], link["strength"], link.get("rationale"))


@pytest.mark.skipif(not os.environ.get("JOURNEY"), reason="the whole sample takes a minute: make journey")
def test_two_phones_draft_the_sample_and_its_figures_come_out(room: Room, tmp_path: Path):
    first = Thumb(room.phone("G1"), CHAINS)
    draft(first, "G1")
    draft_with_the_server_killed(room, tmp_path / "phone", "G2")
    third = Thumb(room.phone("G3"), CHAINS)
    draft(third, "G3")
    join_projects(third, "G3")
    third.hand_in()
    first.page.reload()
    join_projects(first, "G1")
    first.hand_in()
    assert analyse(as_in_the_sample(room.exported())) == EXPECTED
    print(f"taps: {first.taps + third.taps} on the phones that stayed open")
