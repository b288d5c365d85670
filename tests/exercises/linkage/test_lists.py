"""What the pages list beside the figures of the file: ways, openings, loads, shifts, shares cut otherwise."""

from __future__ import annotations

import json
from fractions import Fraction

from app.exercises.linkage.analysis import LinkageGraph, Scope, analyse_graph
from app.exercises.linkage.analysis.budget import allocate, allocate_by_source, by_district, by_stage
from app.exercises.linkage.analysis.coverage import (
    Step,
    best_path,
    coverage_matrix,
    direct_matrix,
    district_matrix,
)
from app.exercises.linkage.analysis.cross_district import Opportunity, opportunities
from app.exercises.linkage.analysis.evidence import by_year
from app.exercises.linkage.analysis.full_chain import funnel
from app.exercises.linkage.analysis.overlap import overlap, paraphrase_candidates
from app.exercises.linkage.analysis.pracharat import agency_load
from app.exercises.linkage.analysis.priority import Shift, shifts
from app.exercises.linkage.document.reading import load_document

from .documents import document, item, link, reference, sample
from .second import Second
from .wild import wild_document

GOAL = [reference("P1"), reference("P2")]


def graph_of(items, links=(), **more):
    return LinkageGraph.from_document(document(list(items), list(links), **more))


def wild_graphs(count=60):
    for seed in range(count):
        doc = load_document(json.dumps(wild_document(seed)).encode())
        yield LinkageGraph.from_document(doc), Second(doc)


def project(code, group="G1", **more):
    return item(code, "LOC", "project", group=group, **more)


def test_the_best_way_is_the_strongest_and_of_those_the_shortest():
    items = [project("L1"), item("D1", "DIS", "goal", group="G1"), item("D2", "DIS", "goal", group="G1"), *GOAL]
    links = [
        link("L1", "P1", strength=1),
        link("L1", "D1", strength=2),
        link("D1", "D2", "supports", 3),
        link("D2", "P1", strength=3),
        link("D1", "P1", strength=2),
    ]
    graph = graph_of(items, links)
    assert best_path(graph, "L1", "P1") == [Step("D1", 2, "L1-supports-D1"), Step("P1", 2, "D1-supports-P1")]
    assert best_path(graph, "L1", "P2") == []


def test_every_best_way_is_as_strong_as_the_matrix_says():
    for graph, _second in wild_graphs():
        for code, row in coverage_matrix(graph).items():
            for anchor, strength in row.items():
                steps = best_path(graph, code, anchor)
                assert min(step.strength for step in steps) == strength
                assert steps[-1].target == anchor


def test_the_matrix_of_direct_links_looks_one_link_far():
    for graph, second in wild_graphs():
        wanted = {}
        for k in second.up:
            if k["source"] in second.own and k["target"] in second.anchors:
                row = wanted.setdefault(k["source"], {})
                row[k["target"]] = max(row.get(k["target"], 0), k.get("strength") or 1)
        assert direct_matrix(graph) == wanted


def test_a_districts_row_is_the_best_of_its_projects():
    for graph, second in wild_graphs():
        matrix = second.coverage_matrix()
        wanted = {}
        for p in second.projects:
            for home in second.homes(p):
                row = wanted.setdefault(home, {})
                for g, c in matrix.get(p, {}).items():
                    row[g] = max(row.get(g, 0), c)
        assert district_matrix(graph, coverage_matrix(graph)) == wanted


def test_money_cut_by_source_district_and_stage_adds_up():
    for graph, second in wild_graphs():
        matrix = coverage_matrix(graph)
        shares, lost = allocate(graph, matrix)
        cut = allocate_by_source(graph, matrix)
        for anchor, whole in shares.items():
            assert sum(cut.get(anchor, {}).values(), Fraction(0)) == whole
        assert sum(cut.get("", {}).values(), Fraction(0)) == lost
        counted = second._counted()
        homes = {d: Fraction(0) for i in counted for d in second.homes(i)}
        for i, baht in counted.items():
            for d in second.homes(i):
                homes[d] += baht / len(second.homes(i))
        assert by_district(graph) == homes
        stages = dict.fromkeys(("upstream", "midstream", "downstream"), Fraction(0))
        for i, baht in counted.items():
            here = [s for _chain, s in second.stages(i) if s in stages]
            for s in here:
                stages[s] += baht / len(here)
        assert by_stage(graph) == stages


def test_money_by_source_keeps_sources_apart_and_names_the_unnamed():
    budget = [{"amount": 90, "source": "ก"}, {"amount": 10}]
    graph = graph_of([project("L1", budget=budget), *GOAL], [link("L1", "P1", strength=1), link("L1", "P2")])
    shares = allocate_by_source(graph, coverage_matrix(graph))
    assert shares == {
        "P1": {"ก": Fraction(90, 4), "ไม่ระบุ": Fraction(10, 4)},
        "P2": {"ก": Fraction(270, 4), "ไม่ระบุ": Fraction(30, 4)},
    }


