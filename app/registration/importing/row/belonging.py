"""Where the person of a row belongs: the office, and the district or other unit."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.national_id import mask_national_ids
from app.core.text import clean_name, clean_text

from .. import labels
from ..content import is_office
from ..grid import is_dash
from ..units import UnitChoice
from .facts import Checking


def organisation_of(checking: Checking, parts: dict[str, str]) -> str:
    row = checking.row
    written = row.values.get(labels.ORGANISATION, "")
    if parts.get(labels.ORGANISATION):
        return clean_name(parts[labels.ORGANISATION])
    if is_dash(written) and written:
        return ""
    if not written and not row.columns.fields.get(labels.ORGANISATION):
        unit = checking.text(labels.UNIT)
        if unit and is_office(unit) and checking.units.find_exact(unit) is None:
            return clean_name(unit)  # the one column อำเภอ/หน่วยงาน
    return clean_name(written or row.above.get(labels.ORGANISATION) or row.office)


def unit_of(checking: Checking, organisation: str, position: str) -> UnitChoice | None:
    """The unit of a row: its own cell, else the row above, the heading, the sheet's name, the person's own office.

    A title and the file's name come last: they often hold the address of the office that asks for the list.
    """
    row, units = checking.row, checking.units
    written = row.values.get(labels.UNIT, "")
    if written and not is_dash(written):
        return written_unit(checking, clean_text(written))
    own_office = checking.text(labels.ORGANISATION)
    provincial = units.is_provincial(own_office or organisation, position)
    around = row.section or row.of_sheet
    by_office = units.find_exact(organisation) or units.mentioned(organisation) or units.mentioned(position)
    if written:  # a dash: no district
        belongs = organisation and not units.is_local(organisation, position)
        found = (units.agencies if provincial else None) or by_office or around
        if found is None and row.unknown_section:
            return written_unit(checking, row.unknown_section)
        found = found or row.of_title or (units.agencies if belongs else None)
    else:
        above = row.above.get(labels.UNIT, "") or row.unknown_section
        has_section = row.section is not None or bool(row.unknown_section)
        if above and (has_section or not (provincial and own_office and units.agencies)):
            return written_unit(checking, clean_text(above))
        is_agency = units.is_provincial(own_office, "") if own_office else provincial and row.of_title is None
        found = around or by_office or (units.agencies if is_agency else None) or row.of_title
    if found is None:
        checking.fault("no_unit", labels.UNIT, _("ไม่มีอำเภอหรือหน่วยงานที่สังกัด โปรดใส่ชื่ออำเภอ"))
    return found


def written_unit(checking: Checking, written: str) -> UnitChoice | None:
    units = checking.units
    found = units.find(written) or units.mentioned(written)
    if found is None and units.is_provincial(written, ""):
        found = units.agencies
    if found is None:
        nearest = units.nearest(written)
        shown = mask_national_ids(written)[:60]
        sentence = _("ไม่พบอำเภอ “%(name)s” ในงานนี้ โปรดแก้ชื่ออำเภอให้ตรง", name=shown)
        if nearest:
            sentence = _("ไม่พบอำเภอ “%(name)s” ในงานนี้ หมายถึง “%(near)s” หรือไม่", name=shown, near=nearest.name)
        checking.fault("unknown_unit", labels.UNIT, sentence)
    return found
