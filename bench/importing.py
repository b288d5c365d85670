"""A list of 530 people as a workbook: looked at, then taken in, through the organiser's pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from statistics import median
from typing import Any

from flask import Flask

from app.core.spreadsheets import Sheet, write_workbook
from app.events.models import Role
from bench.application import fresh, on_each
from bench.figure import Figure, seconds
from tests.conftest import FIXTURES
from tests.make import make_event, make_member

PREVIEW, APPLY = 2.0, 3.0
RUNS = 3


def figures() -> Iterable[Figure]:
    """Preview and apply on every database, as an organiser waits for them."""
    with on_each() as databases:
        for name, url in databases:
            with fresh(url) as app:
                preview, apply = measure(app)
            yield Figure(f"import of 530 people, preview, {name}", PREVIEW, preview, "s")
            yield Figure(f"import of 530 people, apply, {name}", APPLY, apply, "s")


def measure(app: Flask) -> tuple[float, float]:
    """The middle of several events' seconds for reading the file with its preview, and for taking it in."""
    data = workbook()
    pairs = [_one_event(app, data) for _ in range(RUNS)]
    previews, applies = zip(*pairs, strict=True)
    return median(previews), median(applies)


def _one_event(app: Flask, data: bytes) -> tuple[float, float]:
    event = make_event(province_code="45")
    client: Any = app.test_client()
    client.sign_in(make_member(event, Role.ORGANISER))
    there = ""

    def look() -> None:
        nonlocal there
        there = client.submit(f"/events/{event.slug}/import", {"file": (io.BytesIO(data), "list.xlsx")}).location
        assert "530" in client.get(there).get_data(as_text=True)

    preview = seconds(look)
    apply = seconds(lambda: client.submit(f"{there}/apply"))
    assert "นำเข้าแล้ว 530 คน" in client.get(there).get_data(as_text=True)
    return preview, apply


def workbook() -> bytes:
    """The clean list of Roi Et as an office would send it."""
    with open(FIXTURES / "roiet_530.csv", encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    return write_workbook([Sheet("รายชื่อ", header, rows)])