def test_the_funnel_counts_needs_that_get_at_least_so_far():
    graph = LinkageGraph.from_document(sample())
    assert funnel(graph) == {"VIL": 10, "LOC": 9, "DIS": 8, "PRO": 7, "NAT1": 7}


def test_the_years_of_data_stand_in_order_and_unknown_ones_are_left_out():
    evidence = [{"data_year_be": 2561}, {"data_year_be": 2555}, {"data_year_be": 2561}, {"title": "ไม่ระบุปี"}]
    graph = graph_of([project("L1", evidence=evidence)])
    assert list(by_year(graph).items()) == [(2555, 1), (2561, 2)]


def test_openings_run_from_a_stage_to_the_next_between_districts_without_a_feed():
    items = [
        project("L1", chain="VC1", stage="upstream"),
        project("L2", "G2", chain="VC1", stage="midstream"),
        project("L3", "G2", chain="VC1", stage="upstream"),
        project("L4", chain="VC1", stage="downstream"),
    ]
    found = opportunities(graph_of(items))
    assert found == [
        Opportunity("VC1", "2103", "upstream", "2104", "midstream"),
        Opportunity("VC1", "2104", "midstream", "2103", "downstream"),
    ]
    fed = graph_of(items, [link("L1", "L2", "feeds"), link("L1", "L4", "supports"), link("L4", "L2", "feeds")])
    assert opportunities(fed) == found[1:]
    backwards = graph_of(items, [link("L2", "L1", "feeds"), link("L1", "L2", "joint_with")])
    assert opportunities(backwards) == found


def test_paraphrases_share_issue_place_and_sector_but_not_the_group_or_the_words():
    lead = {"name": "อบต.", "sector": "local"}
    words = {"L1": "ปลูกป่าชายเลน", "L2": "ฟื้นฟูโกงกางปากแม่น้ำ", "L3": "ฟื้นฟูโกงกางปากแม่น้ำ", "L4": "ขยะชุมชน"}
    groups = {"L1": "G1", "L2": "G2", "L3": "G1", "L4": "G2"}
    items = [
        project(code, groups[code], title_th=title, areas=["2103"], lead_agency=lead)
        for code, title in words.items()
    ]
    links = [link("L1", "P1", strength=2), link("L1", "P2", strength=3), link("L2", "P2"), link("L3", "P2")]
    links += [link("L4", "P1")]
    graph = graph_of([*items, *GOAL], links)
    matrix = coverage_matrix(graph)
    assert paraphrase_candidates(graph, matrix, overlap(graph)) == [("L1", "L2")], (
        "L2–L3 is alike by its words, L1–L3 of one group"
    )
    other = [{**one, "lead_agency": {"sector": "state"}} if one["id"] == "L2" else one for one in items]
    changed = graph_of([*other, *GOAL], links)
    assert paraphrase_candidates(changed, matrix, overlap(changed)) == []
    apart = [{**one, "areas": ["2104"]} if one["id"] == "L2" else one for one in items]
    changed = graph_of([*apart, *GOAL], links)
    assert paraphrase_candidates(changed, matrix, overlap(changed)) == []


def test_the_busiest_agencies_come_first_and_nameless_ones_are_not_counted():
    leads = ["ข", "ก", "ข", None]
    items = [project(f"L{n}", lead_agency={"name": name, "sector": "local"}) for n, name in enumerate(leads)]
    assert agency_load(graph_of([*items, project("L9")])) == [("ข", 2), ("ก", 1)]


def test_a_shift_is_three_places_or_more():
    items = [project(f"L{n}") for n in range(1, 6)]
    votes = {"G1": {"L1": 100, "L2": 90, "L3": 80, "L4": 70}, "G2": {"L4": 3, "L5": 1}}
    graph = graph_of(items, dot_votes={"by_group": votes})
    assert shifts(graph) == [Shift("L4", 4, 1)]
    votes["G2"] = {"L5": 1}
    found = shifts(graph_of(items, dot_votes={"by_group": votes}))
    assert found == [Shift("L5", 5, 1)]


def test_shifts_stand_in_the_order_of_the_dots():
    items = [project(f"L{n}") for n in range(1, 9)]
    raw = {"L1": 80, "L2": 70, "L3": 60, "L4": 50}
    graph = graph_of(
        items, dot_votes={"by_group": {"G1": raw, "G2": {"L5": 2, "L6": 1}, "G3": {"L6": 1, "L5": 0.5}}}
    )
    assert [(s.item, s.raw_place - s.equal_place) for s in shifts(graph)] == [("L5", 4), ("L6", 4)]


