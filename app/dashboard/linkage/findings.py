"""What further pages show: likeness, neighbours, partners, scores, votes (A9 to A12, A16, A17)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.cross_district import opportunities
from app.exercises.linkage.analysis.overlap import paraphrase_candidates
from app.exercises.linkage.analysis.pracharat import BROAD, agency_load
from app.exercises.linkage.analysis.priority import shifts
from app.exercises.linkage.vocabulary import BANDS, OVERLAP, SECTORS, STAGES
from app.exercises.linkage.workbook.findings import agreement_reading

from .headline import Statistic, percent
from .reading import Reading, Thing, agency_key

MOST_ROWS = 100


@dataclass(frozen=True)
class Pair:
    """Two projects that may be one, or of one kind."""

    one: Thing
    other: Thing
    alike: str
    level: str
    kind: str
    is_same_place: bool


def alike(
    reading: Reading, decided: Collection[frozenset[str]] = ()
) -> tuple[list[Pair], list[tuple[Thing, Thing]], int]:
    """Pairs by their words, pairs by their aim, and how many of the first in all; without those decided on."""
    found = [row for row in reading.result["overlap"] if frozenset((row["a"], row["b"])) not in decided]
    pairs = [
        Pair(
            reading.thing(row["a"]),
            reading.thing(row["b"]),
            percent(row["dice"]),
            str(OVERLAP[row["level"]]),
            str(OVERLAP[row["cls"]]),
            row["cls"] == "likely_duplicate",
        )
        for row in found[:MOST_ROWS]
    ]
    others = paraphrase_candidates(reading.graph, reading.matrix, reading.result["overlap"])
    left = [pair for pair in others if frozenset(pair) not in decided][:MOST_ROWS]
    return pairs, [(reading.thing(a), reading.thing(b)) for a, b in left], len(found)


@dataclass(frozen=True)
class Places:
    """What joins districts, and where they could join but do not."""

    links: list[tuple[Thing, str, Thing]]
    shared: list[Thing]
    openings: list[tuple[str, list[tuple[str, tuple[str, ...]]]]]  # chain, (words, keys of its items)


def places(reading: Reading) -> Places:
    """Links between districts, items of several, and hand-overs that a chain suggests."""
    found = reading.result["cross_district"]
    links = {link["id"]: link for link in reading.graph.links}
    openings: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for one in opportunities(reading.graph):
        words = _(
            "%(a)s มี%(early)s → %(b)s มี%(late)s",
            a=reading.districts.get(one.source, one.source),
            early=STAGES[one.stage],
            b=reading.districts.get(one.target, one.target),
            late=STAGES[one.next_stage],
        )
        openings.setdefault(reading.chains.get(one.chain, one.chain), []).append((words, tuple(one)))
    return Places(
        [
            (reading.thing(links[k]["source"]), links[k].get("rationale") or "", reading.thing(links[k]["target"]))
            for k in found["links"]
        ],
        reading.things(found["multi_district_items"]),
        list(openings.items()),
    )


@dataclass(frozen=True)
class Partners:
    """How many sectors take part, who works alone, who leads most."""

    meaning: str
    by_sector: list[tuple[str, str, int]]  # key, name, projects
    alone: list[Thing]
    load: list[tuple[str, str, int]]
    broad: int
    agencies: int


def partners(reading: Reading) -> Partners:
    """Sectors by project and the agencies that lead."""
    found = reading.result["pracharat"]
    counted = {code: sum(code in own for own in found["sectors"].values()) for code in SECTORS}
    load = agency_load(reading.graph)
    meaning = _(
        "โครงการหนึ่งมีผู้ร่วมเฉลี่ย %(mean)s ภาคส่วน โครงการที่มีตั้งแต่ 3 ภาคส่วนขึ้นไป %(share)s",
        mean=thai_number(round(found["mean"], 2)),
        share=percent(found["share_3plus"]),
    )
    by_sector = [(code, str(SECTORS[code]), n) for code, n in counted.items()]
    busiest = [(agency_key(name), name, n) for name, n in load[:20]]
    broad = sum(len(own) >= BROAD for own in found["sectors"].values())
    return Partners(meaning, by_sector, reading.things(found["single_sector"]), busiest, broad, len(load))


@dataclass(frozen=True)
class Judged:
    """A screened item: its score, what it means, and where the reviewers should talk."""

    thing: Thing
    score: float | None
    band: str
    kind: str
    reviewers: int
    discuss: str


def judged(reading: Reading) -> list[Judged]:
    """Items to discuss first, then by score."""
    rows = reading.result["screening"]["items"]
    order = sorted(rows, key=lambda i: (not rows[i]["discuss"], -(rows[i]["score"] or 0), i))
    kinds = {"pass": "success", "revise": "warning", "fail": "danger"}
    return [
        Judged(
            reading.thing(code),
            row["score"],
            str(BANDS.get(row["band"] or "", "–")),
            kinds.get(row["band"] or "", ""),
            row["reviewers"],
            " ".join(row["discuss"]),
        )
        for code in order
        for row in [rows[code]]
    ]


def agreement(reading: Reading) -> list[Statistic]:
    """Each criterion with its alpha and what that says."""
    names = {
        c["code"]: c.get("th") or ""
        for c in ((reading.document.get("settings") or {}).get("screening") or {}).get("criteria") or ()
    }
    found = reading.result["screening"]["alpha_ordinal"]
    return [
        Statistic(
            _("ทุกข้อ") if code == "all" else f"{code} {names.get(code, '')}".strip(),
            "–" if value is None else str(value),
            agreement_reading(value),
            ("discuss", code),
        )
        for code, value in found.items()
    ]


@dataclass(frozen=True)
class Ranked:
    """An item's place by dots and with every group weighing the same."""

    place: int
    thing: Thing
    dots: str
    equal_place: int | None
    share: str
    moved: bool


def votes(reading: Reading) -> list[Ranked]:
    """Both orders side by side."""
    found = reading.result["dot_vote"]
    equal = {code: (n, share) for n, (code, share) in enumerate(found["equal_group_weight"], 1)}
    moved = {shift.item for shift in shifts(reading.graph)}
    rows = []
    for place, (code, dots) in enumerate(found["raw"][:MOST_ROWS], 1):
        other, share = equal.get(code, (None, 0.0))
        rows.append(Ranked(place, reading.thing(code), thai_number(dots), other, percent(share), code in moved))
    return rows
