"""The analyses a second time, from their definitions, in the plainest way: closures, loops, fractions.

Nothing is shared with the code under test. Where the definitions leave a choice, docs/decisions/0005 was followed.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from fractions import Fraction
from typing import Any

UPWARD = ["answered_by", "included_in", "escalated_to", "supports", "part_of"]
STAGES = ["upstream", "midstream", "downstream"]
IN_SCOPE = {None, "", "submitted", "passed", "conditional"}

Doc = dict[str, Any]


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def four(value: Fraction | float) -> float:
    return round(float(value), 4)


def share(part: Fraction | int, whole: Fraction | int) -> float:
    return four(Fraction(part) / whole) if whole else 0.0


def whole_or_float(amount: Fraction) -> float:
    return int(amount) if amount == int(amount) else float(amount)


class Second:
    """One document, everything worked out at once."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.settings = doc, doc.get("settings") or {}
        self.rank = {level["code"]: level["rank"] for level in doc["levels"]}
        self.nodes = {
            i["id"]: i for i in doc["items"] if i.get("origin") == "reference" or i.get("status") in IN_SCOPE
        }
        self.own = {i: n for i, n in self.nodes.items() if n.get("origin") != "reference"}
        self.links = [
            k
            for k in doc["links"]
            if k["source"] in self.nodes and k["target"] in self.nodes and k["source"] != k["target"]
        ]
        types = self._set("upward_link_types", UPWARD)
        self.up = [k for k in self.links if k["type"] in types]
        anchor_kinds = self._set("anchor_kinds", ["issue", "goal"])
        self.anchor_level = self._one("anchor_level", "PRO")
        self.anchors = sorted(
            i for i, n in self.nodes.items() if n["level"] == self.anchor_level and n["kind"] in anchor_kinds
        )
        root = self._one("root_level", "VIL")
        self.needs = sorted(i for i, n in self.own.items() if n["kind"] == "need" and n["level"] == root)
        self.projects = sorted(i for i, n in self.own.items() if n["kind"] == "project")
        self.strong = self._closure()

    def _one(self, name: str, default: Any) -> Any:
        return default if self.settings.get(name) is None else self.settings[name]

    def _set(self, name: str, default: list[str]) -> set[str]:
        return set(self._one(name, default))

    def _closure(self) -> dict[tuple[str, str], int]:
        """(from, to) → the best least strength of any way: relax until nothing gets better."""
        best: dict[tuple[str, str], int] = {}
        for k in self.up:
            ends = (k["source"], k["target"])
            best[ends] = max(best.get(ends, 0), k.get("strength") or 1)
        moved = True
        while moved:
            moved = False
            for (a, b), s in list(best.items()):
                for (c, d), t in list(best.items()):
                    if b == c and min(s, t) > best.get((a, d), 0):
                        best[a, d] = min(s, t)
                        moved = True
        return {ends: s for ends, s in best.items() if ends[0] != ends[1]}

    def leads(self, a: str, b: str) -> bool:
        return (a, b) in self.strong

    def leaves(self, item: str) -> bool:
        return any(k["source"] == item for k in self.up)

    # -- places -----------------------------------------------------------------------------------------

    def homes(self, item_id: str) -> set[str]:
        item = self.nodes[item_id]
        records = {a["code"]: a for a in self.doc.get("areas") or ()}
        if not item.get("areas"):
            groups = {g["id"]: g.get("district") for g in self.doc.get("groups") or ()}
            home = groups.get(item.get("group"))
            return {home} if home is not None and item.get("origin") != "reference" else set()
        return {d for code in item["areas"] if (d := self._district(code, records, 0)) is not None}

    def _district(self, code: str, records: dict[str, Doc], depth: int) -> str | None:
        if depth > len(records):
            return None
        if code not in records:
            return code
        if (records[code].get("type") or "district") == "district":
            return code
        parent = records[code].get("district") or records[code].get("parent")
        if parent is None:
            return code[:4] if code[:4] in records and code[:4] != code else None
        return self._district(parent, records, depth + 1)

    def stages(self, item_id: str) -> set[tuple[str, str]]:
        item = self.nodes[item_id]
        pairs = [item, *(item.get("chains") or ())]
        return {(p["chain"], p["stage"]) for p in pairs if p.get("chain") and p.get("stage")}

    # -- the answers, in the order of the file ------------------------------------------------------------

    def everything(self) -> Doc:
        names = (
            *("counts", "coverage_matrix", "coverage_by_anchor", "orphans", "projects_without_need"),
            *("beyond_capacity_not_escalated", "goal_support", "unsupported_goals", "full_chain", "value_chain"),
            *("overlap", "cross_district", "budget", "evidence", "pracharat", "screening", "dot_vote"),
        )
        return {name: getattr(self, name)() for name in names}

    def counts(self) -> Doc:
        levels, kinds = {}, {}
        for n in self.own.values():
            levels[n["level"]] = levels.get(n["level"], 0) + 1
        mine = [k for k in self.links if k["source"] in self.own]
        for k in mine:
            kinds[k["type"]] = kinds.get(k["type"], 0) + 1
        return {
            "items": len(self.own),
            "links": len(mine),
            "reference_items": len(self.nodes) - len(self.own),
            "projects": len(self.projects),
            "needs": len(self.needs),
            "anchors": len(self.anchors),
            "by_level": levels,
            "links_by_type": kinds,
        }

    def coverage_matrix(self) -> Doc:
        rows = {i: {g: self.strong[i, g] for g in self.anchors if self.leads(i, g)} for i in self.own}
        return {i: row for i, row in rows.items() if row}

    def coverage_by_anchor(self) -> Doc:
        return {
            g: {
                "projects": sum(self.leads(p, g) for p in self.projects),
                "needs": sum(self.leads(n, g) for n in self.needs),
                "direct_links": sum(k["target"] == g and k["source"] in self.own for k in self.up),
                "districts": sorted({d for p in self.projects if self.leads(p, g) for d in self.homes(p)}),
            }
            for g in self.anchors
        }

    def orphans(self) -> Doc:
        top = self.rank.get(self.anchor_level, 0)
        below = sorted(i for i, n in self.own.items() if self.rank[n["level"]] < top)
        bare = [i for i in below if not self.leaves(i)]
        lost = [i for i in below if self.leaves(i) and not any(self.leads(i, g) for g in self.anchors)]

        def kind(wanted: str) -> list[str]:
            return [i for i in bare if self.own[i]["kind"] == wanted]

        return {
            "all": bare,
            "unanswered_needs": kind("need"),
            "orphan_projects": kind("project"),
            "orphan_goals": kind("goal"),
            "detached": lost,
            "break_points": {
                i: sorted(j for j in self.nodes if self.leads(i, j) and not self.leaves(j)) for i in lost
            },
            "rate": share(len(bare), len(below)),
            "not_reaching_rate": share(len(bare) + len(lost), len(below)),
        }

    def projects_without_need(self) -> list[str]:
        needs = [i for i, n in self.nodes.items() if n["kind"] == "need"]
        return [p for p in self.projects if not any(self.leads(n, p) for n in needs)]

    def beyond_capacity_not_escalated(self) -> list[str]:
        passed = {k["source"] for k in self.links if k["type"] == "escalated_to"}
        return sorted(i for i, n in self.own.items() if n.get("beyond_capacity") and i not in passed)

    def goal_support(self) -> Doc:
        goals = {i for i, n in self.nodes.items() if n["kind"] == "goal" and n["level"] == "DIS"}
        found = {}
        for g in goals | set(self.anchors):
            under = {i for i in self.nodes if self.leads(i, g)}
            if not under:
                found[g] = "none"
            elif not under & set(self.projects):
                found[g] = "no_project"
            else:
                found[g] = "grounded" if under & set(self.needs) else "no_need"
        return found

    def unsupported_goals(self) -> list[str]:
        return sorted(g for g, kind in self.goal_support().items() if kind in ("none", "no_project"))

    def full_chain(self) -> Doc:
        loose = [n for n in self.needs if any(self.leads(n, g) for g in self.anchors)]
        arrivals = {n: self._strict(n) for n in self.needs}
        strict = [n for n in self.needs if arrivals[n]]
        served = sorted({g for found in arrivals.values() for g in found})
        nation = [n for n in self.needs if any(self.leads(n, i) for i in self.nodes if self._level(i) == "NAT1")]
        return {
            "needs": len(self.needs),
            "loose": loose,
            "strict": strict,
            "loose_rate": share(len(loose), len(self.needs)),
            "strict_rate": share(len(strict), len(self.needs)),
            "national_rate": share(len(nation), len(self.needs)),
            "anchors_with_strict_chain": served,
            "anchor_rate": share(len(served), len(self.anchors)),
            "skip_level_links": sorted(k["id"] for k in self.up if k["source"] in self.own and self._skips(k)),
        }

    def _level(self, item: str) -> str:
        return self.nodes[item]["level"]

    def _strict(self, need: str) -> set[str]:
        """Anchors at the end of a walk that has stood on every wanted level."""
        wanted = frozenset(self._one("strict_levels", ["LOC", "DIS"]))
        states = {(need, wanted - {self._level(need)})}
        while True:
            more = {
                (k["target"], left - {self._level(k["target"])})
                for here, left in states
                for k in self.up
                if k["source"] == here
            }
            if more <= states:
                break
            states |= more
        arrived = {
            (k["target"], left - {self._level(k["target"])})
            for here, left in states
            for k in self.up
            if k["source"] == here
        }
        return {here for here, left in arrived if not left and here in self.anchors}

    def _skips(self, k: Doc) -> bool:
        used = self.settings.get("levels_in_use") or {n["level"] for n in self.nodes.values()}
        low, high = self.rank[self._level(k["source"])], self.rank[self._level(k["target"])]
        return any(low < self.rank[code] < high for code in used if code in self.rank)

    # -- money --------------------------------------------------------------------------------------------

    def _purse(self, item: Doc) -> Fraction:
        return sum((exact(line.get("amount") or 0) for line in item.get("budget") or ()), Fraction(0))

    def _money(self) -> tuple[dict[str, Fraction], set[str]]:
        kinds = self._set("budget_kinds", ["project"])
        types = self._set("budget_not_counted_if_out_link", ["escalated_to", "included_in"])
        purse = {i: self._purse(n) for i, n in self.own.items() if n["kind"] in kinds}
        double = {
            k["source"]
            for k in self.links
            if k["type"] in types and purse.get(k["source"], 0) > 0 and purse.get(k["target"], 0) > 0
        }
        return purse, double

    def _counted(self) -> dict[str, Fraction]:
        purse, double = self._money()
        return {i: b for i, b in purse.items() if b > 0 and i not in double}

    def budget(self) -> Doc:
        purse, double = self._money()
        counted, matrix = self._counted(), self.coverage_matrix()
        by_anchor = {g: Fraction(0) for g in self.anchors}
        lost = Fraction(0)
        sources: dict[str, Fraction] = {}
        for i, baht in counted.items():
            row = matrix.get(i, {})
            for g, c in row.items():
                by_anchor[g] += baht * Fraction(c, sum(row.values()))
            if not row:
                lost += baht
            for line in self.own[i].get("budget") or ():
                name = line.get("source") or "ไม่ระบุ"
                sources[name] = sources.get(name, Fraction(0)) + exact(line.get("amount") or 0)
        aligned = sum(by_anchor.values())
        hhi = sum((b / aligned) ** 2 for b in by_anchor.values()) if aligned else 0
        return {
            "gross_total": whole_or_float(sum(purse.values(), Fraction(0))),
            "counted_total": whole_or_float(sum(counted.values(), Fraction(0))),
            "not_counted": sorted(double),
            "by_anchor": {g: float(b) for g, b in by_anchor.items()},
            "unaligned": float(lost),
            "unaligned_share": share(lost, sum(counted.values(), Fraction(0))),
            "hhi": four(hhi),
            "effective_goals": four(1 / hhi) if hhi else 0.0,
            "top_share": four(max(by_anchor.values()) / aligned) if aligned else 0.0,
            "by_source": {name: whole_or_float(b) for name, b in sources.items()},
        }

    def value_chain(self) -> Doc:
        found = {}
        for chain in self.doc.get("chains") or ():
            on = {s: {i for i in self.own if (chain["id"], s) in self.stages(i)} for s in STAGES}
            homes = {d for ids in on.values() for i in ids for d in self.homes(i)}
            found[chain["id"]] = {
                "all": self._whole_chain(on),
                "by_district": {
                    d: self._sizes({s: {i for i in ids if d in self.homes(i)} for s, ids in on.items()})
                    for d in homes
                },
            }
        return found

    def _sizes(self, on: dict[str, set[str]]) -> Doc:
        return {"count": {s: len(ids) for s, ids in on.items()}, "missing": [s for s in STAGES if not on[s]]}

    def _whole_chain(self, on: dict[str, set[str]]) -> Doc:
        counted = self._counted()
        money = {s: sum((counted.get(i, Fraction(0)) for i in ids), Fraction(0)) for s, ids in on.items()}
        feeds = [(k["source"], k["target"]) for k in self.links if k["type"] == "feeds"]
        return {
            **self._sizes(on),
            "budget": {s: whole_or_float(b) for s, b in money.items()},
            "balance_count": _evenness([Fraction(len(on[s])) for s in STAGES]),
            "balance_budget": _evenness([money[s] for s in STAGES]),
            "unlinked_adjacent": [
                [a, b]
                for a, b in (("upstream", "midstream"), ("midstream", "downstream"))
                if on[a] and on[b] and not any(s in on[a] and t in on[b] for s, t in feeds)
            ],
        }

    def overlap(self) -> list[Doc]:
        limits = self.settings.get("similarity") or {}
        flag = 0.5 if limits.get("flag") is None else limits["flag"]
        watch = 0.35 if limits.get("watch") is None else limits["watch"]
        rows = []
        for p, q in itertools.combinations(self.projects, 2):
            one, other = self.own[p], self.own[q]
            if one.get("group") == other.get("group"):
                continue
            a, b = _grams(one), _grams(other)
            both = len(a) + len(b)
            alike = 2 * len([g for g in a if g in b]) / both if both else 0.0
            same = bool(self.stages(p) & self.stages(q))
            if not alike or not (alike >= flag or (alike >= watch and same)):
                continue
            here, there = self._areas(p), self._areas(q)
            near = not here or not there or bool(here & there)
            rows.append((-alike, p, q, same, "flag" if alike >= flag else "watch", near))
        return [
            {
                "a": p,
                "b": q,
                "dice": four(-alike),
                "same_chain_stage": same,
                "level": level,
                "cls": "likely_duplicate" if near else "same_type_other_area",
            }
            for alike, p, q, same, level, near in sorted(rows)
        ]

    def _areas(self, item: str) -> set[str]:
        return set(self.nodes[item].get("areas") or ()) or self.homes(item)

    def cross_district(self) -> Doc:
        ids, cells = [], {}
        for k in self.links:
            a, b = self.homes(k["source"]), self.homes(k["target"])
            if k["source"] in self.own and a and b and not a & b:
                ids.append(k["id"])
                for cell in itertools.product(a, b):
                    cells["->".join(cell)] = cells.get("->".join(cell), 0) + 1
        several = sorted(i for i in self.own if len(self.homes(i)) > 1)
        return {"links": sorted(ids), "matrix": cells, "multi_district_items": several}

    def evidence(self) -> Doc:
        year, most = (self.doc.get("meta") or {}).get("event_year_be"), self._one("max_data_age_years", 3)
        rows = [(i, row) for i, n in self.own.items() for row in n.get("evidence") or ()]
        dated = [(i, r) for i, r in rows if year is not None and r.get("data_year_be") is not None]
        fresh = [i for i, r in dated if year - r["data_year_be"] <= most]
        having = {i for i, _row in rows}
        return {
            "n": len(rows),
            "current": len(fresh),
            "current_rate": share(len(fresh), len(rows)),
            "items_with_evidence": len(having),
            "stale_items": sorted({i for i, r in dated if year - r["data_year_be"] > most}),
            "past_evaluation_items": sorted({i for i, r in rows if r.get("type") == "past_evaluation"}),
            "needs_without_evidence": sorted(
                i for i, n in self.own.items() if n["kind"] == "need" and i not in having
            ),
        }

    def pracharat(self) -> Doc:
        sectors = {}
        for p in self.projects:
            agencies = [self.own[p].get("lead_agency") or {}, *(self.own[p].get("partners") or ())]
            sectors[p] = sorted({a["sector"] for a in agencies if a.get("sector")})
        return {
            "sectors": sectors,
            "mean": share(sum(len(s) for s in sectors.values()), len(sectors)),
            "share_3plus": share(sum(len(s) >= 3 for s in sectors.values()), len(sectors)),
            "single_sector": sorted(p for p, s in sectors.items() if len(s) == 1),
        }

    def screening(self) -> Doc:
        given = self.settings.get("screening") or {}

        def setting(name: str, default: float) -> Fraction:
            return exact(default if given.get(name) is None else given[name])

        listed = given.get("criteria")
        if listed is None:
            listed = [{"code": f"C{n}"} for n in range(1, 6)]
        weight = {c["code"]: exact(1 if c.get("weight") is None else c["weight"]) for c in listed}
        items, units = {}, {code: [] for code in weight}
        reviews = [r for r in self.doc.get("reviews") or () if r["item"] in self.own]
        for item in {r["item"] for r in reviews}:
            mine = [r for r in reviews if r["item"] == item]
            scores = {
                c: [exact(r["scores"][c]) for r in mine if (r.get("scores") or {}).get(c) is not None]
                for c in weight
            }
            scores = {c: found for c, found in scores.items() if found}
            full = setting("scale_max", 3) * sum(weight[c] for c in scores)
            points = sum(weight[c] * sum(found) / len(found) for c, found in scores.items())
            total = 100 * points / full if full else None
            band = None
            if total is not None:
                passing, revising = setting("pass", 70), setting("revise", 50)
                band = "pass" if total >= passing else "revise" if total >= revising else "fail"
            items[item] = {
                "reviewers": len({r["reviewer"] for r in mine}),
                "mean": {c: four(sum(found) / len(found)) for c, found in scores.items()},
                "score": None if total is None else round(float(total), 2),
                "band": band,
                "discuss": [c for c, f in scores.items() if max(f) - min(f) >= setting("discuss_range", 2)],
            }
            for c, found in scores.items():
                units[c].append(found)
        alpha = {c: _alpha(units[c]) for c in weight}
        alpha["all"] = _alpha([unit for c in weight for unit in units[c]])
        return {"items": items, "alpha_ordinal": alpha}

    def dot_vote(self) -> Doc:
        ballots = (self.doc.get("dot_votes") or {}).get("by_group") or {}
        raw: dict[str, Fraction] = {}
        equal: dict[str, Fraction] = {}
        cast = {g: sum(exact(d or 0) for d in votes.values()) for g, votes in ballots.items()}
        voting = [g for g in ballots if cast[g]]
        for g, votes in ballots.items():
            for i, dots in votes.items():
                if i in self.own:
                    raw[i] = raw.get(i, Fraction(0)) + exact(dots or 0)
                    if g in voting:
                        equal[i] = equal.get(i, Fraction(0)) + exact(dots or 0) / cast[g] / len(voting)

        def ranked(values: dict[str, Fraction]) -> list[tuple[str, Fraction]]:
            return sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))

        return {
            "raw": [[i, whole_or_float(v)] for i, v in ranked(raw)],
            "equal_group_weight": [[i, four(v)] for i, v in ranked(equal)],
        }


