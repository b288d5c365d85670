"""Suggesting the short name that stands in an event's addresses."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import select

from app.core.formatting import buddhist_year
from app.database import db

from .models import Event
from .provinces import find_province


def suggest(province_code: str, first_day: date) -> str:
    """``rayong-2561``, or ``rayong-2561-2`` when that is taken."""
    province = find_province(province_code)
    name = re.sub(r"[^a-z0-9]+", "-", (province.name_en if province else "event").casefold()).strip("-")
    stem = f"{name}-{buddhist_year(first_day)}"
    taken = set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(stem, autoescape=True))))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug
