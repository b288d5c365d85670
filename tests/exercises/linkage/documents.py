"""Small exercise documents for tests: built by hand, or drawn at random by hypothesis."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from tests.conftest import FIXTURES

LEVELS = {"VIL": 10, "TAM": 20, "LOC": 30, "DIS": 40, "PRO": 50, "CLU": 60, "NAT2": 80, "NAT1": 90}
UPWARD = ["answered_by", "included_in", "escalated_to", "supports", "part_of"]
STAGES = ["upstream", "midstream", "downstream", "support"]
SECTORS = ["state", "local", "private", "academic", "civil", "people"]
KINDS_BY_LEVEL = {
    "VIL": ["need"],
    "TAM": ["project", "need"],
    "LOC": ["project", "activity", "goal"],
    "DIS": ["project", "goal", "programme"],
    "PRO": ["issue", "goal", "project"],
    "CLU": ["issue"],
    "NAT2": ["issue"],
    "NAT1": ["issue"],
}


def sample() -> dict[str, Any]:
    """The worked sample of Rayong."""
    return json.loads((FIXTURES / "linkage_rayong.json").read_text("utf-8"))


def expected() -> dict[str, Any]:
    """What every analysis of the sample must give."""
    return json.loads((FIXTURES / "linkage_rayong_expected.json").read_text("utf-8"))


def item(item_id: str, level: str, kind: str, **more: Any) -> dict[str, Any]:
    """An item of a group, with a title nobody else has."""
    return {"id": item_id, "level": level, "kind": kind, "title_th": f"เรื่อง{item_id}", "origin": "group", **more}


def reference(item_id: str, level: str = "PRO", kind: str = "issue", **more: Any) -> dict[str, Any]:
    """A given item of a higher plan."""
    return item(item_id, level, kind, **{"origin": "reference", **more})


def link(source: str, target: str, kind: str = "supports", strength: int = 3, **more: Any) -> dict[str, Any]:
    """A link whose id says what it joins."""
    return {
        "id": f"{source}-{kind}-{target}",
        "source": source,
        "target": target,
        "type": kind,
        "strength": strength,
        **more,
    }


def document(
    items: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    """A document with the sample's settings, two districts and one group in each."""
    base = sample()
    return {
        "meta": {"event_year_be": 2561, "plan_period_be": [2561, 2564]},
        "settings": base["settings"],
        "levels": base["levels"],
        "areas": base["areas"],
        "groups": [
            {"id": "G1", "name": "กลุ่ม 1", "district": "2103"},
            {"id": "G2", "name": "กลุ่ม 2", "district": "2104"},
        ],
        "chains": [{"id": "VC1", "th": "ทุเรียน"}],
        "items": items,
        "links": links or [],
        "reviews": [],
        "dot_votes": {"by_group": {}},
        **more,
    }


def with_link(before: dict[str, Any], *added: dict[str, Any]) -> dict[str, Any]:
    """The document with more links."""
    return {**before, "links": [*before["links"], *added]}


# -- at random -----------------------------------------------------------------------------------------

TITLES = [
    "โครงการอบรมเกษตรกรผลิตทุเรียนคุณภาพ",
    "โครงการอบรมเกษตรกรปลูกทุเรียนคุณภาพ",
    "กิจกรรมปลูกป่าชายเลน",
    "ก่อสร้างถนน คสล. หมู่ ๓",
    "ก่อสร้างถนน คสล. หมู่ 7",
    "น้ำ",
]


@st.composite
def _one_item(draw: st.DrawFn, number: int, kind: str | None = None) -> dict[str, Any]:
    level = draw(
        st.sampled_from([code for code, kinds in KINDS_BY_LEVEL.items() if kind is None or kind in kinds])
    )
    found: dict[str, Any] = {
        "id": f"i{number}",
        "level": level,
        "kind": kind or draw(st.sampled_from(KINDS_BY_LEVEL[level])),
        "title_th": draw(st.sampled_from(TITLES)),
    }
    if kind is None and LEVELS[level] >= 50 and draw(st.booleans()):
        return {**found, "origin": "reference"}
    statuses = [None, "submitted", "passed", "conditional", "draft", "rejected", "merged"]
    found |= {
        "origin": "group",
        "group": draw(st.sampled_from(["G1", "G2", None])),
        "areas": draw(st.lists(st.sampled_from(["2103", "2104"]), unique=True, max_size=2)),
        "status": draw(st.sampled_from(statuses)),
        "beyond_capacity": draw(st.booleans()),
        "evidence": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "data_year_be": st.sampled_from([None, 2550, 2558, 2561]),
                        "type": st.sampled_from(["statistic", "past_evaluation"]),
                    }
                ),
                max_size=2,
            )
        ),
    }
    if found["kind"] in ("project", "activity"):
        found |= draw(_project_fields())
    return found


