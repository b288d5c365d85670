"""Table signs and A3 sheets: whole, scannable, of the right size; a facilitator prints the own table's only."""

from __future__ import annotations

from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp

from app.database import db
from app.documents.group_sheet import MOST_ROWS, build_group_sheets
from app.documents.shapes import GroupSheet, TableSign
from app.documents.table_signs import build_table_signs
from app.events.models import Role
from app.groups import assigning
from app.registration.links import token_of
from tests.exercises.stage import make_stage
from tests.make import make_member
from tests.thai_pdf.reading import pdfium_text, picture

SIGN = TableSign(
    "14", "ปากน้ำประแสและชายฝั่งทะเลตะวันออก 2", "https://x.example/e/kbo/tables/abc", "โครงการ กบอ.", "วิทยากร ก"
)
SHEET = GroupSheet(
    "โครงการ กบอ.",
    "One Plan",
    "แกลง 2",
    "14",
    "https://x.example/x/abc",
    ["ปัญหาใด", "โครงการใด", "ประเด็นใด", "เพราะ"],
    [(f"P{number}", "พัฒนาคุณภาพสินค้าเกษตร ประมง ปศุสัตว์ให้ได้มาตรฐาน " * 2) for number in range(1, 9)],
    [("แกลง2-ป01", "น้ำไม่พอใช้หน้าแล้ง")],
)


def codes(pdf):
    return [code.text for code in zxingcpp.read_barcodes(picture(pdf, 0, dpi=100))]


def squeezed(text):
    return "".join(text.split())


def test_a_sign_is_read_from_both_sides_and_its_code_leads_to_the_table():
    pdf = build_table_signs([SIGN, SIGN])
    assert codes(pdf) == [SIGN.payload]
    assert squeezed(pdfium_text(pdf)).count(squeezed(SIGN.name)) == 4


def test_a_sheet_is_a3_with_numbered_lines_issues_and_what_is_written():
    pdf = build_group_sheets([SHEET])
    page = pypdfium2.PdfDocument(pdf)[0]
    assert [round(side * 25.4 / 72) for side in page.get_size()] == [420, 297]
    assert codes(pdf) == [SHEET.payload]
    text = squeezed(pdfium_text(pdf))
    for words in ("แกลง2-ป01", "น้ำไม่พอใช้หน้าแล้ง", "โ08", "P8", "เพราะ"):
        assert squeezed(words) in text


def test_more_than_a_page_holds_goes_on_on_the_next():
    needs = [(f"ป{number:02d}", "เรื่อง") for number in range(1, MOST_ROWS + 4)]
    pdf = build_group_sheets([GroupSheet(**{**SHEET.__dict__, "needs": needs})])
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert f"ป{MOST_ROWS + 3:02d}" in pdfium_text(pdf)


@pytest.fixture
def stage(app):
    return make_stage("rayong")


def address(stage, submission=None):
    start = f"/events/rayong/documents/exercises/{stage.exercise.public_id}"
    return f"{start}/groups/{submission.group.public_id}/sheet" if submission else f"{start}/sheets"


def path_of(payload):
    """What a phone's browser asks this server for."""
    found = urlsplit(payload)
    return f"{found.path}?{found.query}"


def stage_phone(client, person):
    """A phone on which the person's link was opened."""
    phone = client.application.test_client()
    phone.get(f"/p/{person.public_id}/{token_of(person)}")
    return phone


def test_an_organiser_prints_signs_and_all_sheets_a_facilitator_the_own_ones(stage, client):
    stage.add("need", "ถนนชำรุด")
    client.sign_in(stage.facilitator)
    own = client.submit(address(stage, stage.first))
    assert squeezed("ถนนชำรุด") in squeezed(pdfium_text(own.data))
    assert client.submit(address(stage, stage.second)).status_code == 404
    assert client.submit(address(stage)).status_code == 403
    client.submit("/sign-out")
    organiser = make_member(stage.event, Role.ORGANISER)
    client.sign_in(organiser)
    assert len(pypdfium2.PdfDocument(client.submit(address(stage)).data)) == 2
    assigning.make_groups("command", stage.event, assigning.Settings())
    db.session.commit()
    signs = client.submit("/events/rayong/documents/table-signs")
    assert len(pypdfium2.PdfDocument(signs.data)) == 1


def test_sheets_of_another_event_do_not_exist(stage, client):
    other = make_stage("other")
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    for submission in (None, other.first):
        assert client.submit(address(other, submission)).status_code == 404


def test_each_tables_sheet_leads_to_that_tables_page(stage, client):
    stage.add("need", "ถนนชำรุด")
    client.sign_in(make_member(stage.event, Role.ORGANISER))
    pdf = client.submit(address(stage)).data
    first, second = (zxingcpp.read_barcodes(picture(pdf, page, dpi=100))[0].text for page in (0, 1))
    assert first != second
    assert "ถนนชำรุด" in client.get(path_of(first)).text
    assert "ถนนชำรุด" not in client.get(path_of(second)).text
    member = stage_phone(client, stage.malee)
    assert "ถนนชำรุด" in member.get(path_of(first)).text
    guide = client.application.test_client()
    signing_in = guide.get(path_of(first)).text
    assert "next=" in signing_in and "วิทยากรและทีมงาน" in signing_in
    guide.sign_in(stage.facilitator)
    assert "ถนนชำรุด" in guide.get(path_of(first)).text


def test_who_reads_another_tables_sheet_is_told_whose_it_is(stage, client):
    stage.add("need", "ถนนชำรุด")
    home = f"/x/{stage.exercise.public_id}"
    first, second = (f"{home}?group={one.group.public_id}" for one in (stage.first, stage.second))
    stranger = stage_phone(client, stage.stranger)
    page = stranger.get(first)
    assert page.status_code == 404
    assert "แกลง 1" in page.text and "ถนนชำรุด" not in page.text
    assert f'href="{home}"' in page.text
    client.sign_in(stage.facilitator)
    page = client.get(second)
    assert page.status_code == 404 and "แกลง 2" in page.text
    outsider = client.application.test_client()
    outsider.sign_in(make_stage("elsewhere").facilitator)
    page = outsider.get(first)
    assert page.status_code == 404 and "แกลง 1" not in page.text
    assert stranger.get(f"{home}?group=nothing").status_code == 404
