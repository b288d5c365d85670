"""Exercises written by hand to be awkward, each keeping the schema: what a file from another office may hold."""

from __future__ import annotations

from typing import Any

from .documents import LEVELS

Doc = dict[str, Any]

AREAS = [
    {"code": "2101"},
    {"code": "2102", "type": "district"},
    {"code": "210102", "type": "tambon", "district": "2101"},
]
GROUPS = [{"id": "G1", "district": "2101"}, {"id": "G2", "district": "2102"}, {"id": "G3"}]
ODD_IDS = ["ก→ข", '"คำพูด"', "<b>", "มี ช่องว่าง", "😀", "ค่า\u200b", "../x", "k,1", "a->b", "é", "e\u0301"]


def _doc(items: list[Doc], links: list[Doc], **more: Any) -> Doc:
    levels = [{"code": code, "rank": rank} for code, rank in LEVELS.items()]
    return {
        "meta": {"event_year_be": 2561},
        "settings": {},
        "levels": levels,
        "items": items,
        "links": links,
        **more,
    }


def _item(item_id: str, level: str = "LOC", kind: str = "project", **more: Any) -> Doc:
    return {"id": item_id, "level": level, "kind": kind, "origin": "group", **more}


def _given(item_id: str, level: str = "PRO", kind: str = "issue") -> Doc:
    return _item(item_id, level, kind) | {"origin": "reference"}


def _link(number: str, source: str, target: str, kind: str = "supports", strength: int | None = None) -> Doc:
    found: Doc = {"id": number, "source": source, "target": target, "type": kind}
    return found if strength is None else {**found, "strength": strength}


def _tangle_items() -> list[Doc]:
    two_lines = [{"amount": 100.1}, {"amount": 0.2, "source": "ก"}]
    stages = [("VC1", "upstream"), ("VC1", "downstream"), ("VC2", "midstream")]
    return [
        _item("V1", "VIL", "need", group="G1"),
        _item("V2", "VIL", "need", group="G2", status="draft"),
        _item("V3", "VIL", "need", status="passed") | {"origin": "facilitator"},
        _item("T1", "TAM", "need", group="G1"),
        _item(
            "L1",
            status="submitted",
            group="G1",
            budget=two_lines,
            chain="VC1",
            stage="upstream",
            chains=[{"chain": chain, "stage": stage} for chain, stage in stages],
            title_th="โครงการ ขุดลอกคลอง หมู่ ๓",
            beyond_capacity=True,
        ),
        _item("L2", status="returned", group="G2", budget=[{"amount": 50}], title_th="ขุดลอกคลอง หมู่ 3"),
        _item(
            "L3",
            status="conditional",
            group="G2",
            budget=[{"amount": 70}],
            title_th="กิจกรรมขุดลอกคลอง  หมู่ 3!",
            areas=["210102", "2199"],
            chain="VC1",
            stage="upstream",
        ),
        _item("L4", status="locked", budget=[{"amount": 70}]),
        _item("L5", status="merged"),
        _item("L6", status="rejected"),
        _item("L7", group="G1", budget=[{"amount": 0}], title_th="กำ"),
        _item("L8", group="G3", title_th="กํา"),
        _item(
            "D1",
            "DIS",
            budget=[{"amount": 1000, "source": ""}],
            partners=[{"sector": "state"}, {"sector": "state"}, {"name": "x"}],
            areas=["2101", "2102"],
        )
        | {"origin": "merged"},
        _item("D2", "DIS", "goal", group="G1"),
        _given("D3", "DIS", "goal"),
        _item("D4", "DIS", "goal"),
        _item("PX", "PRO", budget=[{"amount": 9}]),
        _item("PG", "PRO", "goal", group="G2"),
        *(_given(one) for one in ("P1", "P2", "P3")),
        _given("N1", "NAT1"),
        _given("C1", "CLU"),
        _given("M1", "NAT2"),
    ]


def _tangle_links() -> list[Doc]:
    """A circle, a link to itself, two links between the same two, links at items that do not count."""
    return [
        _link("k1", "V1", "L1", "answered_by", 3),
        _link("k1b", "V1", "L1", "answered_by", 1),
        _link("k2", "V2", "L1", "answered_by", 3),
        _link("k3", "L1", "L3", strength=2),
        _link("k4", "L3", "D2", strength=3),
        _link("k5", "D2", "L1", strength=3),
        _link("k6", "D2", "P1", strength=1),
        _link("k7", "L1", "P1", strength=2),
        _link("k8", "L3", "L3"),
        _link("k9", "L1", "D1", "escalated_to", 3),
        _link("k10", "D1", "D4", strength=3),
        _link("k11", "V3", "D1", "answered_by"),
        _link("k12", "T1", "D1", "answered_by", 2),
        _link("k13", "D1", "P2", strength=3),
        _link("k14", "P1", "C1", strength=3),
        _link("k15", "C1", "M1", strength=2),
        _link("k16", "M1", "N1", strength=3),
        _link("k17", "PG", "P3", strength=2),
        _link("k18", "PX", "PG", strength=3),
        _link("k19", "L7", "L8", "feeds", 3),
        _link("k20", "L1", "L3", "feeds", 3),
        _link("k21", "L3", "L1", "feeds"),
        _link("k22", "D2", "PG", strength=2),
        _link("k23", "L2", "P3", strength=3),
        _link("k24", "P2", "P1", strength=3),
        _link("k25", "L8", "L7", "joint_with"),
        _link("k26", "L8", "M1", strength=1),
    ]


