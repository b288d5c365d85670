"""Where the definitions leave two readings, the one that was chosen (docs/decisions/0005)."""

from __future__ import annotations

from typing import Any

from app.exercises.linkage.analysis import LinkageGraph, analyse
from app.exercises.linkage.analysis.coverage import best_path, coverage_matrix, district_matrix
from app.exercises.linkage.analysis.cross_district import Opportunity, opportunities
from app.exercises.linkage.analysis.full_chain import funnel
from app.exercises.linkage.analysis.overlap import overlap, paraphrase_candidates
from app.exercises.linkage.analysis.pracharat import agency_load
from app.exercises.linkage.analysis.priority import shifts
from app.exercises.linkage.analysis.similarity import normalised_title, similar_pairs

from .documents import document, item, link, reference, sample


def _project(item_id: str, baht: float | None = None, **more: Any) -> dict[str, Any]:
    lines = {} if baht is None else {"budget": [{"fy_be": 2562, "amount": baht, "source": "งบ อปท."}]}
    return item(item_id, "LOC", "project", **{"group": "G1", **lines, **more})


def test_an_empty_exercise_has_zeros_and_no_alpha():
    found = analyse(document([]))
    assert found["orphans"]["rate"] == found["full_chain"]["strict_rate"] == 0.0
    assert found["budget"]["hhi"] == found["budget"]["effective_goals"] == found["pracharat"]["mean"] == 0.0
    assert found["screening"]["alpha_ordinal"] == {
        "C1": None,
        "C2": None,
        "C3": None,
        "C4": None,
        "C5": None,
        "all": None,
    }
    assert found["value_chain"]["VC1"]["all"]["missing"] == ["upstream", "midstream", "downstream"]
    assert found["dot_vote"] == {"raw": [], "equal_group_weight": []}


def test_levels_and_anchors_are_the_files_own():
    base = document(
        [item("V", "VIL", "need"), item("D", "DIS", "project"), reference("C", "CLU", "goal")],
        [link("V", "D", "answered_by"), link("D", "C")],
    )
    base["settings"] = {**base["settings"], "anchor_level": "CLU", "strict_levels": ["DIS"]}
    base["settings"]["levels_in_use"] = ["VIL", "DIS", "PRO", "CLU"]
    found = analyse(base)
    assert found["coverage_matrix"] == {"V": {"C": 3}, "D": {"C": 3}}
    assert found["full_chain"]["strict"] == ["V"]
    assert found["full_chain"]["skip_level_links"] == ["D-supports-C"]


def test_a_level_nobody_uses_is_not_skipped():
    base = document([item("V", "VIL", "need"), _project("L")], [link("V", "L", "answered_by")])
    assert analyse(base)["full_chain"]["skip_level_links"] == []
    base["settings"] = {**base["settings"], "levels_in_use": ["VIL", "TAM", "LOC", "DIS", "PRO"]}
    assert analyse(base)["full_chain"]["skip_level_links"] == ["V-answered_by-L"]


def test_an_item_without_areas_lies_in_its_groups_district():
    found = analyse(document([_project("L", group="G2"), reference("P")], [link("L", "P")]))
    assert found["coverage_by_anchor"]["P"]["districts"] == ["2104"]


def test_a_tambon_counts_for_its_district():
    base = document([_project("L", areas=["210301", "2104"]), reference("P")], [link("L", "P")])
    base["areas"] = [*base["areas"], {"code": "210301", "type": "tambon", "parent": "2103"}]
    found = analyse(base)
    assert found["coverage_by_anchor"]["P"]["districts"] == ["2103", "2104"]
    assert found["cross_district"]["multi_district_items"] == ["L"]


def test_a_goals_classes_need_a_project_and_a_village_need():
    items = [reference(p) for p in ("P1", "P2", "P3", "P4")]
    items += [item("D", "DIS", "goal"), _project("La"), _project("Lb"), item("V", "VIL", "need")]
    links = [link("D", "P2"), link("La", "P3"), link("Lb", "P4"), link("V", "Lb", "answered_by")]
    found = analyse(document(items, links))
    assert found["goal_support"] == {
        "P1": "none",
        "P2": "no_project",
        "P3": "no_need",
        "P4": "grounded",
        "D": "none",
    }
    assert found["unsupported_goals"] == ["D", "P1", "P2"]


