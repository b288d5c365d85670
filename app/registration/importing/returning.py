"""The rows that could not go in, as a workbook for the office that sent them: each with what to correct."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.national_id import mask_national_ids
from app.core.spreadsheets import Sheet, write_workbook

from . import labels
from .columns import Columns
from .preparing import Prepared, PreparedRow
from .row.facts import field_label


def rejected_workbook(prepared: Prepared) -> bytes:
    """An XLSX of the bad rows under their own headings, with the reason and the row's number in the file.

    National IDs are masked. What a row took from its surroundings (as above, a district between people) is
    written out, so that the corrected workbook can be imported as it is.
    """
    by_columns: dict[int, list[PreparedRow]] = {}
    for row in prepared.bad:
        by_columns.setdefault(id(row.source.columns), []).append(row)
    sheets = [_sheet(rows) for rows in by_columns.values()]
    return write_workbook(sheets or [Sheet(_("ไม่มีรายการที่ต้องแก้"), [_("ชื่อ-นามสกุล")], [])])


def _sheet(rows: Sequence[PreparedRow]) -> Sheet:
    columns = rows[0].source.columns
    width = max([len(row.cells) for row in rows] + [max(columns.mapped, default=0) + 1])
    header = [_heading(columns, column) for column in range(width)]
    more = [] if columns.fields.get(labels.UNIT) else [field_label(labels.UNIT)]
    lines: list[list[str | int | float | None]] = []
    for row in rows:
        around = [_around(row)] if more else []
        lines.append([*_cells(row, width), *around, row.reason, row.number])
    return Sheet(rows[0].sheet, [*header, *more, _("สิ่งที่ต้องแก้ไข"), _("แถวในไฟล์เดิม")], lines)


def _heading(columns: Columns, column: int) -> str:
    heading = columns.headings.get(column)
    if heading is not None and heading.text:
        return " ".join(heading.text.split())
    field = columns.field_of(column)
    return field_label(field) if field and column not in columns.joined_to_name else ""


def _cells(row: PreparedRow, width: int) -> list[str]:
    """The row as it was sent, with "as above" written out."""
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    values = {**row.source.above, **{field: text for field, text in row.source.values.items() if text}}
    for field in (labels.UNIT, labels.ORGANISATION, labels.CATEGORY, labels.POSITION, labels.FOOD):
        for column in row.source.columns.fields.get(field, [])[:1]:
            if not cells[column]:
                cells[column] = mask_national_ids(values.get(field, ""))
    if row.source.columns.fields.get(labels.UNIT) and not cells[row.source.columns.fields[labels.UNIT][0]]:
        cells[row.source.columns.fields[labels.UNIT][0]] = _around(row)
    return cells


def _around(row: PreparedRow) -> str:
    """The unit that the row's surroundings name."""
    unit = row.source.section or row.source.of_sheet or row.source.of_title
    return row.source.unknown_section or (unit.name if unit else "")
