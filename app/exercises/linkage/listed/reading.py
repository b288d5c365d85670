"""Rows of a project account (ผ.02 in one flat sheet, or our own workbook's โครงการ) as projects to pick from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.exercises.models import Exercise

from ..group_work.fields import ITEM_FIELDS, Plain, baht
from .models import ListedProject

TITLE, LEAD, DISTRICT, SOURCE = "โครงการ", "หน่วยงานรับผิดชอบหลัก", "อำเภอ", "แหล่งงบประมาณ"
FIELDS = {
    "วัตถุประสงค์": "objective",
    "เป้าหมาย (ผลผลิตของโครงการ)": "output_target",
    "ผลที่คาดว่าจะได้รับ": "expected_result",
    LEAD: "lead_name",
}
HEADINGS = (TITLE, "ที่", *FIELDS, DISTRICT, SOURCE)
YEAR = re.compile(r"งบประมาณ\s*(?:พ\.ศ\.\s*)?(2[45]\d\d)(?:\s*\(บาท\))?")
NOTHING = re.compile(r"[-–—\s]*")  # " -   " is how a zero is written


def year_of(heading: str) -> int | None:
    """The year of a column of money, or None for any other column."""
    found = YEAR.fullmatch(heading)
    return int(found[1]) if found else None


class ProjectRows:
    """Takes the rows of one sheet, one by one."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.districts = {str(area.get("th")): str(area["code"]) for area in exercise.areas}
        query = select(ListedProject.key).where(ListedProject.exercise_id == exercise.id)
        self.keys = set(db.session.scalars(query))

    def take(self, cells: Mapping[str, str]) -> bool:
        """Keep a row; False where it is there already. RuleBroken with a sentence where it cannot be read."""
        title = self._plain("title", cells.get(TITLE, ""))
        if not title:
            raise RuleBroken(_("ไม่มีชื่อโครงการ"))
        fields = {name: self._plain(name, cells.get(heading, "")) for heading, name in FIELDS.items()}
        named = cells.get(DISTRICT, "").removeprefix("อำเภอ").strip()
        key = hashlib.sha256("|".join((title, str(fields["lead_name"]), named)).encode()).hexdigest()
        if key in self.keys:
            return False
        self.keys.add(key)
        listed = ListedProject(
            exercise_id=self.exercise.id,
            key=key,
            code=cells.get("ที่", "")[:60],
            title=title,
            district=self.districts.get(named, named if named in self.districts.values() else None),
            fields={name: value for name, value in fields.items() if value},
            budget=self._budget(cells),
            position=len(self.keys),
        )
        db.session.add(listed)
        return True

    def _budget(self, cells: Mapping[str, str]) -> list[dict[str, Any]]:
        found = []
        for heading, cell in cells.items():
            year = year_of(heading)
            if year is None or NOTHING.fullmatch(cell):
                continue
            amount = baht(cell)
            if amount:
                line = {"fy_be": year, "amount": amount, "source": cells.get(SOURCE, "")}
                found.append({name: value for name, value in line.items() if value})
        return found

    def _plain(self, name: str, cell: str) -> Any:
        spec = ITEM_FIELDS[name]
        return spec.read("" if NOTHING.fullmatch(cell) else cell) if isinstance(spec, Plain) else None
