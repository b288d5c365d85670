"""Spreadsheets in and out: lists as offices send them are read safely, workbooks are written as plain text."""

from .reading import read_tables
from .tables import FileUnreadable, Formula, Merge, Row, Table, column_letter
from .writing import Sheet, csv_bytes, write_workbook

__all__ = [
    "FileUnreadable",
    "Formula",
    "Merge",
    "Row",
    "Sheet",
    "Table",
    "column_letter",
    "csv_bytes",
    "read_tables",
    "write_workbook",
]
