"""``flask export``: the same files as the web, whole or not at all."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from app.audit.models import AuditEntry
from app.database import db
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from tests.conftest import FIXTURES
from tests.make import make_event, make_registrant, unit_named
from tests.thai_pdf.reading import pdfium_text


@pytest.fixture
def event(app):
    event = make_event("kbo")
    make_registrant(event, "มะลิ", "ใจดี", unit=unit_named(event, "แกลง"), food="ฮาลาล", phone="0812345678")
    return event


@pytest.fixture
def run(app, tmp_path):
    def run(event, document, *options, out=None):
        path = out or tmp_path / "out"
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["export", event, document, "--out", str(path), *options])
        db.session.rollback()
        return result, path.read_bytes() if path.is_file() else None

    return run


def test_registrants_leave_as_they_came_in_and_the_food_stays(event, run):
    result, data = run("kbo", "registrants")
    assert (result.exit_code, result.stdout) == (0, "")
    row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1]
    assert (row[1], row[7], row[9]) == ("มะลิ", "0812345678", "")
    assert len(row[10]) == 20
    _result, data = run("kbo", "registrants", "--with-sensitive")
    assert "ฮาลาล" in data.decode("utf-8-sig")
    facts = [
        entry.facts["sensitive"] for entry in db.session.query(AuditEntry).filter_by(action="document.exported")
    ]
    assert facts == [False, True]


@pytest.mark.parametrize("document", ["badges", "sign-in-sheets"])
def test_paper_comes_as_one_pdf(event, run, document):
    result, data = run("kbo", document)
    assert result.exit_code == 0
    assert data.startswith(b"%PDF-")
    assert "มะลิ ใจดี" in " ".join(pdfium_text(data).split())


def test_a_check_point_can_be_chosen(event, run):
    afternoon = event.check_points[1]
    _result, data = run("kbo", "sign-in-sheets", "--check-point", afternoon.public_id)
    assert "ช่วงบ่าย" in pdfium_text(data)
    result, _data = run("kbo", "sign-in-sheets", "--check-point", "nothing")
    assert result.exit_code == 2


def test_the_exercise_and_its_workbook(event, run):
    first = create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    second = create_from_document(event, {**load_document(FIXTURES / "linkage_rayong.json"), "links": []})
    assert json.loads(run("kbo", "exercise")[1])["links"], "the first by default"
    assert json.loads(run("kbo", "exercise", "--exercise", second.public_id)[1])["links"] == []
    result, data = run("kbo", "workbook", "--exercise", first.public_id)
    assert result.exit_code == 0
    assert "โครงการ" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_the_plan_book_and_the_graph(event, run):
    create_from_document(event, load_document(FIXTURES / "linkage_rayong.json"))
    starts = {"plan-book": b"%PDF-", "plan-book-docx": b"PK", "graphml": b"<?xml", "nodes": b"\xef\xbb\xbf"}
    for document, start in {**starts, "edges": b"\xef\xbb\xbf"}.items():
        result, data = run("kbo", document)
        assert result.exit_code == 0, document
        assert data.startswith(start), document
    assert run("kbo", "plan-book", "--district", "9999")[0].exit_code == 2


@pytest.mark.parametrize(
    ("event_slug", "document", "options"),
    [
        ("nothing", "registrants", []),
        ("kbo", "exercise", []),
        ("kbo", "workbook", ["--exercise", "x"]),
        ("kbo", "poem", []),
    ],
)
def test_what_is_not_there_ends_with_2_a_sentence_and_no_file(event, run, tmp_path, event_slug, document, options):
    result, data = run(event_slug, document, *options)
    assert (result.exit_code, result.stdout, data) == (2, "", None)
    assert result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_a_sentence(event, run, tmp_path):
    result, _data = run("kbo", "registrants", out=tmp_path / "missing" / "list.csv")
    assert result.exit_code == 2
    assert "เขียนไฟล์" in result.stderr
    assert db.session.query(AuditEntry).filter_by(action="document.exported").count() == 0