@st.composite
def _project_fields(draw: st.DrawFn) -> dict[str, Any]:
    sectors = st.sampled_from(SECTORS)
    amounts = st.one_of(st.integers(0, 10_000_000), st.sampled_from([0.1, 1234.56, 333.33]))
    return {
        "budget": draw(
            st.lists(
                st.fixed_dictionaries(
                    {"amount": amounts, "source": st.sampled_from(["งบ อปท.", "งบจังหวัด", None])}
                ),
                max_size=3,
            )
        ),
        "chain": draw(st.sampled_from(["VC1", None])),
        "stage": draw(st.sampled_from(STAGES)),
        "lead_agency": draw(st.none() | st.fixed_dictionaries({"name": st.just("ก"), "sector": sectors})),
        "partners": draw(st.lists(st.fixed_dictionaries({"sector": sectors}), max_size=3)),
    }


@st.composite
def documents(draw: st.DrawFn, *, cycles: bool = False, most: int = 10, projects: int = 0) -> dict[str, Any]:
    """Any small exercise; alignment links rise or stay level and make no circle unless `cycles`.

    The first `projects` items are projects of groups, whatever the rest is.
    """
    items = [draw(_one_item(n, "project")) for n in range(projects)]
    items += [draw(_one_item(n)) for n in range(projects, draw(st.integers(projects, most)))]
    ids = [i["id"] for i in items]
    links: list[dict[str, Any]] = []
    if len(ids) > 1:
        wanted = st.tuples(
            st.sampled_from(ids),
            st.sampled_from(ids),
            st.sampled_from([*UPWARD, "feeds", "joint_with"]),
            st.integers(1, 3),
        )
        drawn = draw(st.lists(wanted, max_size=2 * most, unique_by=lambda w: w[:3]))
        height = {i["id"]: (LEVELS[i["level"]], n) for n, i in enumerate(items)}
        for source, target, kind, strength in drawn:
            rises = height[source] < height[target]
            if source != target and (rises or cycles or kind not in UPWARD):
                links.append(link(source, target, kind, strength))
    more: dict[str, Any] = {"reviews": draw(_reviews(ids)), "dot_votes": {"by_group": draw(_dots(ids))}}
    found = document(items, links, **more)
    found["settings"] = draw(_settings(found["settings"]))
    return found


@st.composite
def _settings(draw: st.DrawFn, base: dict[str, Any]) -> dict[str, Any]:
    found = copy.deepcopy(base)
    found["anchor_level"] = draw(st.sampled_from(["PRO", "PRO", "DIS"]))
    found["strict_levels"] = draw(st.sampled_from([["LOC", "DIS"], ["DIS"], [], ["TAM", "LOC", "DIS"]]))
    found["levels_in_use"] = draw(st.sampled_from([["VIL", "LOC", "DIS", "PRO", "NAT1"], list(LEVELS)]))
    found["screening"]["criteria"][0]["weight"] = draw(st.sampled_from([1, 2, 0.5]))
    return found


def _reviews(ids: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    if not ids:
        return st.just([])
    scores = st.dictionaries(st.sampled_from(["C1", "C2", "C3"]), st.none() | st.integers(0, 3))
    one = st.fixed_dictionaries(
        {"item": st.sampled_from(ids), "reviewer": st.sampled_from("ABC"), "scores": scores}
    )
    return st.lists(one, max_size=8, unique_by=lambda r: (r["item"], r["reviewer"]))


def _dots(ids: list[str]) -> st.SearchStrategy[dict[str, dict[str, int]]]:
    if not ids:
        return st.just({})
    votes = st.dictionaries(st.sampled_from(ids), st.integers(0, 5), max_size=4)
    return st.dictionaries(st.sampled_from(["G1", "G2"]), votes, max_size=2)
