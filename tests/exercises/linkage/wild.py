"""Documents of the schema as nobody tuned for: parts missing, circles, odd areas, settings of their own."""

from __future__ import annotations

import random
from typing import Any

from .documents import KINDS_BY_LEVEL, LEVELS, SECTORS, TITLES, UPWARD

KINDS = ["need", "goal", "issue", "approach", "programme", "project", "project", "project", "activity"]
STATUSES = [None, "submitted", "passed", "conditional", "draft", "returned", "rejected", "merged", "locked", ""]
TYPES = [*UPWARD, *UPWARD, "feeds", "joint_with", "duplicates", "something_new"]
STAGES = ["upstream", "midstream", "downstream", "support", "elsewhere"]
WORDS = [*TITLES, "โครงการอบรมเกษตรกรผลิตทุเรียนคุณภาพ ตำบลกองดิน", "กก", "  โครงการปลูกป่าชายเลน", "๑๒๓ ถนน", ""]


def wild_document(seed: int) -> dict[str, Any]:
    """A small document drawn from a seed; every part may be absent."""
    dice = random.Random(seed)
    areas = [
        {"code": "2101", "th": "เมือง", "type": "district"},
        {"code": "2102"},
        {"code": "210101", "type": "tambon", "district": "2101"},
        {"code": "210201", "type": "tambon"},
        {"code": "X1", "type": "village", "parent": "210101"},
        {"code": "X2", "type": "village", "parent": "X3"},
        {"code": "X3", "type": "village", "parent": "X2"},
        {"code": "X4", "type": "tambon"},
    ]
    codes = [area["code"] for area in areas] + ["9999"]
    tame = dice.random() < 0.75  # like a real exercise in the main: levels, kinds and links that fit
    items = [_item(dice, n, codes, tame) for n in range(dice.choice([0, 1, 2, 9, 12, 16, 20]))]
    doc: dict[str, Any] = {
        "meta": dice.choice([{}, {"event_year_be": 2561}, {"event_year_be": None}]),
        "settings": _settings(dice),
        "levels": [{"code": code, "rank": rank} for code, rank in LEVELS.items()],
        "items": items,
        "links": _links(dice, items, tame),
    }
    optional: dict[str, Any] = {
        "areas": areas,
        "groups": [{"id": "G1", "district": "2101"}, {"id": "G2", "district": "2102"}, {"id": "G3"}],
        "chains": [{"id": "VC1"}, {"id": "VC2"}],
        "reviews": _reviews(dice, items),
        "dot_votes": dice.choice([None, {}, {"by_group": None}, {"by_group": _dots(dice, items)}]),
    }
    return doc | {name: part for name, part in optional.items() if dice.random() < 0.85}


def _item(dice: random.Random, number: int, codes: list[str], tame: bool) -> dict[str, Any]:
    level = dice.choice(["VIL", "LOC", "LOC", "DIS", "DIS", "PRO", "NAT1"] if tame else list(LEVELS))
    kind = dice.choice(KINDS_BY_LEVEL[level] if tame else KINDS)
    item: dict[str, Any] = {"id": f"{dice.choice('LVDP')}{number}", "level": level, "kind": kind}
    agency = {"name": "อบต.", "sector": dice.choice([*SECTORS, None, ""])}
    optional = {
        dice.choice(["title_th", "title", "title_en"]): dice.choice(WORDS),
        "origin": dice.choice(["group", "group", "facilitator", "merged", "imported", None]),
        "status": dice.choice(STATUSES[:4] if tame and dice.random() < 0.9 else STATUSES),
        "group": dice.choice(["G1", "G2", "G3", "G9", None]),
        "areas": dice.sample(codes, dice.randint(0, 2)),
        "chain": dice.choice(["VC1", "VC2", None, ""]),
        "stage": dice.choice([*STAGES, None]),
        "chains": [{"chain": dice.choice(["VC1", "VC2"]), "stage": dice.choice(STAGES)}],
        "beyond_capacity": dice.choice([True, False, None]),
        "lead_agency": dice.choice([agency, None, {}]),
        "partners": [{"sector": dice.choice(SECTORS)} for _ in range(dice.randint(0, 3))],
        "budget": [
            {
                "amount": dice.choice([0, 0.1, 333.33, 1_000_000, 10**12, None]),
                "source": dice.choice(["ก", "", None]),
            }
            for _ in range(dice.randint(0, 3))
        ],
        "evidence": [
            {
                "data_year_be": dice.choice([2550, 2558, 2561, 2570, None]),
                "type": dice.choice(["statistic", "past_evaluation", None]),
            }
            for _ in range(dice.randint(0, 2))
        ],
    }
    if LEVELS[level] >= 50 if tame and dice.random() < 0.9 else dice.random() < 0.15:
        optional["origin"] = "reference"
    return item | {name: value for name, value in optional.items() if dice.random() < 0.85}


