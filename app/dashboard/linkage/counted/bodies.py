"""Behind the figures of screening, years, sectors and bodies (A12, A15, A16)."""

from __future__ import annotations

from flask_babel import gettext as _

from app.exercises.linkage.analysis.pracharat import BROAD
from app.exercises.linkage.vocabulary import SECTORS

from ..reading import Reading, agency_key
from .listed import Keys, Listed, Row, plain


def year(reading: Reading, keys: Keys) -> Listed | None:
    """Key: the year of the data; a line a piece of evidence, its name beside the item."""
    year = (*keys, "")[0]
    rows = [
        Row(code, row.get("title") or "")
        for code, item in reading.graph.items.items()
        for row in item.get("evidence") or ()
        if str(row.get("data_year_be")) == year
    ]
    return Listed(_("หลักฐานที่เป็นข้อมูลปี %(year)s", year=year), rows) if rows else None


def sector(reading: Reading, keys: Keys) -> Listed | None:
    sector = (*keys, "")[0]
    if sector not in SECTORS:
        return None
    found = [code for code, own in reading.result["pracharat"]["sectors"].items() if sector in own]
    return plain(_("โครงการที่%(sector)sร่วม", sector=SECTORS[sector]), found)


def broad(reading: Reading, _keys: Keys) -> Listed:
    rows = [
        Row(code, " ".join(str(SECTORS.get(sector, sector)) for sector in own))
        for code, own in reading.result["pracharat"]["sectors"].items()
        if len(own) >= BROAD
    ]
    return Listed(_("โครงการที่มีตั้งแต่ 3 ภาคส่วนขึ้นไป"), rows)


def agency(reading: Reading, keys: Keys) -> Listed | None:
    """Key: what stands for the agency's name in an address."""
    wanted, name, found = (*keys, "")[0], "", []
    for code in reading.graph.projects:
        lead = (reading.graph.items[code].get("lead_agency") or {}).get("name")
        if lead and agency_key(lead) == wanted:
            name = lead
            found.append(code)
    return plain(_("โครงการที่ %(agency)s รับผิดชอบหลัก", agency=name), found) if found else None


def discuss(reading: Reading, keys: Keys) -> Listed | None:
    """Key: criterion, or "all"."""
    criterion = (*keys, "")[0]
    known = reading.result["screening"]
    if criterion not in known["alpha_ordinal"]:
        return None
    rows = [
        Row(code, " ".join(row["discuss"]))
        for code, row in known["items"].items()
        if (row["discuss"] if criterion == "all" else criterion in row["discuss"])
    ]
    return Listed(_("รายการที่ผู้กลั่นกรองให้คะแนนต่างกันมาก"), rows)
