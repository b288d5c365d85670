"""``flask linkage-analyse``."""

from __future__ import annotations

import json

from tests.conftest import FIXTURES


def test_the_sample_gives_what_it_must(app):
    result = app.test_cli_runner().invoke(args=["linkage-analyse", str(FIXTURES / "linkage_rayong.json")])
    assert (result.exit_code, result.stderr) == (0, "")
    expected = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text(encoding="utf-8"))
    assert sorted(json.loads(result.stdout)) == sorted(expected)


def test_an_unreadable_file_ends_with_2_and_a_sentence(app, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for path in (broken, tmp_path / "missing.json"):
        result = app.test_cli_runner().invoke(args=["linkage-analyse", str(path)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert "ไฟล์" in result.stderr