def _evenness(amounts: list[Fraction]) -> float:
    whole = sum(amounts)
    if not whole:
        return 0.0
    parts = [float(a / whole) for a in amounts if a]
    return four(abs(-sum(p * math.log(p) for p in parts) / math.log(3)))


def _grams(item: Doc) -> set[str]:
    words = unicodedata.normalize("NFC", item.get("title_th") or item.get("title") or item.get("title_en") or "")
    for thai, arabic in zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True):
        words = words.replace(thai, arabic)
    words = words.lstrip()
    for lead in ("โครงการ", "กิจกรรม"):
        if words.startswith(lead):
            words = words[len(lead) :]
            break
    kept = [c for c in words if unicodedata.category(c)[0] in ("L", "M", "N")]
    return {"".join(kept[n : n + 3]) for n in range(len(kept) - 2)}


def _alpha(units: list[list[Fraction]]) -> float | None:
    """Observed over expected disagreement, pair by pair, by ranks of the values."""
    units = [u for u in units if len(u) > 1]
    values = [v for u in units for v in u]
    if len(set(values)) < 2:
        return None

    def apart(a: Fraction, b: Fraction) -> Fraction:
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in values)
        return (between - Fraction(values.count(a) + values.count(b), 2)) ** 2

    seen = sum(sum(apart(a, b) for a, b in itertools.permutations(u, 2)) / (len(u) - 1) for u in units)
    chance = Fraction(sum(apart(a, b) for a, b in itertools.permutations(values, 2)), len(values) - 1)
    return four(1 - seen / chance)
