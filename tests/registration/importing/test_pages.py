"""The organiser's pages of an import, through the browser."""

import io
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock, files
from app.core.spreadsheets import read_tables
from app.database import db
from app.events.models import Role
from app.registration.importing import applying, recent
from app.registration.importing.preparing import Prepared
from app.registration.models import ImportRun, Registrant, Standing
from tests.conftest import FIXTURES
from tests.make import make_event, make_member, make_registrant
from tests.registration.importing.lists import csv_file

SENT = (FIXTURES / "rayong_200_as_sent.xlsx").read_bytes()


@pytest.fixture
def event(app):
    shutil.rmtree(files.folder(), ignore_errors=True)
    return make_event("rayong")


@pytest.fixture
def organiser(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def upload(client, data=SENT, name="รายชื่อ ระยอง.xlsx"):
    return client.submit("/events/rayong/import", {"file": (io.BytesIO(data), name)})


def text(response):
    return response.get_data(as_text=True)


def people():
    return db.session.scalar(select(func.count()).select_from(Registrant))


def the_run():
    return db.session.scalar(select(ImportRun).order_by(ImportRun.id.desc()))


def stored_files(app):
    return [path for path in files.folder().rglob("*") if path.is_file()]


def test_upload_look_take_in_and_take_back(app, organiser):
    there = upload(organiser).location
    assert people() == 0
    preview = text(organiser.get(there))
    assert "พร้อมนำเข้า 200" in preview
    assert "นำเข้า 200 คน" in preview
    assert "ต้องแก้ 6" in preview

    organiser.submit(f"{there}/apply")
    assert people() == 200
    result = text(organiser.get(there))
    assert "นำเข้าแล้ว 200 คน" in result

    organiser.submit(f"{there}/undo")
    assert people() == 0
    assert "ยกเลิกการนำเข้าชุดนี้แล้ว" in text(organiser.get(there))


def test_every_bad_row_is_shown_with_its_faults_and_without_ids(organiser):
    page = text(organiser.get(f"{upload(organiser).location}?show=bad"))
    for sentence in ("ไม่มีชื่อ", "เพียงอย่างเดียว", "บางรัก", "หมายเลขโทรศัพท์ไม่ถูกต้อง", "อีเมลไม่ถูกต้อง", "เลขประจำตัวประชาชน"):
        assert sentence in page
    assert "9900000000014" not in page


@pytest.mark.parametrize("tab", ["good", "bad", "duplicates", "similar", "x"])
def test_every_tab_and_page_opens(organiser, tab):
    there = upload(organiser).location
    for page in ("1", "4", "99", "x"):
        assert organiser.get(f"{there}?show={tab}&page={page}").status_code == 200


def test_the_bad_rows_come_back_as_a_workbook_before_and_after(organiser):
    there = upload(organiser).location
    before = organiser.get(f"{there}/rejected.xlsx")
    assert "attachment" in before.headers["Content-Disposition"]
    organiser.submit(f"{there}/apply")
    after = organiser.get(f"{there}/rejected.xlsx")
    for answer in (before, after):
        (table,) = read_tables("x.xlsx", answer.data)
        assert len(table.rows) == 7
        assert "สิ่งที่ต้องแก้ไข" in table.rows[0].cells


def test_the_list_itself_is_deleted_once_it_went_in(app, organiser):
    there = upload(organiser).location
    assert [path.read_bytes() for path in stored_files(app)] == [SENT]
    organiser.submit(f"{there}/apply")
    assert SENT not in [path.read_bytes() for path in stored_files(app)]


def test_a_second_press_enters_nobody_twice(organiser):
    there = upload(organiser).location
    organiser.submit(f"{there}/apply")
    organiser.submit(f"{there}/apply")
    assert people() == 200


def test_a_list_put_aside_leaves_nothing(app, organiser):
    there = upload(organiser).location
    assert organiser.submit(f"{there}/discard").status_code == 302
    assert (people(), the_run(), stored_files(app)) == (0, None, [])


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "เลือก"), (b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04", "เสีย"), ("ชื่อ,อำเภอ\n=A1,แกลง\n".encode(), "สูตร")],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(app, organiser, data, word):
    answer = upload(organiser, data, "x.csv" if data else "")
    assert answer.status_code == 422
    assert word in text(answer)
    assert (the_run(), stored_files(app)) == (None, [])


STRANGE = csv_file([["เอ", "บี", "ซี"], ["สมชายใจดี", "แกลง", "กำนัน"], ["สมศรีรักไทย", "บ้านค่าย", "ปลัด"]])


def test_columns_are_chosen_by_hand_and_remembered_for_the_next_list(organiser):
    answer = upload(organiser, STRANGE, "a.csv")
    assert answer.location.endswith("/columns")
    page = text(organiser.get(answer.location))
    assert "สมชายใจดี" in page
    chosen = {"column": ["เอ", "บี", "ซี"], "field:เอ": "full_name", "field:บี": "unit", "field:ซี": "position"}
    there = organiser.submit(answer.location, chosen).location
    assert "ต้องแก้ 2" in text(organiser.get(there)), "names in one word lack a last name"

    good = csv_file([["เอ", "บี", "ซี"], ["สมชาย ใจดี", "แกลง", "กำนัน"]])
    there = upload(organiser, good, "b.csv").location
    organiser.submit(f"{there}/apply")
    person = db.session.scalar(select(Registrant))
    assert (person.first_name, person.position, person.unit.name) == ("สมชาย", "กำนัน", "แกลง")


def test_a_choice_without_names_is_refused_and_what_was_chosen_stays(organiser):
    there = upload(organiser, STRANGE, "a.csv").location
    answer = organiser.submit(there, {"column": ["เอ", "ซี"], "field:เอ": "", "field:ซี": "food"})
    assert answer.status_code == 422
    assert 'value="food" selected' in text(answer)


def test_lists_nobody_settled_leave_after_a_week(app, organiser):
    upload(organiser)
    the_run().created_at = clock.now() - timedelta(days=8)
    db.session.commit()
    upload(organiser, csv_file([["ชื่อ", "สกุล", "อำเภอ"], ["สมชาย", "ใจดี", "แกลง"]]), "b.csv")
    assert len(stored_files(app)) == 1
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 1


def test_a_kept_list_whose_file_is_gone_is_answered_with_a_sentence(app, organiser):
    there = upload(organiser).location
    files.remove(the_run().file_key)
    for url in (there, f"{there}/columns", f"{there}/rejected.xlsx"):
        assert organiser.get(url).status_code == 302
    assert organiser.submit(f"{there}/apply").status_code == 302
    assert "อ่านใหม่" in text(organiser.get("/events/rayong/import"))


def test_another_events_list_does_not_exist(organiser):
    there = upload(organiser).location.replace("rayong", "other")
    other = make_event("other")
    organiser.sign_in(make_member(other, Role.ORGANISER))
    assert organiser.get(there).status_code == 404


def test_the_desk_may_not_import(client, event):
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert client.get("/events/rayong/import").status_code == 403


def test_titles_are_suggestions_that_can_be_refused_and_are_remembered(organiser):
    data = csv_file([["ชื่อ-สกุล", "อำเภอ"], ["นายสมชาย ใจดี", "แกลง"], ["พระ ราม เมืองทอง", "แกลง"]])
    there = upload(organiser, data, "a.csv").location
    preview = text(organiser.get(there))
    assert 'name="title" value="พระ" checked' in preview and "ราม เมืองทอง" in preview
    organiser.submit(f"{there}/titles", {"shown": ["นาย", "พระ"], "title": ["นาย"]})
    preview = text(organiser.get(there))
    assert 'name="title" value="พระ">' in preview and 'value="นาย" checked' in preview
    organiser.submit(f"{there}/apply")
    rows = db.session.execute(select(Registrant.title, Registrant.first_name).order_by(Registrant.id)).all()
    assert [tuple(row) for row in rows] == [("นาย", "สมชาย"), ("", "พระ")]
    again = upload(organiser, data.replace("สมชาย".encode(), "สมหมาย".encode()), "b.csv").location
    assert 'name="title" value="พระ">' in text(organiser.get(again))


def test_a_list_is_read_once_until_something_around_it_changes(organiser, event, monkeypatch):
    read = []
    real = applying.read_tables
    monkeypatch.setattr(applying, "read_tables", lambda *args, **how: read.append(1) or real(*args, **how))
    recent.forget(event.id)
    there = upload(organiser).location
    assert "พร้อมนำเข้า 200" in text(organiser.get(there)) and len(read) == 1
    make_registrant(event, "ใหม่", "เข้ามา")
    organiser.get(there)
    assert len(read) == 2, "somebody else came in meanwhile: the rows are compared anew"
    organiser.submit(f"{there}/apply")
    assert len(read) == 2 and people() == 201
    assert not [key for key in recent._lists if key[0] == event.id], "nothing of a settled list stays in memory"


def test_held_lists_are_few_short_and_soon_forgotten(app, monkeypatch):
    around = ([], "", [])
    keys = [recent.key_of(9, "a.xlsx", bytes([number]), {}) for number in range(4)]
    for key in keys[:3]:
        recent.keep(key, around, Prepared([], []))
    assert [recent.find(key, around) is not None for key in keys[:3]] == [False, True, True]
    assert recent.find(keys[2], ([], "", ["somebody"])) is None
    recent.keep(keys[3], around, Prepared([None] * (recent.MOST_ROWS + 1), []))
    assert recent.find(keys[3], around) is None
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + recent.KEPT + timedelta(minutes=1))
    assert recent.find(keys[2], around) is None


def test_the_result_says_how_many_of_the_list_wait_for_a_seat(organiser, event):
    event.seats = 150
    db.session.commit()
    there = upload(organiser).location
    organiser.submit(f"{there}/apply")
    page = text(organiser.get(there))
    assert "ที่นั่งเต็ม จึงลงบัญชีสำรอง 50 คน" in page
    assert "นำเข้าแล้ว 200 คน" in page
    waiting = select(func.count()).where(Registrant.standing == Standing.WAITING)
    assert db.session.scalar(waiting) == 50 == the_run().waiting


def test_a_list_with_nobody_new_says_so_and_what_is_left_to_correct(organiser):
    there = upload(organiser).location
    organiser.submit(f"{there}/apply")
    again = text(organiser.get(upload(organiser).location))
    assert "ไม่มีคนใหม่ให้เพิ่ม มีชื่ออยู่แล้ว 203 แถว ต้องแก้ 6 แถว" in again