def test_a_scope_of_a_chain_takes_what_its_projects_hang_on():
    items = [
        item("V1", "VIL", "need", group="G1"),
        project("L1", chain="VC1", stage="support"),
        project("L2"),
        project("L3", chains=[{"chain": "VC1", "stage": "upstream"}]),
        *GOAL,
    ]
    links = [link("V1", "L1", "answered_by"), link("L1", "P1"), link("L2", "P1")]
    graph = LinkageGraph.from_document(document(items, links), Scope(chain="VC1"))
    assert sorted(graph.items) == ["L1", "L3", "V1"]


# -- order and edges -----------------------------------------------------------------------------------------


def test_everything_listed_stands_in_one_order_however_the_rows_came():
    """Pages and files list what dictionaries and sets hold: always the same way round."""
    codes = [f"L{n}" for n in (7, 2, 9, 4, 1, 8, 3)]
    money = {code: [{"amount": 100, "source": source}] for code, source in zip(codes, "ชขงกคจฉ", strict=True)}
    items = [
        project(
            code,
            "G1" if int(code[1:]) % 2 else "G2",
            title_th=f"{code} งานเรื่อง{code * 3}",
            areas=["2104" if int(code[1:]) < 4 else "2103"],
            budget=money[code],
            lead_agency={"name": "อบต.", "sector": "local"},
            chain="VC1",
            stage={"L1": "upstream", "L2": "upstream", "L3": "downstream"}.get(code, "midstream"),
        )
        for code in codes
    ]
    items += [item(f"D{n}", "DIS", "goal", group="G1") for n in (3, 1, 2)]
    items += [project("L0", budget=[{"amount": 5, "source": "ก"}], areas=["2104", "2103"])]
    items += [reference(f"P{n}") for n in (3, 1, 2)]
    links = [link(code, "P2") for code in codes] + [link(codes[0], "L0", "escalated_to")]
    links += [link(code, "L0", "included_in") for code in codes[1:4]] + [link("D3", "D1", "part_of")]
    links += [link("L9", "L1", "joint_with"), link("L2", "L4", "joint_with")]
    graph = graph_of(items, links, reviews=[{"item": c, "reviewer": "ก", "scores": {"C1": 2}} for c in codes])
    found = analyse_graph(graph)

    def in_order(listed):
        return len(listed) > 1 and list(listed) == sorted(listed)

    assert in_order(graph.anchors) and in_order(found["coverage_by_anchor"])
    assert in_order([g for g in found["goal_support"] if g.startswith("D")])
    assert in_order(found["budget"]["not_counted"]) and in_order(found["budget"]["by_source"])
    assert in_order(by_district(graph)) and in_order(found["counts"]["links_by_type"])
    assert in_order(found["pracharat"]["single_sector"]) and in_order(found["screening"]["items"])
    assert in_order(found["cross_district"]["matrix"]) and in_order(opportunities(graph))
    assert in_order(district_matrix(graph, found["coverage_matrix"]))
    assert in_order(paraphrase_candidates(graph, found["coverage_matrix"], []))


def test_the_edges_belong_to_the_better_side():
    """Exactly half alike is a flag; a score of exactly 70 passes; one baht is money."""
    alike = [project("L1", "G1", title_th="กขคง"), project("L2", "G2", title_th="กขคจ")]
    (pair,) = overlap(graph_of(alike, settings={}))
    assert (pair["dice"], pair["level"]) == (0.5, "flag")
    scores = [3, 3, 3, 2, 2, 2, 2, 2, 1, 1]
    reviews = [{"item": "L1", "reviewer": str(n), "scores": {"C1": score}} for n, score in enumerate(scores)]
    judged = analyse_graph(graph_of(alike, settings={}, reviews=reviews))["screening"]["items"]["L1"]
    assert (judged["score"], judged["band"]) == (70.0, "pass")
    poor = [project("L1", budget=[{"amount": 1}]), item("D1", "DIS", "project", budget=[{"amount": 0.5}])]
    for kind in ("escalated_to", "included_in"):
        money = analyse_graph(graph_of(poor, [link("L1", "D1", kind)], settings={}))["budget"]
        assert (money["not_counted"], money["counted_total"]) == (["L1"], 0.5)


def test_an_area_belongs_to_the_district_it_names():
    areas = [{"code": "2103", "type": "district"}, {"code": "X1", "type": "local", "district": "2103"}]
    areas += [{"code": "X2", "type": "local", "parent": "X1"}, {"code": "2104", "type": "district"}]
    graph = graph_of([project("L1", "G2", areas=["X1"]), project("L2", "G2", areas=["X2"])], areas=areas)
    assert graph.districts("L1") == graph.districts("L2") == {"2103"}


def test_levels_are_known_by_their_names():
    assert graph_of([]).level_labels["PRO"] == next(
        level["label_th"] for level in sample()["levels"] if level["code"] == "PRO"
    )
    assert graph_of([], levels=[{"code": "PRO", "rank": 50}]).level_labels == {"PRO": ""}
