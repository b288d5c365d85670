"""``flask import-roster``."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from app.database import db
from app.registration.models import ImportRun, Registrant
from tests.conftest import FIXTURES
from tests.make import make_event

SENT = FIXTURES / "rayong_200_as_sent.xlsx"
EXPECTED = json.loads((FIXTURES / "rayong_200_as_sent.expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def run(app):
    make_event("rayong")
    runner = app.test_cli_runner()
    return lambda *options, event="rayong", file=SENT: runner.invoke(
        args=["import-roster", event, str(file), *options]
    )


def people():
    number = db.session.scalar(select(func.count()).select_from(Registrant))
    db.session.rollback()  # the command is another process: it must not wait for the test
    return number


def test_json_says_what_the_list_holds_and_writes_nothing(run):
    result = run("--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"good", "bad", "duplicates", "similar", "hidden"}
    assert found["good"] == EXPECTED["good_rows"]
    for ours, theirs in (("bad", "bad_rows"), ("duplicates", "duplicate_rows")):
        assert [(r["sheet"], r["row"]) for r in found[ours]] == [(r["sheet"], r["row"]) for r in EXPECTED[theirs]]
        assert all(row["reason"] for row in found[ours])
    assert people() == 0
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0
    assert "9900000000014" not in result.output


def test_apply_enters_the_good_rows_and_again_nobody(run):
    assert json.loads(run("--apply", "--json").stdout)["good"] == 200
    assert people() == 200
    again = json.loads(run("--apply", "--json").stdout)
    assert (again["good"], len(again["duplicates"]), len(again["bad"])) == (0, 203, 6)
    assert people() == 200


def test_without_json_the_result_is_for_reading(run):
    result = run()
    assert result.stdout.splitlines()[0] == "ใหม่ 200 · ต้องแก้ 6 · ซ้ำ 3 · คล้าย 0"
    assert "รายชื่อ\t204\t" in result.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("broken.xlsx", b"PK\x03\x04"),
        ("numbers.csv", "เดือน,ยอด\nมกราคม,5\n".encode()),
        ("formula.csv", "ชื่อ,นามสกุล,อำเภอ\n=A1,ใจดี,แกลง\n".encode()),
        ("missing.xlsx", None),
    ],
)
def test_an_unreadable_file_ends_with_2_and_a_sentence(run, tmp_path, name, content):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    result = run("--apply", "--json", file=file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert any("\u0e00" < letter < "\u0e7f" for letter in result.stderr)
    assert people() == 0


def test_an_unknown_event_ends_with_2(run):
    assert run(event="nowhere").exit_code == 2
