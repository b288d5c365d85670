"""What an exercise may decide for itself, and what holds when it decides nothing."""

from __future__ import annotations

from fractions import Fraction

from app.exercises.linkage.analysis.settings import Criterion, Screening, Settings, read_settings
from app.exercises.linkage.analysis.similarity import dice, normalised_title, trigrams

ALL = {
    "anchor_level": "DIS",
    "anchor_kinds": ["goal"],
    "root_level": "TAM",
    "upward_link_types": ["supports"],
    "budget_kinds": ["activity"],
    "budget_not_counted_if_out_link": ["part_of"],
    "levels_in_use": ["TAM", "DIS"],
    "strict_levels": ["LOC"],
    "max_data_age_years": 2.5,
    "similarity": {"flag": 0.7, "watch": 0.4},
    "screening": {
        "scale_max": 4,
        "pass": 80,
        "revise": 60,
        "discuss_range": 1,
        "criteria": [{"code": "A", "weight": 0.1}, {"code": "B"}],
    },
}


def test_a_file_that_says_nothing_gets_the_definitions_values():
    kept = Settings(
        anchor_level="PRO",
        anchor_kinds=frozenset({"issue", "goal"}),
        root_level="VIL",
        upward_link_types=frozenset({"answered_by", "included_in", "escalated_to", "supports", "part_of"}),
        budget_kinds=frozenset({"project"}),
        not_counted_if_out_link=frozenset({"escalated_to", "included_in"}),
        levels_in_use=(),
        strict_levels=("LOC", "DIS"),
        max_data_age_years=3,
        flag_from=0.5,
        watch_from=0.35,
        screening=Screening(3, 70, 50, 2, tuple(Criterion(f"C{n}", 1) for n in (1, 2, 3, 4, 5))),
    )
    assert read_settings({}) == read_settings(dict.fromkeys(ALL)) == kept
    assert read_settings({"similarity": {}, "screening": {}}) == kept


def test_every_setting_of_a_file_is_read_exactly():
    criteria = (Criterion("A", Fraction(1, 10)), Criterion("B", 1))
    assert read_settings(ALL) == Settings(
        anchor_level="DIS",
        anchor_kinds=frozenset({"goal"}),
        root_level="TAM",
        upward_link_types=frozenset({"supports"}),
        budget_kinds=frozenset({"activity"}),
        not_counted_if_out_link=frozenset({"part_of"}),
        levels_in_use=("TAM", "DIS"),
        strict_levels=("LOC",),
        max_data_age_years=Fraction(5, 2),
        flag_from=0.7,
        watch_from=0.4,
        screening=Screening(4, 80, 60, 1, criteria),
    )


def test_titles_are_compared_by_their_letters_alone():
    assert normalised_title("  โครงการ ถนน หมู่ ๓ (คสล.)") == "ถนนหมู่3คสล"
    assert trigrams("กขค") == {"กขค"} and trigrams("กข") == frozenset()
    assert dice(frozenset(), frozenset()) == 0.0
    assert dice(frozenset("abc"), frozenset("bcdef")) == 0.5