def _tangle() -> Doc:
    scores: list[tuple[str, str, Doc]] = [
        ("L1", "ก", {"C1": 3, "C2": 0, "C3": None}),
        ("L1", "ข", {"C1": 1, "C2": 2}),
        ("L3", "ก", {"C1": 2, "C2": 1, "C9": 3}),
        ("L3", "ข", {"C1": 2, "C2": 1}),
        ("L2", "ก", {"C1": 0}),
        ("L2", "ข", {"C1": 3}),
        ("L7", "ก", {}),
        ("D2", "ค", {"C5": 3}),
    ]
    reviews = [{"item": item, "reviewer": who, "scores": given} for item, who, given in scores]
    return _doc(
        _tangle_items(),
        _tangle_links(),
        groups=GROUPS,
        areas=AREAS,
        chains=[{"id": "VC1"}, {"id": "VC2"}, {"id": "VC3"}],
        reviews=[*reviews, {"item": "L8", "reviewer": "ก"}],
        dot_votes={"by_group": {"G1": {"L1": 3, "L2": 4}, "G2": {"L3": 1, "D1": 0}, "G3": {}, "G4": {"L1": 0}}},
    )


OTHER_SETTINGS = {
    "anchor_level": "CLU",
    "anchor_kinds": ["issue"],
    "root_level": "TAM",
    "upward_link_types": ["supports", "answered_by"],
    "strict_levels": ["DIS", "PRO"],
    "levels_in_use": ["VIL", "TAM", "DIS", "PRO", "CLU"],
    "budget_kinds": ["project", "goal"],
    "budget_not_counted_if_out_link": [],
    "max_data_age_years": 0,
    "similarity": {"flag": 0.9, "watch": 0.1},
    "screening": {
        "scale_max": 5,
        "pass": 30,
        "revise": 10,
        "discuss_range": 1,
        "criteria": [{"code": "C2", "weight": 2.5}, {"code": "C1", "weight": 0}],
    },
}


def _unicode() -> Doc:
    cards = [
        _item(
            odd,
            group=("G1", "G2")[n % 2],
            title_th="โครงการเดียวกัน ทุกประการ",
            areas=[("2101", "2102")[n % 2]],
            budget=[{"amount": 1 / 3 if n == 3 else 1e12}],
        )
        for n, odd in enumerate(ODD_IDS)
    ]
    links = [_link(f"ล{n}", odd, "จ๑" if n % 3 else "จ๒", strength=1 + n % 3) for n, odd in enumerate(ODD_IDS)]
    links += [_link(f"ม{n}", odd, "จ๒", strength=2) for n, odd in enumerate(ODD_IDS[:4])]
    return _doc([*cards, _given("จ๑"), _given("จ๒")], links, groups=GROUPS, areas=AREAS)


def _bare_parts() -> Doc:
    bare = {"title_th": "", "title": "โครงการโครงการ", "origin": None, "status": "", "group": None, "areas": []}
    bare |= {"chain": "", "stage": "", "chains": [{}], "lead_agency": {}, "partners": [{}], "budget": [{}]}
    nothing = dict.fromkeys(("lead_agency", "partners", "budget", "evidence", "areas"))
    doc = _doc(
        [
            _item("1") | bare | {"evidence": [{}], "beyond_capacity": False},
            _item("2", title_en="โครงการโครงการ", group="G1", **nothing),
        ],
        [],
        groups=GROUPS,
    )
    return doc | {"settings": {"similarity": {}, "screening": {}, "levels_in_use": [], "anchor_kinds": []}}


NASTY: dict[str, Doc] = {
    "nothing at all": {"meta": {}, "settings": {}, "levels": [], "items": [], "links": []},
    "empty lists": _doc([], [], areas=[], groups=[], chains=[], reviews=[], dot_votes={"by_group": {}}),
    "null lists": _doc([], [], **dict.fromkeys(("areas", "groups", "chains", "reviews", "dot_votes"))),
    "one need": _doc([{"id": "V1", "level": "VIL", "kind": "need"}], []),
    "one issue": _doc([_given("P1")], []),
    "bare parts": _bare_parts(),
    "kinds and types nobody knows": _doc(
        [_item("1", kind="dream", extra={"a": [1]}), _given("P1")], [_link("k", "1", "P1", "whatever", 3)], more=1
    ),
    "a tangle": _tangle(),
    "a tangle under other settings": _tangle() | {"settings": OTHER_SETTINGS},
    "odd ids and one title": _unicode(),
}
