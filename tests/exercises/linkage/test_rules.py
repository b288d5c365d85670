"""What may join what, and the circle that may not be closed."""

from __future__ import annotations

import pytest

from app.exercises.linkage.group_work.sentences import SENTENCES, sentence_of
from app.exercises.linkage.rules import (
    block_problems,
    chain_pairs,
    check_item,
    check_link,
    cycle_path,
    link_ends,
    title_of,
)

from .documents import LEVELS, document, item, link, reference, sample

NEED = item("v", "VIL", "need")
LOCAL = item("l", "LOC", "project")
OTHER = item("m", "LOC", "project")
DISTRICT = item("d", "DIS", "project")
GOAL = item("g", "DIS", "goal")
ISSUE = reference("p")
ACTIVITY = item("a", "LOC", "activity")


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        (NEED, LOCAL, "answered_by"),
        (NEED, GOAL, "answered_by"),
        (LOCAL, DISTRICT, "included_in"),
        (LOCAL, DISTRICT, "escalated_to"),
        (LOCAL, item("pp", "PRO", "goal"), "escalated_to"),
        (DISTRICT, GOAL, "supports"),
        (GOAL, ISSUE, "supports"),
        (ACTIVITY, LOCAL, "part_of"),
        (LOCAL, DISTRICT, "joint_with"),
    ],
)
def test_what_the_plans_allow_may_be_joined(source, target, kind):
    assert check_link(source, target, kind, LEVELS, []) is None


@pytest.mark.parametrize(
    ("source", "target", "kind", "code"),
    [
        (LOCAL, LOCAL, "supports", "link_to_itself"),
        (NEED, ISSUE, "answered_by", "kinds_do_not_join"),
        (LOCAL, OTHER, "included_in", "levels_do_not_join"),
        (DISTRICT, item("pp", "PRO", "project"), "escalated_to", "levels_do_not_join"),
        (ISSUE, GOAL, "supports", "levels_do_not_join"),
        (LOCAL, item("cc", "CLU", "goal"), "escalated_to", "levels_do_not_join"),
        (ACTIVITY, DISTRICT, "part_of", "levels_do_not_join"),
        (ACTIVITY, GOAL, "part_of", "kinds_do_not_join"),
        (LOCAL, OTHER, "feeds", "stages_do_not_follow"),
        (LOCAL, OTHER, "duplicates", "facilitator_only"),
        (LOCAL, OTHER, "likes", "link_type_unknown"),
    ],
)
def test_what_they_do_not_allow_is_refused_in_a_sentence(source, target, kind, code):
    problem = check_link(source, target, kind, LEVELS, [])
    assert problem is not None and problem.code == code
    assert "%(" not in sentence_of(problem)


def test_a_feed_runs_to_the_same_stage_or_the_next_of_one_chain():
    def at(item_id: str, stage: str, chain: str = "VC1"):
        return item(item_id, "LOC", "project", chain=chain, stage=stage)

    up, mid, down = at("1", "upstream"), at("2", "midstream"), at("3", "downstream")
    assert check_link(up, mid, "feeds", LEVELS, []) is None
    assert check_link(up, at("4", "upstream"), "feeds", LEVELS, []) is None
    for source, target in ((up, down), (mid, up), (up, at("5", "midstream", "VC2"))):
        assert check_link(source, target, "feeds", LEVELS, []).code == "stages_do_not_follow"


def test_the_same_link_twice_is_refused_but_changing_it_is_not():
    there = link("l", "d", "included_in")
    assert check_link(LOCAL, DISTRICT, "included_in", LEVELS, [there]).code == "link_repeated"
    assert check_link(LOCAL, DISTRICT, "included_in", LEVELS, [there], link_id=there["id"]) is None
    assert check_link(LOCAL, DISTRICT, "escalated_to", LEVELS, [there]) is None


def test_a_link_without_direction_is_one_link_whichever_way_it_is_drawn():
    assert link_ends("m", "l", "joint_with") == ("l", "m")
    assert link_ends("m", "l", "feeds") == ("m", "l")
    assert check_link(LOCAL, OTHER, "joint_with", LEVELS, [link("m", "l", "joint_with")]).code == "link_repeated"


def test_a_circle_is_refused_with_the_titles_on_its_way():
    one, two, three = (item(str(n), "DIS", "goal", title_th=f"เป้าหมาย {n}") for n in (1, 2, 3))
    drawn = [link("1", "2"), link("2", "3"), link("3", "1", "feeds")]
    problem = check_link(three, one, "supports", LEVELS, drawn, titles={"2": two["title_th"]})
    assert problem is not None and problem.code == "cycle"
    assert problem.params["path"] == ["3", "1", "2", "3"]
    assert "“เป้าหมาย 3” → “เป้าหมาย 1” → “เป้าหมาย 2” → “เป้าหมาย 3”" in sentence_of(problem)


def test_links_outside_alignment_may_run_in_a_circle():
    drawn = [link("l", "m", "feeds")]
    one = {**LOCAL, "chain": "VC1", "stage": "upstream"}
    two = {**OTHER, "chain": "VC1", "stage": "upstream"}
    assert check_link(two, one, "feeds", LEVELS, drawn) is None


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({**NEED, "title_th": "  "}, "title_empty"),
        ({**NEED, "kind": "wish"}, "kind_unknown"),
        ({**NEED, "level": "PRO"}, "kind_not_on_level"),
        ({**LOCAL, "budget": [{"amount": -1}]}, "budget_negative"),
    ],
)
def test_an_item_is_refused_for_four_reasons_only(broken, code):
    (problem,) = check_item(broken)
    assert problem.code == code and "%(" not in sentence_of(problem)


