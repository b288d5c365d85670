"""A province-sized exercise drawn from a seed: 60 groups of 20 districts, about 1,700 items and 1,800 links."""

from __future__ import annotations

import random
from typing import Any

from .documents import document, item, link, reference

VERBS = ["ส่งเสริม", "พัฒนา", "ปรับปรุง", "อบรม", "ก่อสร้าง", "ฟื้นฟู", "จัดตั้ง", "สนับสนุน"]
THINGS = ["ผู้ปลูกข้าวหอมมะลิ", "แหล่งน้ำชุมชน", "ถนน คสล.", "ตลาดเกษตรกร", "ผู้สูงอายุ", "ป่าชุมชน", "ธนาคารขยะ", "ท่องเที่ยว"]
PLACES = ["บ้านหนองแวง", "บ้านโนนสูง", "ตำบลเหนือเมือง", "ลุ่มน้ำชี", "ทุ่งกุลา", "บ้านดอนกลาง", "หมู่ที่ 5", "ริมบึง"]
STAGES = ["upstream", "midstream", "downstream"]
SECTORS = ["state", "local", "private", "academic", "civil", "people"]


def large_document(
    seed: int = 1, groups: int = 60, needs: int = 10, projects: int = 14, goals: int = 4
) -> dict[str, Any]:
    """An exercise of so many groups with so many cards each, three groups a district."""
    dice = random.Random(seed)
    districts = [f"45{n:02d}" for n in range(1, (groups + 2) // 3 + 1)]
    items = [reference(f"NS{n}", "NAT1") for n in range(1, 7)] + [reference(f"P{n}") for n in range(1, 6)]
    links = [link(f"P{n}", f"NS{n}") for n in range(1, 6)]
    for group in range(groups):
        own = _Cards(dice, f"G{group + 1}", districts[group // 3])
        own.write(needs, projects, goals)
        items += own.items
        links += own.links
    return document(
        items,
        links,
        groups=[{"id": f"G{n + 1}", "name": f"กลุ่ม {n + 1}", "district": districts[n // 3]} for n in range(groups)],
        areas=[{"code": code, "th": f"อำเภอ {code}", "type": "district"} for code in districts],
        chains=[{"id": "VC1", "th": "ข้าวหอมมะลิ"}, {"id": "VC2", "th": "ท่องเที่ยว"}],
        reviews=_reviews(dice, items),
        dot_votes={"by_group": _dots(dice, items)},
    )


class _Cards:
    """The cards and links of one group."""

    def __init__(self, dice: random.Random, group: str, district: str) -> None:
        self.dice, self.group, self.district = dice, group, district
        self.items: list[dict[str, Any]] = []
        self.links: list[dict[str, Any]] = []

    def write(self, needs: int, projects: int, goals: int) -> None:
        wanted = [self._add("V", n, "VIL", "need") for n in range(needs)]
        made = [self._add("L", n, "LOC", "project", **self._project()) for n in range(projects - 2)]
        big = [self._add("D", n, "DIS", "project", **self._project()) for n in range(2)]
        aims = [self._add("T", n, "DIS", "goal") for n in range(goals)]
        for need in wanted:
            self._link(need, made + big, "answered_by", 0.9)
        for project in made:
            self._link(project, aims, "supports", 0.85)
            self._link(project, big, "escalated_to", 0.1)
        for project in big:
            self._link(project, aims, "supports", 0.9)
        for aim in aims:
            self._link(aim, [f"P{n}" for n in range(1, 6)], "supports", 0.9)
        self._link(made[0], made[1:], "feeds", 0.5)

    def _add(self, letter: str, number: int, level: str, kind: str, **more: Any) -> str:
        item_id = f"{self.group}-{letter}{number + 1}"
        words = [self.dice.choice(part) for part in (VERBS, THINGS, PLACES)]
        place = f"หมู่ที่ {self.dice.randint(1, 20)} ต.{_place_name(self.dice)}"
        title = ("โครงการ" if kind == "project" else "") + "".join(words) + place
        evidence = [{"title": "จปฐ.", "type": "survey", "data_year_be": self.dice.randint(2555, 2561)}]
        self.items.append(
            item(
                item_id,
                level,
                kind,
                **{"title_th": title, "group": self.group, "areas": [self.district], "evidence": evidence, **more},
            )
        )
        return item_id

    def _project(self) -> dict[str, Any]:
        agency = {"name": f"อบต.{self.dice.randint(1, 9)}", "sector": "local"}
        sectors = self.dice.sample(SECTORS, self.dice.randint(0, 3))
        return {
            "budget": [{"fy_be": 2562, "amount": self.dice.randint(1, 500) * 10_000, "source": "งบ อปท."}],
            "chain": self.dice.choice(["VC1", "VC2", None]),
            "stage": self.dice.choice(STAGES),
            "lead_agency": agency,
            "partners": [{"name": s, "sector": s} for s in sectors],
            "objective": "เพื่อให้ประชาชนมีรายได้",
            "output_target": "อบรม 30 คน",
        }

    def _link(self, source: str, targets: list[str], kind: str, chance: float) -> None:
        if self.dice.random() < chance:
            drawn = link(source, self.dice.choice(targets), kind, self.dice.randint(1, 3))
            self.links.append({**drawn, "rationale": "เพราะแก้ปัญหาที่ต้นเหตุ"})


def _place_name(dice: random.Random) -> str:
    syllables = ["หนอง", "โคก", "ดอน", "บึง", "แวง", "สูง", "เมือง", "แก้ว", "ทอง", "ยาง", "ไผ่", "นา", "โพธิ์", "สะอาด"]
    return "".join(dice.sample(syllables, 3))


def _reviews(dice: random.Random, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    projects = [one["id"] for one in items if one["kind"] == "project"]
    return [
        {"item": p, "reviewer": who, "scores": {f"C{n}": dice.randint(0, 3) for n in range(1, 6)}}
        for p in projects
        for who in ("ก", "ข", "ค")
    ]


def _dots(dice: random.Random, items: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    votes: dict[str, dict[str, int]] = {}
    for one in items:
        if one["kind"] == "project":
            votes.setdefault(one["group"], {})[one["id"]] = dice.randint(0, 9)
    return votes
