"""What leaves the house of an exercise: a file that means the same elsewhere, and nobody's telephone number."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from app.database import db
from app.events.models import Role
from app.exercises.linkage import loading
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.reading import SCHEMA_VERSION, load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.exchange import graphml
from app.exercises.linkage.listed.models import ListedProject
from app.groups.models import Membership
from tests.conftest import FIXTURES
from tests.exercises.linkage.documents import document, item, sample
from tests.exercises.stage import make_stage
from tests.make import make_event, make_member, make_registrant
from tests.thai_pdf.reading import pdfium_text

NUMBER = "0812345678"
FILES = {
    "workbook": {},
    "file": {},
    "plan-book": {"format": "pdf"},
    "plan-book ": {"format": "docx"},
    "graph": {"format": "graphml"},
    "graph ": {"format": "nodes"},
    "graph  ": {"format": "edges"},
}


@pytest.fixture
def exercise(app):
    return create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))


@pytest.fixture
def organiser(exercise, client):
    client.sign_in(make_member(exercise.event, Role.ORGANISER))
    return client


def taken(organiser, exercise, path, sent):
    answer = organiser.submit(f"/events/kbo/documents/exercises/{exercise.public_id}/{path.strip()}", sent)
    assert answer.status_code == 200
    return answer.data


def words_of(data: bytes) -> str:
    """All text of a file, whatever it is."""
    if data.startswith(b"%PDF"):
        return " ".join(pdfium_text(data))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    return data.decode()


def test_the_file_of_an_exercise_is_read_as_a_new_one_with_the_same_analysis(exercise, organiser):
    written = load_document(taken(organiser, exercise, "file", {}))
    assert written["schema_version"] == SCHEMA_VERSION
    copied = create_from_document(make_event("other"), written)
    assert copied.public_id != exercise.public_id
    assert analyse(document_of(copied)) == analyse(document_of(exercise)) == analyse(written)


def test_the_workbook_is_taken_back_as_projects_to_pick_from_and_a_second_time_adds_nothing(exercise, organiser):
    data = taken(organiser, exercise, "workbook", {})
    stage = make_stage("another")
    user = make_member(stage.event, Role.ORGANISER, email="other@example.com")
    loaded = loading.load(stage.exercise, "workbook.xlsx", data, user)
    assert (loaded.added, loaded.problems) == ({"listed": 13, "chain": 2}, [])
    projects = {one["title_th"]: one for one in sample()["items"] if one["kind"] == "project"}
    for listed in db.session.query(ListedProject).all():
        project = projects.pop(listed.title)
        assert listed.fields["objective"] == project["objective"]
        assert listed.fields["output_target"] == project["output_target"]
        assert listed.fields["lead_name"] == project["lead_agency"]["name"]
        money = {line["fy_be"]: line["amount"] for line in project["budget"]}
        assert {line["fy_be"]: line["amount"] for line in listed.budget} == money
    assert not projects
    assert loading.load(stage.exercise, "workbook.xlsx", data, user).added == {}


def test_no_file_of_an_exercise_holds_a_telephone_number(exercise, organiser):
    person = make_registrant(exercise.event, "มะลิ", "ใจดี", phone=NUMBER)
    group = exercise.submissions[0].group
    db.session.add(Membership(grouping_id=group.grouping_id, group_id=group.id, registrant_id=person.id))
    db.session.commit()
    named = set()
    for path, sent in FILES.items():
        words = words_of(taken(organiser, exercise, path, sent))
        digits = "".join(letter for letter in words if letter not in "- ().")
        assert NUMBER not in digits and NUMBER[1:] not in digits, path
        if "มะลิ" in words:
            named.add(path)
    assert {"workbook", "plan-book "} <= named, "else the person was in none of them, and this proves nothing"


def test_graphml_is_well_formed_whatever_is_written_on_the_cards():
    odd = item("L1", "LOC", "project", title_th='<b>&"\x0b\ud83d\ude00]]>', group="G<1>&")
    root = ET.fromstring(graphml(document([odd, item("L<2>", "LOC", "project")])))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert root.tag == f"{space}graphml"
    assert [node.get("id") for node in root.iter(f"{space}node")] == ["L1", "L<2>"]
