"""The analyses against a second, naive computation that walks every simple path one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from math import isclose, log
from typing import Any

from hypothesis import HealthCheck, given, settings

from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.analysis.agreement import ordinal_alpha
from app.exercises.linkage.analysis.similarity import dice, similar_pairs, trigrams

from .documents import LEVELS, TITLES, UPWARD, documents

any_document = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

IN_SCOPE = (None, "submitted", "passed", "conditional")


class Naive:
    """Lists and loops only; nothing shared with the code under test."""

    def __init__(self, doc: dict[str, Any]) -> None:
        self.doc = doc
        self.items = [i for i in doc["items"] if i["origin"] == "reference" or i.get("status") in IN_SCOPE]
        self.by_id = {i["id"]: i for i in self.items}
        self.links = [k for k in doc["links"] if k["source"] in self.by_id and k["target"] in self.by_id]
        self.up = [k for k in self.links if k["type"] in UPWARD]
        self.own = [i for i in self.items if i["origin"] != "reference"]
        level = doc["settings"]["anchor_level"]
        self.anchors = [i["id"] for i in self.items if i["level"] == level and i["kind"] in ("issue", "goal")]
        self.top = LEVELS[level]
        self.paths = {i["id"]: list(self._walk([i["id"]], [])) for i in self.items}

    def _walk(self, nodes: list[str], used: list[dict[str, Any]]) -> Iterator[tuple[list[str], list[Any]]]:
        for k in self.up:
            if k["source"] == nodes[-1] and k["target"] not in nodes:
                yield nodes + [k["target"]], used + [k]
                yield from self._walk(nodes + [k["target"]], used + [k])

    def coverage(self, item_id: str) -> dict[str, int]:
        best: dict[str, int] = {}
        for nodes, used in self.paths[item_id]:
            if nodes[-1] in self.anchors:
                weakest = min(k["strength"] for k in used)
                best[nodes[-1]] = max(best.get(nodes[-1], 0), weakest)
        return best

    def leads_to(self, item_id: str) -> set[str]:
        return {nodes[-1] for nodes, _ in self.paths[item_id]}

    def under(self, item_id: str) -> set[str]:
        return {i for i in self.by_id if item_id in self.leads_to(i)}

    def budget(self, item: dict[str, Any]) -> float:
        return sum(line["amount"] for line in item.get("budget") or [])


@any_document
@given(documents())
def test_coverage_orphans_and_chains_agree(doc):
    found, naive = analyse(doc), Naive(doc)
    rows = {i["id"]: naive.coverage(i["id"]) for i in naive.own}
    assert found["coverage_matrix"] == {i: row for i, row in rows.items() if row}

    below = [i["id"] for i in naive.own if LEVELS[i["level"]] < naive.top]
    lonely = [i for i in below if not any(k["source"] == i for k in naive.up)]
    cut = [i for i in below if i not in lonely and not rows[i]]
    assert found["orphans"]["all"] == sorted(lonely)
    assert found["orphans"]["detached"] == sorted(cut)
    ends = {i for i in naive.by_id if not any(k["source"] == i for k in naive.up)}
    assert found["orphans"]["break_points"] == {i: sorted(naive.leads_to(i) & ends) for i in cut}

    needs = [i["id"] for i in naive.own if i["kind"] == "need" and i["level"] == "VIL"]
    wanted = set(doc["settings"]["strict_levels"])
    strict: dict[str, set[str]] = {n: set() for n in needs}
    for need in needs:
        for nodes, _ in naive.paths[need]:
            if nodes[-1] in naive.anchors and wanted <= {naive.by_id[n]["level"] for n in nodes}:
                strict[need].add(nodes[-1])
    chain = found["full_chain"]
    assert chain["loose"] == sorted(n for n in needs if rows[n])
    assert chain["strict"] == sorted(n for n in needs if strict[n])
    assert chain["anchors_with_strict_chain"] == sorted(set().union(*strict.values()))
    nation = [n for n in needs if any(naive.by_id[i]["level"] == "NAT1" for i in naive.leads_to(n))]
    assert isclose(chain["national_rate"], len(nation) / len(needs) if needs else 0, abs_tol=0.0001)


@any_document
@given(documents())
def test_support_needs_and_capacity_agree(doc):
    found, naive = analyse(doc), Naive(doc)
    projects = {i["id"] for i in naive.own if i["kind"] == "project"}
    village = {i["id"] for i in naive.own if i["kind"] == "need" and i["level"] == "VIL"}
    goals = {i["id"] for i in naive.items if i["kind"] == "goal" and i["level"] == "DIS"}
    classes = {}
    for goal in goals | set(naive.anchors):
        under = naive.under(goal)
        classes[goal] = (
            "none"
            if not under
            else "no_project"
            if not under & projects
            else "no_need"
            if not under & village
            else "grounded"
        )
    assert found["goal_support"] == classes
    needy = {i["id"] for i in naive.items if i["kind"] == "need"}
    assert found["projects_without_need"] == sorted(p for p in projects if not naive.under(p) & needy)
    handed = {k["source"] for k in naive.links if k["type"] == "escalated_to"}
    tired = [i["id"] for i in naive.own if i.get("beyond_capacity") and i["id"] not in handed]
    assert found["beyond_capacity_not_escalated"] == sorted(tired)


@any_document
@given(documents())
def test_money_agrees(doc):
    found, naive = analyse(doc)["budget"], Naive(doc)
    purse = {i["id"]: naive.budget(i) for i in naive.own if i["kind"] == "project"}
    doubled = {
        k["source"]
        for k in naive.links
        if k["type"] in ("escalated_to", "included_in")
        and purse.get(k["source"], 0) > 0
        and purse.get(k["target"], 0) > 0
    }
    counted = {i: baht for i, baht in purse.items() if baht > 0 and i not in doubled}
    assert found["not_counted"] == sorted(doubled)
    assert isclose(found["gross_total"], sum(purse.values()), abs_tol=0.001)
    assert isclose(found["counted_total"], sum(counted.values()), abs_tol=0.001)
    by_anchor = dict.fromkeys(naive.anchors, 0.0)
    lost = 0.0
    for project, baht in counted.items():
        row = naive.coverage(project)
        for anchor, covered in row.items():
            by_anchor[anchor] += baht * covered / sum(row.values())
        lost += 0 if row else baht
    assert found["by_anchor"].keys() == by_anchor.keys()
    assert all(isclose(found["by_anchor"][g], by_anchor[g], abs_tol=0.001) for g in by_anchor)
    assert isclose(found["unaligned"], lost, abs_tol=0.001)
    aligned = sum(by_anchor.values())
    index = sum((b / aligned) ** 2 for b in by_anchor.values()) if aligned else 0
    assert isclose(found["hhi"], index, abs_tol=0.0001)


@any_document
@given(documents())
def test_chains_scores_dots_and_overlap_agree(doc):
    found, naive = analyse(doc), Naive(doc)
    on_stage = Counter(i["stage"] for i in naive.own if i.get("chain") == "VC1")
    counts = [on_stage[s] for s in ("upstream", "midstream", "downstream")]
    total = sum(counts)
    even = -sum(c / total * log(c / total) for c in counts if c) / log(3) if total else 0
    chain = found["value_chain"]["VC1"]["all"]
    assert list(chain["count"].values()) == counts
    assert isclose(chain["balance_count"], even, abs_tol=0.0001)

    weights = {c["code"]: c["weight"] for c in doc["settings"]["screening"]["criteria"]}
    for item_id, row in found["screening"]["items"].items():
        given_scores = [r["scores"] for r in doc["reviews"] if r["item"] == item_id]
        points = full = 0.0
        for code, weight in weights.items():
            scores = [s[code] for s in given_scores if s.get(code) is not None]
            if scores:
                points += weight * sum(scores) / len(scores)
                full += weight * 3
        assert row["score"] is None if not full else isclose(row["score"], 100 * points / full, abs_tol=0.006)

    own = {i["id"] for i in naive.own}
    raw: Counter[str] = Counter()
    for votes in doc["dot_votes"]["by_group"].values():
        raw.update({i: dots for i, dots in votes.items() if i in own})
    pairs = sorted(raw.items(), key=lambda p: (-p[1], p[0]))
    assert found["dot_vote"]["raw"] == [list(p) for p in pairs]

    flagged = set()
    projects = [i for i in naive.own if i["kind"] == "project"]
    for p, q in permutations(projects, 2):
        if p["id"] < q["id"] and p["group"] != q["group"]:
            alike = float(dice(trigrams(p["title_th"]), trigrams(q["title_th"])))
            same = bool(p["chain"]) and (p["chain"], p["stage"]) == (q["chain"], q["stage"])
            if alike >= 0.5 or (alike >= 0.35 and same):
                flagged.add((p["id"], q["id"]))
    assert {(row["a"], row["b"]) for row in found["overlap"]} == flagged


def test_the_index_finds_the_pairs_that_comparing_all_finds():
    titles = {str(n): title for n, title in enumerate(TITLES)}
    found = {(a, b): d for a, b, d in similar_pairs(titles, 0.1)}
    for a, b in permutations(titles, 2):
        alike = dice(trigrams(titles[a]), trigrams(titles[b]))
        if a < b:
            assert found.get((a, b)) == (alike if alike >= 0.1 else None)


@any_document
@given(documents(most=6))
def test_alpha_agrees_with_comparing_scores_pair_by_pair(doc):
    found, naive = analyse(doc)["screening"]["alpha_ordinal"], Naive(doc)
    own = {i["id"] for i in naive.own}
    for code in ("C1", "C2", "C3"):
        units: dict[str, list[int]] = {}
        for review in doc["reviews"]:
            if review["item"] in own and review["scores"].get(code) is not None:
                units.setdefault(review["item"], []).append(review["scores"][code])
        mine = _alpha(list(units.values()))
        assert (found[code] is None) == (mine is None)
        assert mine is None or isclose(found[code], mine, abs_tol=0.0001)


def _alpha(units: list[list[int]]) -> float | None:
    """Krippendorff's alpha from its definition: observed over expected disagreement of pairs."""
    units = [u for u in units if len(u) > 1]
    values = [v for u in units for v in u]
    count = Counter(values)
    if len(count) < 2:
        return None

    def apart(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        return (sum(count[v] for v in range(low, high + 1)) - (count[a] + count[b]) / 2) ** 2

    seen = sum(sum(apart(a, b) for a, b in permutations(u, 2)) / (len(u) - 1) for u in units) / len(values)
    chance = sum(apart(a, b) for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1))
    return 1 - seen / chance


def test_alpha_of_a_published_table():
    """The worked example of four observers and twelve units, ordinal alpha 0.815."""
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = [[row[n] for row in rows if row[n] is not None] for n in range(12)]
    assert isclose(ordinal_alpha(units), 0.815, abs_tol=0.001)
