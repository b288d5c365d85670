"""Parts of an exported exercise and the rows they become: one pair of functions for each, and nothing is lost.

Keys that this version does not know are kept in a row's ``extra`` and written back behind the known ones.
Absent and null are the same; empty lists are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.exercises.models import Submission

from ..models import (
    BudgetLine,
    Chain,
    Evidence,
    Indicator,
    ItemArea,
    ItemChain,
    Partner,
    PlanItem,
    PlanLink,
    Review,
    Score,
)

Part = dict[str, Any]

_EVIDENCE = ("title", "data_year_be", "type")
_PARTNER = ("name", "sector")
_INDICATOR = ("name", "unit", "baseline", "baseline_year_be", "target", "target_year_be")
_ITEM_PLAIN = ("level", "kind", "title_th", "title", "origin", "title_en", "status")
_ITEM_TEXTS = (
    "beyond_capacity",
    "not_escalated_because",
    "no_budget",
    "objective",
    "output_target",
    "output_without_number",
    "expected_result",
    "detail",
    "form_code",
)
_ITEM_OTHER = ("id", "group", "areas", "lead_agency", "partners", "budget", "chain", "stage", "chains")
_ITEM_KNOWN = {*_ITEM_PLAIN, *_ITEM_TEXTS, *_ITEM_OTHER, "evidence", "indicators"}
_LINK_PLAIN = ("type", "strength", "rationale", "confidence")
# The columns a document is written from.
ITEM_COLUMNS = (*_ITEM_PLAIN, *_ITEM_TEXTS, "lead_name", "lead_sector")
LINK_COLUMNS = _LINK_PLAIN
_LINK_KNOWN = {*_LINK_PLAIN, "id", "source", "target", "evidence"}


def plain_number(value: float | None) -> int | float | None:
    """A whole number without its ``.0``."""
    return int(value) if value is not None and float(value).is_integer() else value


def satang_of(baht: float | int | str | Decimal | None) -> int | None:
    """Baht as whole satang."""
    if baht is None:
        return None
    return int((Decimal(str(baht)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def baht_of(satang: int | None) -> int | float | None:
    """Satang as baht: a whole number where there are no odd satang."""
    if satang is None:
        return None
    return satang // 100 if satang % 100 == 0 else float(Decimal(satang) / 100)


def unknown(part: Part, known: Iterable[str]) -> Part:
    """What a part holds beside the known keys."""
    return {key: value for key, value in part.items() if key not in set(known)}


def _filled(part: Part) -> Part:
    return {key: value for key, value in part.items() if value is not None and value != []}


def _taken(part: Part, keys: Iterable[str]) -> Part:
    return {key: part.get(key) for key in keys}


# -- items -------------------------------------------------------------------------------------------


def item_row(part: Part, exercise_id: int, submission: Submission | None, position: int) -> PlanItem:
    """An item with its rows."""
    lead = part.get("lead_agency") or {}
    item = PlanItem(
        exercise_id=exercise_id,
        submission=submission,
        code=part["id"],
        position=position,
        lead_name=lead.get("name"),
        lead_sector=lead.get("sector"),
        lead_extra=unknown(lead, _PARTNER),
        extra=unknown(part, _ITEM_KNOWN),
        **_taken(part, (*_ITEM_PLAIN, *_ITEM_TEXTS)),
    )
    item.areas = [ItemArea(code=code) for code in part.get("areas") or ()]
    item.chains = [ItemChain(chain=chain, stage=stage) for chain, stage in chain_pairs(part)]
    item.partners = [
        Partner(**_taken(row, _PARTNER), extra=unknown(row, _PARTNER)) for row in part.get("partners") or ()
    ]
    item.budget = [budget_row(row) for row in part.get("budget") or ()]
    item.evidence = [evidence_row(row) for row in part.get("evidence") or ()]
    item.indicators = [
        Indicator(**_taken(row, _INDICATOR), extra=unknown(row, _INDICATOR))
        for row in part.get("indicators") or ()
    ]
    return item


def chain_pairs(part: Part) -> list[tuple[str | None, str | None]]:
    """The chains an item serves: ``chain`` and ``stage`` first, then those of the list ``chains``."""
    pairs = [(part.get("chain"), part.get("stage"))]
    pairs += [(pair.get("chain"), pair.get("stage")) for pair in part.get("chains") or ()]
    return [pair for pair in dict.fromkeys(pairs) if any(pair)]


def budget_row(row: Part) -> BudgetLine:
    """A budget line, in satang."""
    return BudgetLine(
        fy_be=row.get("fy_be"),
        satang=satang_of(row.get("amount")),
        source=row.get("source"),
        extra=unknown(row, ("fy_be", "amount", "source")),
    )


def evidence_row(row: Part) -> Evidence:
    """Evidence of an item or a link."""
    return Evidence(**_taken(row, _EVIDENCE), extra=unknown(row, _EVIDENCE))


def item_part(item: Any) -> Part:
    """An item, or its plain row, as it stands in a file, keys in the order of the samples."""
    first, *others = [(row.chain, row.stage) for row in item.chains] or [(None, None)]
    lead = {"name": item.lead_name, "sector": item.lead_sector, **item.lead_extra}
    part = {
        "id": item.code,
        **{key: getattr(item, key) for key in _ITEM_PLAIN},
        "group": item.submission.code if item.submission else None,
        "areas": [row.code for row in item.areas],
        "lead_agency": _filled(lead) or None,
        "partners": [_row_part(row, _PARTNER) for row in item.partners],
        "budget": [_budget_part(row) for row in item.budget],
        "chain": first[0],
        "stage": first[1],
        "chains": [_filled({"chain": chain, "stage": stage}) for chain, stage in others],
        "evidence": [_row_part(row, _EVIDENCE) for row in item.evidence],
        "indicators": [_row_part(row, _INDICATOR) for row in item.indicators],
        **{key: getattr(item, key) for key in _ITEM_TEXTS},
        **item.extra,
    }
    if item.is_reference:
        part["status"] = None
    return _filled(part)


def _row_part(row: Any, keys: Iterable[str]) -> Part:
    return {**_filled({key: getattr(row, key) for key in keys}), **row.extra}


def _budget_part(row: BudgetLine) -> Part:
    return {**_filled({"fy_be": row.fy_be, "amount": baht_of(row.satang), "source": row.source}), **row.extra}


# -- links, chains, reviews --------------------------------------------------------------------------


def link_row(part: Part, items: dict[str, PlanItem], exercise_id: int, position: int) -> PlanLink:
    """A link between two items. It belongs to the group whose item it leaves, or else arrives at."""
    source, target = items[part["source"]], items[part["target"]]
    link = PlanLink(
        exercise_id=exercise_id,
        submission=source.submission or target.submission,
        code=part["id"],
        position=position,
        source=source,
        target=target,
        extra=unknown(part, _LINK_KNOWN),
        **_taken(part, _LINK_PLAIN),
    )
    link.evidence = [evidence_row(row) for row in part.get("evidence") or ()]
    return link


def link_part(link: Any) -> Part:
    """A link, or its plain row, as it stands in a file; its state is that of its items and not written."""
    part = {
        "id": link.code,
        "source": link.source.code,
        "target": link.target.code,
        **{key: getattr(link, key) for key in _LINK_PLAIN},
        "evidence": [_row_part(row, _EVIDENCE) for row in link.evidence],
        **link.extra,
    }
    return _filled(part)


def chain_row(part: Part, exercise_id: int, position: int) -> Chain:
    """A value chain."""
    return Chain(
        exercise_id=exercise_id,
        code=part["id"],
        title_th=part.get("th"),
        title_en=part.get("en"),
        position=position,
        extra=unknown(part, ("id", "th", "en")),
    )


def chain_part(chain: Chain) -> Part:
    """A value chain as it stands in a file."""
    return {**_filled({"id": chain.code, "th": chain.title_th, "en": chain.title_en}), **chain.extra}


def review_row(part: Part, items: dict[str, PlanItem]) -> Review:
    """A reviewer's scores of an item."""
    scores = [Score(criterion=code, value=value) for code, value in (part.get("scores") or {}).items()]
    return Review(
        item=items[part["item"]],
        reviewer=part["reviewer"],
        scores=scores,
        extra=unknown(part, ("item", "reviewer", "scores")),
    )


def review_part(review: Any) -> Part:
    """A review, or its plain row, as it stands in a file; a criterion left open stays, as null."""
    scores = {score.criterion: plain_number(score.value) for score in review.scores}
    return {"item": review.item.code, "reviewer": review.reviewer, "scores": scores, **review.extra}
