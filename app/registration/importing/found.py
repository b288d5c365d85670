"""What a sheet gives when it is read: rows meant to be people, and the headers that were found."""

from __future__ import annotations

from dataclasses import dataclass, field

from .columns import Columns
from .grid import GridRow
from .units import UnitChoice


@dataclass(frozen=True)
class DataRow:
    """A row that is meant to be a person: its cells by field, and what its surroundings say."""

    sheet: str
    number: int
    values: dict[str, str]
    original: list[str]
    columns: Columns
    above: dict[str, str] = field(default_factory=dict)  # unit and organisation of the row above, where blank here
    section: UnitChoice | None = None  # a row between people named it
    unknown_section: str = ""  # what that row says, where it names none of the event's units
    of_sheet: UnitChoice | None = None  # the sheet's name
    of_title: UnitChoice | None = None  # a title above the table, else the file's name
    office: str = ""  # a row between people or a title named an office
    category: str = ""
    own_export: bool = False  # a list of this system: empty is empty
    as_written: bool = False  # a row of this system: nothing is guessed


@dataclass(frozen=True)
class FoundHeader:
    """A header of a sheet: its row's number, 0 for none, the columns found for it, and the first rows below."""

    row: int
    columns: Columns
    samples: list[GridRow]


@dataclass
class SheetReading:
    """What one sheet gave: its people, and each header with the columns found for it."""

    name: str
    rows: list[DataRow] = field(default_factory=list)
    headers: list[FoundHeader] = field(default_factory=list)
