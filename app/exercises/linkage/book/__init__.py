"""The plan book: a draft development plan of a district or of the province, from the cards of the groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..analysis import LinkageGraph, Scope, analyse_graph
from ..workbook.making import GroupMember
from . import account, appendices, direction, front, joined, situation
from .blocks import PlanBook
from .source import BookSource

__all__ = ["PlanBook", "plan_book"]


def plan_book(
    document: Mapping[str, Any],
    scope: Scope,
    *,
    event_name: str,
    counted: str,
    made_at: str,
    members: Iterable[GroupMember] = (),
) -> PlanBook:
    """The book of the scope's district, or of the province; `counted` and `made_at` are words for the cover."""
    analyses = analyse_graph(LinkageGraph.from_document(document, scope))
    source = BookSource(document, analyses, event_name, counted, scope, made_at, tuple(members))
    chapters = [
        front.preface(source),
        situation.situation(source),
        situation.evaluation(source),
        direction.direction(source),
        joined.map_chapter(source),
        joined.table_chapter(source),
        account.account(source),
        appendices.groups(source),
        appendices.scores(source),
        appendices.coordination(source),
        appendices.missing(source),
    ]
    return PlanBook(front.cover(source), chapters)
