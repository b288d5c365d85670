"""``flask linkage-analyse``."""

from __future__ import annotations

import json

import pytest

from app import create_app
from tests.conftest import FIXTURES
from tests.exercises.linkage.nasty import NASTY
from tests.exercises.linkage.second import Second


def test_the_sample_gives_what_it_must(app):
    result = app.test_cli_runner().invoke(args=["linkage-analyse", str(FIXTURES / "linkage_rayong.json")])
    assert (result.exit_code, result.stderr) == (0, "")
    expected = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text(encoding="utf-8"))
    found = json.loads(result.stdout)
    assert found == expected and sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", NASTY)
def test_awkward_files_give_what_the_definitions_say(app, tmp_path, name):
    path = tmp_path / "exercise.json"
    path.write_text(json.dumps(NASTY[name], ensure_ascii=False), encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["linkage-analyse", str(path)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json.loads(json.dumps(Second(NASTY[name]).everything()))


def test_the_tangle_as_worked_out_on_paper(app, tmp_path):
    """A circle L1 → L3 → D2 → L1; what is a draft, returned, locked, merged or rejected does not count."""
    path = tmp_path / "tangle.json"
    path.write_text(json.dumps(NASTY["a tangle"], ensure_ascii=False), encoding="utf-8")
    found = json.loads(app.test_cli_runner().invoke(args=["linkage-analyse", str(path)]).stdout)
    assert found["counts"]["items"] == 12 and found["counts"]["needs"] == 2 and found["counts"]["anchors"] == 4
    assert found["coverage_matrix"]["V1"] == {"PG": 2, "P1": 3, "P2": 3, "P3": 2}
    assert found["coverage_matrix"]["D2"] == {"PG": 2, "P1": 3, "P2": 3, "P3": 2}, "round the circle and up"
    assert found["orphans"]["all"] == ["D4", "L7"] and found["orphans"]["detached"] == ["L8"]
    assert found["orphans"]["break_points"] == {"L8": ["N1"]}
    assert found["full_chain"]["strict"] == ["V1"], "V3 was answered by the district without a local project"
    assert found["budget"]["not_counted"] == ["L1"] and found["budget"]["gross_total"] == 1179.3
    assert found["budget"]["counted_total"] == 1079
    assert found["screening"]["items"]["L1"]["discuss"] == ["C1", "C2"] and "L2" not in found["screening"]["items"]
    assert found["dot_vote"]["equal_group_weight"] == [["L3", 0.5], ["L1", 0.2143], ["D1", 0.0]]


def test_an_unreadable_file_ends_with_2_and_a_sentence(app, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for path in (broken, tmp_path / "missing.json", tmp_path):
        result = app.test_cli_runner().invoke(args=["linkage-analyse", str(path)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert "ไฟล์" in result.stderr


def _sample_with(where: str, **changed: object) -> str:
    """The sample with the first of a list changed."""
    doc = json.loads((FIXTURES / "linkage_rayong.json").read_text(encoding="utf-8"))
    doc[where][0].update(changed)
    return json.dumps(doc)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),
        ("[]", "{ }"),
        ("{}", "meta"),
        ("[" * 100_000, "ลึกเกินไป"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1, "a": 2}', "ซ้ำกัน"),
        ("{" + " " * 9 * 1024**2, "เมกะไบต์"),
        (_sample_with("links", target="ไม่มี"), "ไม่มี"),
        (_sample_with("links", strength=4), "links[0].strength"),
        (_sample_with("links", id="k2"), "k2"),
        (_sample_with("items", level="ZZ"), "ZZ"),
        (_sample_with("items", budget=[{"amount": -1}]), "items[0].budget[0].amount"),
        (_sample_with("items", areas="2103"), "items[0].areas"),
        (_sample_with("reviews", scores={"C1": 4}), "คะแนนเต็ม"),
        (_sample_with("reviews", item="ไม่มี"), "ผลกลั่นกรอง"),
    ],
)
def test_a_bad_file_ends_with_2_one_sentence_and_an_empty_output(app, tmp_path, content, said):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["linkage-analyse", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and len(result.stderr.splitlines()) == 1


def test_it_needs_no_data_folder_and_other_commands_say_what_is_wrong(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "below"))
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    commands = create_app().test_cli_runner()
    result = commands.invoke(args=["linkage-analyse", str(FIXTURES / "linkage_rayong.json")])
    assert (result.exit_code, result.stderr) == (0, "")
    result = commands.invoke(args=["device-token", "rayong", "gate"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "DATA_DIR" in result.stderr
    monkeypatch.delenv("FLASK_RUN_FROM_CLI")
    with pytest.raises(OSError):
        create_app()
