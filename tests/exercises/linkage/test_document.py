"""Reading an exercise file: what is read, and the sentence for what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document import reading
from app.exercises.linkage.document.reading import DocumentUnreadable, load_document
from tests.conftest import FIXTURES

from .documents import sample


def _bytes(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _refusal(raw: bytes) -> str:
    with pytest.raises(DocumentUnreadable) as caught:
        load_document(raw)
    return str(caught.value.sentence)


def test_the_sample_is_read_from_a_path_and_from_bytes_with_a_byte_order_mark():
    path = FIXTURES / "linkage_rayong.json"
    assert load_document(path) == load_document(str(path)) == load_document(b"\xef\xbb\xbf" + path.read_bytes())


def test_keys_nobody_knows_are_kept():
    document = sample()
    document["items"][0]["fvct_code"] = "010101V01F01"
    document["later"] = {"x": [1]}
    assert load_document(_bytes(document)) == document


def test_a_missing_file_is_told_by_its_name(tmp_path: Path):
    with pytest.raises(DocumentUnreadable, match="ไม่มี.json"):
        load_document(tmp_path / "ไม่มี.json")
    with pytest.raises(DocumentUnreadable):
        load_document(tmp_path)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "JSON"),
        (b"{", "บรรทัด 1"),
        ("สวัสดี".encode("tis-620"), "UTF-8"),
        (b"[" * 200_000, "ลึก"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "ลึก"),
        (b'{"meta": NaN}', "NaN"),
        (b'{"meta": 1e999}', "1e999"),
        (b'{"meta": -Infinity}', "Infinity"),
        (b'{"meta": ' + b"9" * 5000 + b"}", "ยาวเกินไป"),
        (b'{"meta": {}, "meta": {}}', "ซ้ำ"),
        (b'{"x": "\\ud800"}', "เสียหาย"),
        (b'{"x\\u0000": 1}', "เสียหาย"),
        (b"[]", "{ }"),
        (b"null", "{ }"),
        (b"{}", "meta"),
    ],
)
def test_what_is_no_exercise_is_refused_with_a_reason(raw: bytes, word: str):
    assert word in _refusal(raw)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert "เมกะไบต์" in _refusal(b" " * 11)


def test_too_many_items_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MAX_ITEMS", 39)
    assert "items" in _refusal(_bytes(sample()))


FAULTS: list[tuple[str, Any, str]] = [
    ("items.0.id", "NS2", "ซ้ำกัน"),
    ("links.0.id", "k2", "ซ้ำกัน"),
    ("links.0.target", "L99", "“L99” ซึ่งไม่มีในไฟล์"),
    ("links.0.strength", 4, "links[0].strength"),
    ("links.0.strength", True, "1, 2"),
    ("items.0.level", "XXX", "“XXX”"),
    ("items.0.kind", 5, "items[0].kind"),
    ("items.0.id", "", "items[0].id"),
    ("items.21.budget.0.amount", -1, "ติดลบ"),
    ("items.21.budget.0.amount", "2,500,000", "ตัวเลข"),
    ("items.21.budget.0.amount", 10**15, "ตัวเลข"),
    ("items.21.budget", {}, "[ ]"),
    ("items.21.title_th", "ก" * 6000, "ยาวเกิน"),
    ("items.21.beyond_capacity", "yes", "true"),
    ("levels.0.rank", "10", "levels[0].rank"),
    ("reviews.0.item", "Z", "“Z”"),
    ("reviews.0.scores.C1", 9, "คะแนนเต็ม"),
    ("reviews.1.reviewer", "ผู้กลั่นกรอง1", "ซ้ำกัน"),
    ("dot_votes.by_group.G1.L2", -2, "ติดลบ"),
    ("settings.anchor_kinds", "issue", "[ ]"),
    ("meta.event_year_be", 2561.5, "จำนวนเต็ม"),
]


@pytest.mark.parametrize(("where", "value", "word"), FAULTS)
def test_a_fault_is_named_with_its_place(where: str, value: Any, word: str):
    document = sample()
    here: Any = document
    *way, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    for step in way:
        here = here[step]
    here[last] = value
    assert word in _refusal(_bytes(document))


@pytest.mark.parametrize("name", ["meta", "settings", "levels", "items", "links"])
def test_a_missing_part_is_named(name: str):
    document = sample()
    del document[name]
    assert name in _refusal(_bytes(document))


def test_a_vote_for_an_item_that_is_not_there_is_refused():
    document = sample()
    document["dot_votes"]["by_group"]["G1"]["ไม่มี"] = 1
    assert "ไม่มี" in _refusal(_bytes(document))


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_put_anywhere_is_analysed_or_refused_with_a_sentence(data: st.DataObject):
    """Swap any value of the sample for any other: never another kind of failure."""
    document = sample()
    here: Any = document
    while True:
        step = data.draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
        inside = here[step]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.integers(0, 4)) == 0:
            break
        here = inside
    here[step] = data.draw(_LEAVES)
    try:
        loaded = load_document(json.dumps(document).encode())
    except DocumentUnreadable as problem:
        assert str(problem.sentence)
    else:
        json.dumps(analyse(loaded), allow_nan=False)


@pytest.mark.parametrize("version", [1, None])
def test_a_file_of_this_version_is_read(version):
    assert load_document(json.dumps({"schema_version": version, **sample()}).encode())["items"]


@pytest.mark.parametrize("version", [2, 0, "1", True])
def test_a_file_of_another_version_is_refused_with_a_sentence(version):
    with pytest.raises(DocumentUnreadable) as refused:
        load_document(json.dumps({"schema_version": version, **sample()}).encode())
    assert "รุ่น" in str(refused.value.sentence)