def test_the_sample_could_have_been_written_card_by_card():
    assert block_problems(sample()) == []


def test_a_document_is_told_of_every_link_it_should_not_hold():
    items = [item("g1", "DIS", "goal"), item("g2", "DIS", "goal"), NEED, ISSUE]
    links = [link("g1", "g2"), link("g2", "g1"), link("v", "p", "answered_by"), link("g1", "g2", id="again")]
    found = [(p.code, p.link) for p in block_problems(document(items, links))]
    assert found == [
        ("cycle", "g2-supports-g1"),
        ("kinds_do_not_join", "v-answered_by-p"),
        ("link_repeated", "again"),
    ]


def test_links_of_reference_items_are_the_organisers_affair():
    items = [reference("p"), reference("q", "NAT1")]
    assert block_problems(document(items, [link("p", "q", "answered_by")])) == []


def test_every_sentence_is_thai_and_ends_in_no_full_stop():
    for code, sentence in SENTENCES.items():
        assert any("ก" <= letter <= "ฮ" for letter in str(sentence)), code
        assert not str(sentence).endswith("."), code


def test_a_problem_of_a_link_names_both_ends_in_words():
    problem = check_link(item("L1", "LOC", "project"), reference("P1"), "answered_by", LEVELS, [])
    assert problem is not None
    assert problem.params["source_title"] == "เรื่องL1"
    assert problem.params["target_title"] == "เรื่องP1"


def test_a_chain_without_a_stage_is_a_pair_still():
    assert chain_pairs({"chain": "VC1"}) == {("VC1", None)}
    assert chain_pairs({"stage": "upstream"}) == {(None, "upstream")}
    assert chain_pairs({}) == set()


# -- edges -------------------------------------------------------------------------------------------------


def test_no_money_and_half_a_baht_are_no_debts():
    for amount in (0, None, 0.5):
        assert check_item({**LOCAL, "budget": [{"amount": amount}]}) == []
    assert check_item({**LOCAL, "budget": [{}]}) == []


def test_the_title_is_taken_in_the_language_it_was_written_in():
    assert title_of({"title_th": "ไทย", "title": "plain", "title_en": "English"}) == "ไทย"
    assert title_of({"title_th": "", "title": "plain", "title_en": "English"}) == "plain"
    assert title_of({"title_en": "English"}) == "English"
    assert title_of({}) == ""


def test_the_next_rank_is_higher_however_close():
    levels = {"LOC": 1, "DIS": 2}
    assert check_link(LOCAL, DISTRICT, "included_in", levels, []) is None
    assert check_link(LOCAL, GOAL, "supports", levels, []) is None


def test_a_link_changed_into_one_that_is_there_is_refused():
    drawn = [link("l", "d", "included_in"), link("l", "g", id="mine")]
    assert check_link(LOCAL, DISTRICT, "included_in", LEVELS, drawn, link_id="mine").code == "link_repeated"


def test_pairs_of_chain_and_stage_come_from_the_list_too():
    listed = {"chains": [{"chain": "VC1", "stage": "upstream"}, {"chain": "VC2"}], "chain": "VC3"}
    assert chain_pairs(listed) == {("VC1", "upstream"), ("VC2", None), ("VC3", None)}


def test_of_circles_of_one_length_the_first_by_id_is_shown_and_none_is_an_empty_list():
    ways = [part for n in range(9) for part in (link("a", f"m{n}"), link(f"m{n}", "z"))]
    assert cycle_path("z", "a", ways) == ["z", "a", "m0", "z"]
    assert cycle_path("a", "z", ways) == []


def test_a_document_names_the_circle_and_both_ends_of_what_is_wrong():
    items = [item("g1", "DIS", "goal"), item("g2", "DIS", "goal"), NEED]
    links = [link("g1", "g2"), link("g2", "g1"), link("v", "v", "answered_by")]
    circle, wrong = block_problems(document(items, links))
    assert circle.params["path"] == ["g2", "g1", "g2"]
    assert circle.params["titles"] == ["เรื่องg2", "เรื่องg1", "เรื่องg2"]
    assert (circle.item, circle.params["source"], circle.params["target"]) == ("g2", "g2", "g1")
    assert (wrong.params["source"], wrong.params["target"], wrong.params["type"]) == ("v", "v", "answered_by")


def test_a_document_may_say_which_links_count_as_upward():
    items = [item("g1", "DIS", "goal"), item("g2", "DIS", "goal")]
    round_trip = document(items, [link("g1", "g2"), link("g2", "g1")])
    assert [p.code for p in block_problems({**round_trip, "settings": {"upward_link_types": ["part_of"]}})] == []
    for plain in ({}, {"upward_link_types": None}, None):
        assert [p.code for p in block_problems({**round_trip, "settings": plain})] == ["cycle"]


def test_a_document_may_hold_what_facilitators_drew_and_chains_that_run_round():
    one = item("a", "LOC", "project", chain="VC1", stage="upstream")
    two = item("b", "LOC", "project", chain="VC1", stage="upstream")
    links = [link("a", "b", "duplicates"), link("a", "b", "feeds"), link("b", "a", "feeds")]
    assert block_problems(document([one, two], links)) == []
