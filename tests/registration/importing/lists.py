"""Builds lists as offices send them: workbooks from rows of cells, and the people they are made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from app.core.spreadsheets import read_tables
from app.events import provinces
from app.registration.importing.matching import KnownPerson
from app.registration.importing.preparing import Prepared, prepare
from app.registration.importing.units import PROVINCE_AGENCIES, UnitChoice, Units
from tests.conftest import FIXTURES

AGENCIES = "ส่วนราชการประจำจังหวัด"


def clean_people(file: str = "rayong_200.csv") -> list[dict[str, str]]:
    """The people of a clean list, by its own headings."""
    with open(FIXTURES / file, encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def units_of(province: str = "21") -> Units:
    """The units an event in a province has; their names are their keys."""
    name = provinces.province_name(province)
    choices = [UnitChoice(d.name, d.name, aliases=(d.name_en,)) for d in provinces.districts(province)]
    agencies = UnitChoice(AGENCIES, AGENCIES, PROVINCE_AGENCIES)
    return Units([*choices, agencies], name, provinces.district_names(), provinces.province_names())


@dataclass
class Sheet:
    """A sheet to build: rows of cells, merged ranges, and whether it is hidden."""

    name: str
    rows: list[Sequence[Any]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    hidden: bool = False

    def add(self, *cells: Any) -> int:
        """Add a row and return its number in the file."""
        self.rows.append(cells)
        return len(self.rows)


def workbook(*sheets: Sheet) -> bytes:
    """The sheets as an XLSX file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for number, cells in enumerate(sheet.rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value not in (None, ""):
                    page.cell(number, column, value)
        for merge in sheet.merges:
            page.merge_cells(merge)
        if sheet.hidden:
            page.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(rows: Sequence[Sequence[Any]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def imported(data: bytes, province: str = "21", filename: str = "list.xlsx", **more: Any) -> Prepared:
    """What an import of the file would do."""
    return prepare(read_tables(filename, data, with_hidden=True), units_of(province), filename=filename, **more)


def registered(prepared: Prepared) -> list[KnownPerson]:
    """The registrants that applying would make."""
    return [
        KnownPerson(number, p.first_name, p.last_name, p.unit, p.organisation, p.phone, p.email)
        for number, p in enumerate(row.person for row in prepared.good)
        if p is not None
    ]


def identity(person: dict[str, str]) -> tuple[str, ...]:
    """A clean person as it must come out."""
    return (person["คำนำหน้า"], person["ชื่อ"], person["นามสกุล"], person["อำเภอ"])


def found(prepared: Prepared) -> list[tuple[str, ...]]:
    """The good people as they came out."""
    people = (row.person for row in prepared.good)
    return [(p.title, p.first_name, p.last_name, str(p.unit)) for p in people if p is not None]


def thai(number: int) -> str:
    """A number in Thai digits."""
    return str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
