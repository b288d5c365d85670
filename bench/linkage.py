"""The linkage of a whole province: 60 groups, some 1,700 items and 1,600 links, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.books.docx_file import build_plan_book_docx
from app.documents.books.pdf import build_plan_book
from app.exercises.linkage.analysis import LinkageGraph, Scope, analyse
from app.exercises.linkage.analysis.coverage import coverage_matrix
from app.exercises.linkage.analysis.overlap import overlap
from app.exercises.linkage.book import PlanBook, plan_book
from app.exercises.linkage.charts.lanes import draw_lanes
from app.exercises.linkage.map.drawing import draw_map
from app.exercises.linkage.scopes import WRITING
from bench.application import fresh
from bench.figure import Figure, seconds
from tests.exercises.linkage.large import large_document

RUNS = 3


def figures() -> Iterable[Figure]:
    """Analyses, drawings and the plan book, without a database: pure functions of a document."""
    document = large_document(groups=60, needs=10, projects=15, goals=4)
    graph = LinkageGraph.from_document(document)
    result = analyse(document)
    size = f"{len(document['items']):,} items, {len(document['links']):,} links"
    yield Figure(f"all analyses, {size}", 0.5, seconds(lambda: analyse(document), RUNS), "s")
    yield Figure(
        "coverage alone", 0.03, seconds(lambda: coverage_matrix(LinkageGraph.from_document(document)), RUNS), "s"
    )
    eight_hundred = _projects(document, 800)
    yield Figure("overlap of 800 projects", 1.0, seconds(lambda: overlap(eight_hundred), RUNS), "s")
    with fresh() as app, app.test_request_context("/"):
        draw_map(graph, result, link_to=lambda _code: None)  # the dictionary is read once a process
        yield Figure("map of the province", 0.2, seconds(lambda: _map(graph, result), RUNS), "s")
        one = Scope(district="4501")
        small = LinkageGraph.from_document(document, one)
        found = analyse(document, one)
        yield Figure("map of one district", 0.2, seconds(lambda: _map(small, found), RUNS), "s")
        yield Figure("lanes of one chain", 0.2, seconds(lambda: draw_lanes(graph, "VC1"), RUNS), "s")
        yield Figure(
            "plan book of the province, PDF", 10.0, seconds(lambda: build_plan_book(_book(document))), "s"
        )
        yield Figure(
            "plan book of the province, Word", 10.0, seconds(lambda: build_plan_book_docx(_book(document))), "s"
        )


def _map(graph: LinkageGraph, result: dict[str, object]) -> object:
    return draw_map(graph, result, link_to=lambda code: f"/items/{code}")


def _projects(document: dict[str, object], wanted: int) -> LinkageGraph:
    items = [item for item in document["items"] if item["kind"] == "project"][:wanted]  # type: ignore[attr-defined]
    return LinkageGraph.from_document({**document, "items": items})


def _book(document: dict[str, object]) -> PlanBook:
    return plan_book(
        document,
        Scope(statuses=WRITING),
        event_name="โครงการตัวอย่าง",
        counted="ทั้งหมด",
        made_at="8 พ.ย. 2561 15.20 น.",
    )