def test_money_handed_on_counts_once_and_only_where_the_receiver_has_money():
    items = [_project("La", 100), _project("Lb", 50), _project("Lc", 0)]
    items += [item("D", "DIS", "project", budget=[{"amount": 300}]), item("E", "DIS", "project")]
    links = [link("La", "D", "escalated_to"), link("Lb", "E", "included_in"), link("Lc", "D", "escalated_to")]
    found = analyse(document(items, links))["budget"]
    assert (found["gross_total"], found["counted_total"], found["not_counted"]) == (450, 350, ["La"])
    assert found["by_source"] == {"งบ อปท.": 50, "ไม่ระบุ": 300}


def test_thirds_of_a_baht_are_kept():
    links = [link("L", "P1", strength=1), link("L", "P2", strength=2)]
    found = analyse(document([_project("L", 100), reference("P1"), reference("P2")], links))["budget"]
    assert abs(found["by_anchor"]["P1"] - 100 / 3) < 1e-9
    assert sum(found["by_anchor"].values()) + found["unaligned"] == 100


def test_several_chains_of_one_project_count_in_each():
    pairs = [{"chain": "VC1", "stage": "upstream"}, {"chain": "VC2", "stage": "downstream"}]
    base = document([_project("L", chains=pairs)], chains=[{"id": "VC1"}, {"id": "VC2"}])
    found = analyse(base)["value_chain"]
    assert found["VC1"]["all"]["count"]["upstream"] == 1
    assert found["VC2"]["all"]["count"]["downstream"] == 1


def test_neighbouring_stages_without_a_feed_are_named():
    items = [
        _project("a", chain="VC1", stage="upstream"),
        _project("b", chain="VC1", stage="midstream"),
        _project("c", chain="VC1", stage="downstream"),
        _project("s", chain="VC1", stage="support"),
    ]
    found = analyse(document(items, [link("a", "b", "feeds")]))["value_chain"]["VC1"]["all"]
    assert found["unlinked_adjacent"] == [["midstream", "downstream"]]
    assert found["count"] == {"upstream": 1, "midstream": 1, "downstream": 1}
    assert found["balance_count"] == 1.0


def test_what_is_next_to_nothing_beside_the_rest_counts_as_nothing():
    items = [
        _project("a", chain="VC1", stage="upstream", budget=[{"amount": 10**13}]),
        _project("b", chain="VC1", stage="midstream", budget=[{"amount": 1e-320}]),
    ]
    assert analyse(document(items))["value_chain"]["VC1"]["all"]["balance_budget"] == 0


def test_overlap_asks_other_groups_only_and_tells_places_apart():
    same = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก"
    items = [
        _project("a", title_th=same, areas=["2103"]),
        _project("b", title_th=same, areas=["2103"]),
        _project("c", title_th=same, areas=["2104"], group="G2"),
        _project("d", title_th=same, areas=["2103"], group="G2"),
    ]
    found = [(row["a"], row["b"], row["cls"]) for row in analyse(document(items))["overlap"]]
    assert found == [
        ("a", "c", "same_type_other_area"),
        ("a", "d", "likely_duplicate"),
        ("b", "c", "same_type_other_area"),
        ("b", "d", "likely_duplicate"),
    ]


def test_a_likeness_between_the_thresholds_is_watched_on_one_stage_only():
    titles = {"title_th": "โครงการส่งเสริมอาชีพผู้สูงอายุ"}, {"title_th": "โครงการส่งเสริมอาชีพสตรี"}
    stage = {"chain": "VC1", "stage": "upstream"}
    alike = document([_project("a", **titles[0], **stage), _project("b", **titles[1], **stage, group="G2")])
    alike["settings"]["similarity"]["flag"] = 0.7
    assert [row["level"] for row in analyse(alike)["overlap"]] == ["watch"]
    alike["items"][0]["stage"] = "midstream"
    assert analyse(alike)["overlap"] == []


