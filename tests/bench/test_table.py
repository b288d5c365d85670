"""The table of ``make bench``: limits kept and missed are told apart, each module keeps its place in the page."""

from __future__ import annotations

from bench.__main__ import keep, table
from bench.figure import Figure, percentile


def test_a_missed_limit_says_so_in_both_directions():
    text = table(
        [Figure("fast", 10, 12, "ms"), Figure("many", 10, 12, "/s", at_least=True), Figure("none", 0, 0, "")]
    )
    fast, many, none = text.splitlines()[2:]
    assert "misses" in fast
    assert "≤ 10 ms" in fast
    assert "1.2" in fast
    assert "misses" not in many
    assert "≥ 10 /s" in many
    assert "misses" not in none


def test_a_module_measured_again_takes_its_own_place(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("# Performance\n\nWords.\n")
    keep("one", "first", page)
    keep("two", "second", page)
    keep("one", "third", page)
    text = page.read_text()
    assert "first" not in text
    assert text.index("Words.") < text.index("third") < text.index("second")
    assert text.count("bench:one") == 2


def test_percentiles_are_values_that_were_measured():
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7], 0.99) == 7
