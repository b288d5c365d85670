"""The organiser's documents: what each file holds, who may take it, that taking it is noted."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from urllib.parse import quote

import openpyxl
import pytest

from app.audit.models import AuditEntry
from app.core.spreadsheets import Formula, read_tables
from app.database import db
from app.documents import making
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.groups import assigning
from app.registration.models import Standing
from app.registration.questions import answering, asking
from app.registration.questions.models import Kind
from tests.conftest import FIXTURES
from tests.make import make_event, make_member, make_registrant, unit_named
from tests.thai_pdf.reading import pdfium_text

PERSON = {
    "title": "นางสาว",
    "position": "ปลัดอำเภอ",
    "organisation": "ที่ทำการปกครองอำเภอแกลง",
    "category": "ส่วนราชการ",
    "phone": "0812345678",
    "email": "mali@example.com",
    "food": "ฮาลาล",
}


@pytest.fixture
def event(app):
    event = make_event("kbo", venue="โรงแรมตัวอย่าง", organiser_name="สำนักงานจังหวัดระยอง")
    make_registrant(event, "มะลิ", "ใจดี", unit=unit_named(event, "แกลง"), **PERSON)
    make_registrant(event, "ก้อง", "น้ำใส", unit=unit_named(event, "บ้านฉาง"))
    make_registrant(event, "ถอน", "ชื่อแล้ว", unit=unit_named(event, "แกลง"), standing=Standing.WITHDRAWN)
    return event


@pytest.fixture
def organiser(event, client):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def noted():
    """The facts of exports in the audit trail."""
    return [entry.facts for entry in db.session.query(AuditEntry).filter_by(action="document.exported")]


def test_the_page_offers_every_document(event, organiser):
    create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    html = organiser.get("/events/kbo/documents").get_data(as_text=True)
    for path in ("badges", "sign-in-sheets", "registrants", "exercises/"):
        assert f"/events/kbo/documents/{path}" in html


def test_an_event_without_people_says_what_will_stand_here(app, client):
    event = make_event("empty")
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "ยังไม่มีรายชื่อผู้เข้าร่วม" in client.get("/events/empty/documents").get_data(as_text=True)


def test_the_list_as_csv_opens_in_a_spreadsheet_and_leaves_food_out(event, organiser):
    response = organiser.submit("/events/kbo/documents/registrants", {"format": "csv"})
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    with open(FIXTURES / "rayong_200.csv", encoding="utf-8-sig", newline="") as lines:
        assert rows[0] == [*next(csv.reader(lines)), "รหัสบัตร"]
    mali = next(row for row in rows if row[1] == "มะลิ")
    assert mali[:10] == [
        "นางสาว",
        "มะลิ",
        "ใจดี",
        *list(PERSON.values())[1:4],
        "แกลง",
        *list(PERSON.values())[4:6],
        "",
    ]
    assert len(mali[10]) == 20
    assert [row[1] for row in rows[1:]] == ["ก้อง", "มะลิ"], "by district, without those who stepped back"
    assert noted() == [{"document": "registrants", "people": 2, "sensitive": False}]


def test_food_comes_only_when_asked_for_and_is_noted(event, organiser):
    response = organiser.submit("/events/kbo/documents/registrants", {"format": "csv", "sensitive": "1"})
    assert "ฮาลาล" in response.data.decode("utf-8-sig")
    assert noted()[0]["sensitive"] is True


def test_the_registration_desk_never_gets_food(event, client):
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert client.submit("/events/kbo/documents/registrants", {"sensitive": "1"}).status_code == 403
    assert client.submit("/events/kbo/documents/registrants").status_code == 200
    assert "ข้อมูลอาหาร" not in client.get("/events/kbo/documents").get_data(as_text=True)


def test_a_formula_in_a_name_stays_text(event, organiser):
    make_registrant(event, "=HYPERLINK(1)", "ระวัง", unit=unit_named(event, "แกลง"))
    text = organiser.submit("/events/kbo/documents/registrants", {"format": "csv"}).data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text


def test_the_workbook_of_names_holds_the_groups(event, organiser):
    assigning.make_groups("command", event, assigning.Settings())
    response = organiser.submit("/events/kbo/documents/registrants", {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][-1] == "กลุ่ม"
    assert {row[1]: row[-1] for row in rows[1:]} == {"ก้อง": "บ้านฉาง 1", "มะลิ": "แกลง 1"}
    assert rows[2][7] == "0812345678", "a telephone number keeps its zero"


def test_the_file_has_its_thai_name(event, organiser):
    response = organiser.submit("/events/kbo/documents/badges")
    assert f"filename*=UTF-8''{quote('ป้ายชื่อ kbo.pdf')}" in response.headers["Content-Disposition"]


def test_badges_of_all_of_a_unit_and_of_one(event, organiser, tmp_path):
    unit, person = (
        unit_named(event, "แกลง"),
        make_registrant(event, "สำรอง", "ใบใหม่", unit=unit_named(event, "แกลง")),
    )
    sent = ({}, {"unit": unit.public_id}, {"person": person.public_id})
    texts = [pdfium_text(organiser.submit("/events/kbo/documents/badges", one).data) for one in sent]
    names = ("ก้อง น้ำใส", "มะลิ ใจดี", "สำรอง ใบใหม่")
    assert [[name in text.replace("\n", " ") for name in names] for text in texts] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
    assert all("ถอน" not in text for text in texts)
    assert [facts["people"] for facts in noted()] == [3, 2, 1]


def test_names_that_do_not_fit_are_listed_before_printing(event, organiser):
    assert "ทุกชื่อพิมพ์ได้พอดี" in organiser.get("/events/kbo/documents/badges").get_data(as_text=True)
    words = {"position": "ตำแหน่งยาวมาก" * 12, "organisation": "หน่วยงานยาวมาก" * 12}
    long = make_registrant(event, "ก" * 60, "ข" * 60, unit=unit_named(event, "แกลง"), **words)
    for page in ("badges", "sign-in-sheets"):
        html = organiser.get(f"/events/kbo/documents/{page}").get_data(as_text=True)
        assert f"/people/{long.public_id}" in html, page


def test_sign_in_sheets_stand_by_unit_with_the_heading_of_the_office(event, organiser):
    point = event.check_points[0]
    response = organiser.submit(f"/events/kbo/documents/sign-in-sheets/{point.public_id}")
    text = " ".join(pdfium_text(response.data).split())
    heading = ("บัญชีลายมือชื่อผู้เข้ารับการฝึกอบรม", "วันที่ 8 พฤศจิกายน 2561", "08.30 น.", event.venue, event.organiser_name)
    for words in heading:
        assert words in text
    assert text.index("ก้อง น้ำใส") < text.index("มะลิ ใจดี"), "units in the order of the event"
    assert noted() == [{"document": "sign-in-sheets", "people": 2, "check_point": point.id, "edition": 1}]


def test_sign_in_sheets_of_several_days_say_the_day_once(client):
    several = make_event("two-days", first_day=date(2018, 8, 7), last_day=date(2018, 8, 8))
    make_registrant(several, "มะลิ", "ใจดี")
    point = several.check_points[2]
    assert point.name == "ช่วงเช้า 8 ส.ค. 2561"
    client.sign_in(make_member(several, Role.ORGANISER))
    text = pdfium_text(client.submit(f"/events/two-days/documents/sign-in-sheets/{point.public_id}").data)
    words = " ".join(text.split())
    assert "ช่วงเช้า วันที่ 8 สิงหาคม 2561 เวลา 08.30 น." in words and "ส.ค." not in words


def test_the_exercise_goes_out_as_it_came_in(event, organiser):
    exercise = create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    response = organiser.submit(f"/events/kbo/documents/exercises/{exercise.public_id}/file")
    wanted = {"schema_version": 1, **document_of(exercise)}
    assert json.loads(response.data) == json.loads(json.dumps(wanted))
    again = create_from_document(event, load_document(response.data))
    assert "schema_version" not in document_of(again), "the version is the file's, not the exercise's"


def test_the_workbook_counts_drafts_unless_told_otherwise(event, organiser):
    document = load_document(FIXTURES / "linkage_rayong.json")
    for item in document["items"]:
        if item.get("group"):
            item["status"] = "draft"
    exercise = create_from_document(event, document)
    path = f"/events/kbo/documents/exercises/{exercise.public_id}/workbook"
    files = [organiser.submit(path, sent).data for sent in ({}, {"scope": "handed-in"})]
    books = [openpyxl.load_workbook(io.BytesIO(data)) for data in files]
    assert books[0].sheetnames == books[1].sheetnames
    assert [facts["handed_in"] for facts in noted()] == [False, True]
    whole, handed_in = (making.workbook(exercise, handed_in=chosen).data for chosen in (False, True))
    assert whole != handed_in


def test_a_download_holds_no_lock_while_it_is_made(event, organiser, monkeypatch):
    from app import database
    from app.documents import badges

    seen = []
    build = badges.build_badges

    def watched(*rows):
        seen.append(database._write_lock.locked())
        return build(*rows)

    monkeypatch.setattr(badges, "build_badges", watched)
    organiser.submit("/events/kbo/documents/badges")
    assert seen == [False]


def test_files_of_other_events_do_not_exist(event, organiser):
    other = make_event("other")
    stranger = make_registrant(other)
    exercise = create_from_document(other, load_document(FIXTURES / "linkage_rayong.json"))
    for path, sent in (
        ("badges", {"person": stranger.public_id}),
        (f"sign-in-sheets/{other.check_points[0].public_id}", {}),
        (f"exercises/{exercise.public_id}/file", {}),
        (f"exercises/{exercise.public_id}/workbook", {}),
    ):
        assert organiser.submit(f"/events/kbo/documents/{path}", sent).status_code == 404, path
    assert organiser.submit("/events/other/documents/badges").status_code == 404
    assert noted() == []


def test_a_link_preview_takes_nothing_away(event, organiser):
    assert organiser.get("/events/kbo/documents/registrants").status_code == 405


def test_own_questions_are_columns_sensitive_ones_only_when_asked_for(event, organiser):
    person = make_registrant(event, "ตอบ", "แล้ว", unit=unit_named(event, "แกลง"))
    room, illness = (
        asking.save(event, None, asking.Wanted(kind, label, options=["=1+1", "คู่"], is_sensitive=hidden), actor="")
        for kind, label, hidden in ((Kind.SEVERAL, "ห้องพัก", False), (Kind.TEXT, "โรคประจำตัว", True))
    )
    answering.store(person, [room, illness], {room.id: ["=1+1", "คู่"], illness.id: "หอบหืด"})
    db.session.commit()
    plain = organiser.submit("/events/kbo/documents/registrants", {"format": "csv"}).data.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(plain))
    assert header[11:] == ["คำถาม: ห้องพัก"] and "หอบหืด" not in plain
    assert {row[1]: row[11] for row in rows} == {"ตอบ": "'=1+1, คู่", "มะลิ": "", "ก้อง": ""}
    book = organiser.submit("/events/kbo/documents/registrants", {"format": "xlsx", "sensitive": "1"}).data
    (table,) = read_tables("list.xlsx", book)
    assert table.rows[0].cells[11:] == ["กลุ่ม", "คำถาม: ห้องพัก", "คำถาม: โรคประจำตัว"]
    answered = next(row.cells for row in table.rows if row.cells[1] == "ตอบ")
    assert answered[12:] == ["=1+1, คู่", "หอบหืด"] and not isinstance(answered[12], Formula)