def test_titles_are_compared_without_the_word_project_and_with_arabic_digits():
    assert normalised_title("โครงการน้ำดื่ม หมู่ที่ ๕ (ระยะ 2)") == "น้ำดื่มหมู่ที่5ระยะ2"


def test_evidence_without_a_year_is_counted_but_neither_current_nor_old():
    rows = [{"title": "x"}, {"title": "y", "data_year_be": 2550}, {"title": "z", "data_year_be": 2561}]
    found = analyse(document([item("V", "VIL", "need", evidence=rows)]))["evidence"]
    assert (found["n"], found["current"], found["stale_items"]) == (3, 1, ["V"])


def test_criteria_nobody_scored_do_not_lower_the_score():
    base = document([_project("L")], reviews=[{"item": "L", "reviewer": "A", "scores": {"C1": 3, "C2": None}}])
    row = analyse(base)["screening"]["items"]["L"]
    assert row == {"reviewers": 1, "mean": {"C1": 3.0}, "score": 100.0, "band": "pass", "discuss": []}


def test_weights_move_the_score_and_far_apart_reviewers_are_told_to_talk():
    scores = [{"C1": 3, "C2": 0}, {"C1": 1, "C2": 0}]
    base = document([_project("L")])
    base["reviews"] = [{"item": "L", "reviewer": str(n), "scores": s} for n, s in enumerate(scores)]
    base["settings"]["screening"]["criteria"][0]["weight"] = 3
    row = analyse(base)["screening"]["items"]["L"]
    assert (row["score"], row["band"], row["discuss"]) == (50.0, "revise", ["C1"])


def test_groups_that_cast_no_dots_weigh_nothing():
    votes = {"G1": {"a": 3, "b": 1}, "G2": {}, "G3": {"b": 0}}
    found = analyse(document([_project("a"), _project("b")], dot_votes={"by_group": votes}))["dot_vote"]
    assert found == {"raw": [["a", 3], ["b", 1]], "equal_group_weight": [["a", 0.75], ["b", 0.25]]}


def test_break_points_may_lie_beside_the_province():
    items = [_project("L"), reference("N", "NAT1")]
    found = analyse(document(items, [link("L", "N")]))["orphans"]
    assert found["break_points"] == {"L": ["N"]}


def test_the_strongest_path_is_told_step_by_step():
    graph = LinkageGraph.from_document(sample())
    steps = best_path(graph, "V2", "P1")
    assert [step.target for step in steps] == ["D7", "D1", "P1"]
    assert best_path(graph, "V9", "P1") == []


def test_the_folded_matrix_and_the_other_lists_of_the_sample():
    graph = LinkageGraph.from_document(sample())
    matrix = coverage_matrix(graph)
    assert district_matrix(graph, matrix) == {"2103": {"P1": 3, "P2": 2, "P4": 2}, "2104": {"P1": 2, "P2": 2}}
    assert funnel(graph) == {"VIL": 10, "LOC": 9, "DIS": 8, "PRO": 7, "NAT1": 7}
    assert agency_load(graph)[0] == ("ทต.ปากน้ำประแส", 2)
    assert opportunities(graph) == []
    assert paraphrase_candidates(graph, matrix, overlap(graph)) == []
    assert shifts(graph) == []


def test_a_neighbours_missing_hand_over_is_an_opportunity():
    items = [
        _project("a", chain="VC1", stage="upstream", areas=["2103"]),
        _project("b", chain="VC1", stage="midstream", areas=["2104"]),
    ]
    graph = LinkageGraph.from_document(document(items))
    assert opportunities(graph) == [Opportunity("VC1", "2103", "upstream", "2104", "midstream")]


def test_pairs_come_smaller_id_first_and_just_alike_enough_belongs_to_them():
    """Two of four three-letter parts shared: exactly one half."""
    titles = {"b": "กขคง", "a": "กขคจ"}
    assert list(similar_pairs(titles, 0.5)) == [("a", "b", 0.5)]
    assert list(similar_pairs(titles, 0.51)) == []
