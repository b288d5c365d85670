"""The worked sample of Rayong gives what was worked out for it, and only that."""

from __future__ import annotations

import subprocess
import sys

from app.exercises.linkage.analysis import Scope, analyse

from .documents import expected, sample


def test_every_value_of_the_sample_is_as_worked_out():
    assert analyse(sample()) == expected()


def test_draft_rejected_and_merged_items_do_not_count_and_take_their_links_with_them():
    document = sample()
    for one in document["items"]:
        if one["id"] == "D1":
            one["status"] = "draft"
    found = analyse(document)
    assert found["counts"]["items"] == 28
    assert "P1" not in found["coverage_matrix"].get("L2", {})
    assert found["orphans"]["orphan_projects"] == ["D2", "D7", "L10", "L2", "L3", "L7"]


def test_a_status_that_counts_and_no_status_are_the_same():
    document = sample()
    for one, status in zip(document["items"], ["submitted", "passed", "conditional", "", None] * 8, strict=True):
        one["status"] = status
    assert analyse(document) == expected()


def test_one_district_reports_its_items_over_everyones_paths():
    found = analyse(sample(), Scope(district="2104"))
    assert found["counts"]["items"] == 6
    assert found["coverage_matrix"] == {
        "V8": {"P1": 2},
        "V10": {"P2": 2},
        "L8": {"P1": 2},
        "L9": {"P1": 1},
        "D6": {"P1": 2},
        "D8": {"P2": 2},
    }
    assert found["goal_support"]["P1"] == "grounded"
    assert found["goal_support"]["P4"] == "none"  # what the neighbour has under it is the neighbour's


def test_one_chain_reports_its_projects_and_what_they_hang_on():
    found = analyse(sample(), Scope(chain="VC2"))
    assert sorted(found["coverage_matrix"]) == ["D3", "L4", "L5", "V4", "V5"]


def test_the_analyses_load_without_flask_and_without_numpy():
    """The package is pure; the agreement library comes only when scores are compared."""
    code = (
        "import sys, types, pathlib\n"
        "for name in ('app', 'app.exercises', 'app.exercises.linkage'):\n"
        "    sys.modules[name] = package = types.ModuleType(name)\n"
        "    package.__path__ = [str(pathlib.Path(*name.split('.')))]\n"
        "import app.exercises.linkage.analysis, app.exercises.linkage.completeness\n"
        "print(sorted({'flask', 'numpy', 'sqlalchemy', 'krippendorff'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