def _links(dice: random.Random, items: list[dict[str, Any]], tame: bool) -> list[dict[str, Any]]:
    if not items:
        return []
    found = []
    for number in range(dice.randint(0, 3 * len(items))):
        ends = [dice.choice(items), dice.choice(items)]
        if tame and dice.random() < 0.95:
            ends.sort(key=lambda item: (LEVELS[item["level"]], item["id"]))
        link = {
            "id": f"k{number}",
            "source": ends[0]["id"],
            "target": ends[1]["id"],
            "type": dice.choice(TYPES if dice.random() < 0.5 else UPWARD),
        }
        if dice.random() < 0.8:
            link["strength"] = dice.choice([1, 2, 3, None])
        found.append(link)
    return found


def _settings(dice: random.Random) -> dict[str, Any]:
    optional = {
        "anchor_level": dice.choice(["PRO", "PRO", "DIS", None]),
        "anchor_kinds": dice.choice([["issue", "goal"], ["issue"], None]),
        "root_level": dice.choice(["VIL", "VIL", "TAM", None]),
        "upward_link_types": dice.choice([UPWARD, UPWARD[:3], None]),
        "budget_kinds": dice.choice([["project"], ["project", "activity"], None]),
        "budget_not_counted_if_out_link": dice.choice([["escalated_to"], [], None]),
        "levels_in_use": dice.choice([["VIL", "LOC", "DIS", "PRO", "NAT1"], ["VIL", "PRO", "ZZZ"], [], None]),
        "strict_levels": dice.choice([["LOC", "DIS"], ["DIS", "DIS"], [], ["VIL"], None]),
        "max_data_age_years": dice.choice([0, 3, 2.5, None]),
        "similarity": dice.choice([None, {}, {"flag": 0.3, "watch": 0.6}, {"flag": 0, "watch": 0}, {"flag": 0.9}]),
        "screening": dice.choice(
            [
                None,
                {},
                {"scale_max": 4, "pass": 60, "revise": 60, "discuss_range": 1},
                {"criteria": [{"code": "C1", "weight": 0}, {"code": "C2", "weight": 0.1}, {"code": "C3"}]},
                {"criteria": []},
            ]
        ),
    }
    return {name: value for name, value in optional.items() if dice.random() < 0.7}


def _reviews(dice: random.Random, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen = set()
    found = []
    for _ in range(dice.randint(0, 9) if items else 0):
        item, reviewer = dice.choice(items)["id"], dice.choice("กขค")
        if (item, reviewer) not in seen:
            seen.add((item, reviewer))
            scores = {f"C{n}": dice.choice([0, 1, 2, 3, 1.5, None]) for n in range(1, 7) if dice.random() < 0.6}
            found.append(
                {"item": item, "reviewer": reviewer, **dice.choice([{"scores": scores}, {"scores": scores}, {}])}
            )
    return found


def _dots(dice: random.Random, items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    ids = [item["id"] for item in items]
    return {
        group: {i: dice.choice([0, 1, 2.5, 7, None]) for i in dice.sample(ids, min(len(ids), dice.randint(0, 4)))}
        for group in dice.sample(["G1", "G2", "G3", "G9"], dice.randint(0, 4))
    }
