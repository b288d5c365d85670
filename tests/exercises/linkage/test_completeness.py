"""What keeps a group from handing in, and what only gets a yellow mark."""

from __future__ import annotations

from typing import Any

import pytest

from app.exercises.linkage.completeness import submit_gate, warnings
from app.exercises.linkage.group_work.sentences import SENTENCES, sentence_of

from .documents import document, item, link, reference, sample

GOOD = {
    "lead_agency": {"name": "อบต.", "sector": "local"},
    "budget": [{"fy_be": 2562, "amount": 1}],
    "output_target": "อบรม ๓๐ คน",
    "objective": "เพื่อให้รู้",
}


def _ready(**project: Any) -> dict[str, Any]:
    items = [item("v", "VIL", "need", group="G1"), reference("p")]
    items.append(item("l", "LOC", "project", **{"group": "G1", **GOOD, **project}))
    reason = {"rationale": "เพราะแก้ที่ต้นเหตุโดยตรง", "evidence": [{"title": "x", "data_year_be": 2561}]}
    return document(items, [link("v", "l", "answered_by", **reason), link("l", "p", **reason)])


def _codes(problems: list[Any]) -> list[str]:
    assert all("%(" not in sentence_of(problem) for problem in problems)
    return [problem.code for problem in problems]


def test_a_filled_in_group_may_hand_in_and_has_no_yellow_mark():
    assert submit_gate(_ready(), "G1") == []
    assert warnings(_ready()) == []


def test_an_empty_group_is_told_what_is_missing():
    codes = _codes(submit_gate(_ready(), "G2"))
    assert codes == ["too_few_needs", "too_few_projects", "too_few_upward_links"]


def test_a_template_may_ask_for_more():
    problems = submit_gate(_ready(), "G1", {"need": 3})
    assert [(p.code, p.params) for p in problems] == [("too_few_needs", {"least": 3, "have": 1})]


def test_a_project_needs_an_agency_money_or_none_and_a_target():
    bare = {"lead_agency": None, "budget": [], "output_target": " "}
    codes = _codes(submit_gate(_ready(**bare), "G1"))
    assert codes == ["lead_agency_missing", "budget_missing", "output_target_missing"]
    assert submit_gate(_ready(budget=[], no_budget=True), "G1") == []


def test_a_target_without_a_number_must_be_meant():
    assert _codes(submit_gate(_ready(output_target="ปรับปรุงภูมิทัศน์"), "G1")) == ["output_target_without_number"]
    assert submit_gate(_ready(output_target="ปรับปรุงภูมิทัศน์", output_without_number=True), "G1") == []
    assert submit_gate(_ready(output_target="ปรับปรุงภูมิทัศน์ (ไม่มีตัวเลข)"), "G1") == []


def test_drafts_are_looked_at_and_rejected_cards_are_not():
    draft = _ready(status="draft", lead_agency=None)
    assert _codes(submit_gate(draft, "G1")) == ["lead_agency_missing"]
    assert _codes(submit_gate(_ready(status="rejected", lead_agency=None), "G1")) == [
        "too_few_projects",
        "too_few_upward_links",
    ]


def test_a_missing_reason_warns_and_does_not_keep_anyone_from_handing_in():
    bare = _ready()
    bare["links"][1]["rationale"] = "เพราะดี"
    assert _codes(warnings(bare)) == ["rationale_missing"]
    assert submit_gate(bare, "G1") == []
    bare["links"][1]["strength"] = 2
    assert _codes(warnings(bare)) == ["rationale_missing"], "half a help has its reason too"
    bare["links"][1]["strength"] = 1
    assert warnings(bare) == []


@pytest.mark.parametrize(("year", "marks"), [(2561, []), (2558, []), (2557, ["evidence_old"]), (None, [])])
def test_data_are_old_after_three_years(year, marks):
    assert _codes(warnings(_ready(evidence=[{"title": "จปฐ.", "data_year_be": year}]))) == marks


def test_links_of_reference_items_need_no_reason():
    base = document([reference("p"), reference("n", "NAT1")], [link("p", "n")])
    assert warnings(base) == []


def test_every_yellow_mark_of_a_project():
    marked = _ready(
        objective="",
        chain="VC1",
        budget=[{"fy_be": 2570, "amount": 600_000_000}],
        beyond_capacity=True,
        evidence=[{"title": "เก่า", "data_year_be": 2550}],
    )
    del marked["links"][0]
    assert _codes(warnings(marked)) == [
        "project_without_need",
        "objective_missing",
        "stage_missing",
        "budget_very_large",
        "budget_year_outside_plan",
        "beyond_capacity_not_passed_on",
        "evidence_old",
    ]


def test_a_reason_for_not_passing_on_is_enough():
    assert warnings(_ready(beyond_capacity=True, not_escalated_because="ใช้เงินสะสมได้")) == []


def test_linking_to_everything_is_marked():
    base = _ready()
    base["items"] += [reference(f"p{n}") for n in range(3)]
    base["links"] += [link("l", f"p{n}", strength=1) for n in range(3)]
    assert _codes(warnings(base)) == ["too_many_upward_links"]


def test_a_strong_link_needs_something_to_stand_on():
    base = _ready()
    for one in base["links"]:
        one["evidence"] = []
    assert _codes(warnings(base)) == ["strong_without_evidence"] * 2


def test_the_sample_has_the_marks_a_reader_finds():
    found = {(p.code, p.item) for p in warnings(sample())}
    assert {("project_without_need", "L9"), ("evidence_old", "V4"), ("goal_without_indicator", "D4")} <= found
    assert not [p for g in ("G1", "G2", "G3") for p in submit_gate(sample(), g)]
    assert {p.code for p in warnings(sample(), "G3")} <= SENTENCES.keys()
