"""What an exercise leaves behind as files: the plan book, the graph for other programs, the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import RuleBroken
from app.core.formatting import thai_datetime
from app.core.spreadsheets import csv_bytes
from app.exercises.linkage import exchange
from app.exercises.linkage.analysis import LinkageGraph, Scope, analyse_graph
from app.exercises.linkage.book import PlanBook, plan_book
from app.exercises.linkage.charts.named import draw_figure
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.scopes import HANDED_IN, WRITING
from app.exercises.linkage.snapshots.keeping import document_in
from app.exercises.linkage.snapshots.models import Snapshot
from app.exercises.models import Exercise

from . import rows
from .books.progress import Tell, silent
from .making import CSV, PDF, Made, counted_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GRAPHML = "application/graphml+xml"
SVG, PNG = "image/svg+xml", "image/png"


@dataclass(frozen=True)
class Composed:
    """What a plan book holds, ready to be set; nothing in it reads the database any more."""

    book: PlanBook
    name: str
    facts: dict[str, Any]


def composed(
    exercise: Exercise, district: str | None = None, *, handed_in: bool = False, version: Snapshot | None = None
) -> Composed:
    """The contents of the plan of a district or of the province, as it stands or as a version kept it."""
    names = district_names(exercise)
    if district is not None and district not in names:
        raise RuleBroken(_("ไม่พบอำเภอนี้ในกิจกรรม"))
    book = plan_book(
        document_of(exercise) if version is None else document_in(version),
        Scope(statuses=HANDED_IN if handed_in else WRITING, district=district),
        event_name=exercise.event.name,
        counted=counted_words(handed_in, version),
        made_at=thai_datetime(clock.now() if version is None else version.at, get_locale()),
        members=rows.group_members(exercise),
    )
    place = names[district] if district is not None else str(exercise.meta.get("province") or "")
    name = _("ร่างแผนพัฒนา %(place)s %(slug)s", place=place, slug=exercise.event.slug)
    facts = {"exercise": exercise.id, "district": district or "", "handed_in": handed_in}
    if version is not None:
        name, facts["version"] = f"{name} {_('ฉบับที่ %(n)d', n=version.number)}", version.number
    return Composed(book, name, facts)


def bound(plan: Composed, kind: str, tell: Tell = silent) -> Made:
    """The finished book as ``pdf`` or ``docx``; ``tell`` hears how far it is."""
    if kind == "pdf":
        from .books.pdf import build_plan_book as build

        return Made("plan-book", f"{plan.name}.pdf", PDF, build(plan.book, tell), plan.facts)
    from .books.docx_file import build_plan_book_docx  # here: python-docx is needed by nothing else

    return Made("plan-book", f"{plan.name}.docx", DOCX, build_plan_book_docx(plan.book, tell), plan.facts)


def district_names(exercise: Exercise) -> dict[str, str]:
    """The districts a book can be made of, by their code."""
    return {
        area["code"]: area.get("th") or area["code"]
        for area in exercise.areas
        if area.get("type", "district") == "district"
    }


def graphml(exercise: Exercise) -> Made:
    """The graph as Gephi and yEd read it."""
    data = exchange.graphml(document_of(exercise))
    return Made("graphml", f"linkage {exercise.event.slug}.graphml", GRAPHML, data, {"exercise": exercise.id})


def nodes_csv(exercise: Exercise) -> Made:
    """Items as a table of nodes."""
    data = csv_bytes(exchange.node_rows(document_of(exercise)))
    return Made("nodes", f"nodes {exercise.event.slug}.csv", CSV, data, {"exercise": exercise.id})


def edges_csv(exercise: Exercise) -> Made:
    """Links as a table of edges."""
    data = csv_bytes(exchange.edge_rows(document_of(exercise)))
    return Made("edges", f"edges {exercise.event.slug}.csv", CSV, data, {"exercise": exercise.id})


def figure(exercise: Exercise, name: str, kind: str, scope: Scope) -> Made | None:
    """A figure as SVG, PNG or PDF: the drawing of the page; None where there is none of that name."""
    graph = LinkageGraph.from_document(document_of(exercise), scope)
    drawn = draw_figure(name, graph, analyse_graph(graph))
    if drawn is None:
        return None
    file_name = f"{name} {exercise.event.slug}.{kind}"
    if kind == "svg":
        return Made("figure", file_name, SVG, drawn.encode(), {"exercise": exercise.id})
    from .pictures import picture_png  # here, because they bring ReportLab
    from .svg_canvas import picture_pdf

    if kind == "png":
        return Made("figure", file_name, PNG, picture_png(drawn), {"exercise": exercise.id})
    return Made("figure", file_name, PDF, picture_pdf(drawn), {"exercise": exercise.id})
