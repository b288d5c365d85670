"""One workbook with what a province gives an exercise.

Its vision, issues with goals, the cluster's issues, places, chains, and the projects that stand in plans already.

Good rows are taken and bad ones named, so that a slip in row 40 costs nobody the other rows. Sending the same
workbook again adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.core.errors import RuleBroken
from app.core.spreadsheets import Sheet, Table, read_tables, write_workbook
from app.core.text import arabic_digits, clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.models import Exercise

from .group_work.work import choices
from .listed import reading
from .models import Chain, Indicator, PlanItem
from .starting import DIRECT, LONGEST_LINE, add_issues, issues_of, reference_item, set_strategy, strategies_of
from .vocabulary import STRENGTHS
from .workbook.cards import PROJECT_HEADINGS_BEFORE

ISSUES = ("ประเด็น", "เป้าหมาย", "ตัวชี้วัด", "หน่วย", "ค่าฐาน", "ปีค่าฐาน", "ค่าเป้าหมาย", "ปีเป้าหมาย", "ยุทธศาสตร์ชาติ",
          "ระดับความเชื่อมโยง", "วิสัยทัศน์")  # fmt: skip
CLUSTER = ("ประเด็นกลุ่มจังหวัด",)
PLACES = ("รหัส", "ชื่อพื้นที่", "ประเภท")
CHAINS = ("ห่วงโซ่คุณค่า", "ตัวอย่างต้นทาง", "ตัวอย่างกลางทาง", "ตัวอย่างปลายทาง")
PROJECTS = reading.HEADINGS
MOST_ROWS, MOST_PROJECTS, HEADER_WITHIN = 500, 3000, 10
LONGEST_VISION = 1000

Cells = dict[str, str]


@dataclass
class Loaded:
    """How many were added of each kind, and what could not be taken."""

    added: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        self.added[what] = self.added.get(what, 0) + number


def empty_workbook(exercise: Exercise) -> bytes:
    """The workbook to fill in, with what the exercise has already."""
    issues = [(item.shown_title, *[""] * 10) for item in issues_of(exercise) if item.kind == "issue"]
    years = [f"งบประมาณ {year} (บาท)" for year in choices(exercise)["years"]]
    projects = [*PROJECT_HEADINGS_BEFORE, *years, "ผลที่คาดว่าจะได้รับ", reading.LEAD, reading.SOURCE, reading.DISTRICT]
    places = [(area.get("code"), area.get("th"), area.get("type", "")) for area in exercise.areas]
    chains = [(chain.title_th, "", "", "") for chain in _chains(exercise)]
    return write_workbook(
        [
            Sheet("ประเด็นและเป้าหมาย", list(ISSUES), [list(row) for row in issues]),
            Sheet("กลุ่มจังหวัด", list(CLUSTER), []),
            Sheet("อำเภอและ อปท.", list(PLACES), [list(row) for row in places]),
            Sheet("ห่วงโซ่คุณค่า", list(CHAINS), [list(row) for row in chains]),
            Sheet("โครงการที่มีอยู่", projects, []),
        ]
    )


def load(exercise: Exercise, filename: str, data: bytes, actor: User) -> Loaded:
    """Take every sheet whose header is known."""
    tables = read_tables(filename, data)
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    loaded, known = Loaded(), 0
    for table in tables:
        for header, take in _SHEETS.items():
            rows = list(_rows(table, header))
            if rows:
                known += 1
                most = MOST_PROJECTS if header is PROJECTS else MOST_ROWS
                if len(rows) > most:
                    left = len(rows) - most
                    said = _(
                        "%(where)s: อ่านได้ %(most)d แถว อีก %(left)d แถวยังไม่ได้อ่าน",
                        where=table.name,
                        most=most,
                        left=left,
                    )
                    loaded.problems.append(said)
                take(exercise, rows[:most], loaded, actor)
                break
    if not known:
        raise RuleBroken(_l("ไม่พบแผ่นงานตามแบบ โปรดดาวน์โหลดแบบเปล่าแล้วกรอกลงในแบบนั้น"), "file")
    lifecycle.note(exercise, None, "load", entity="exercise", entity_id=exercise.public_id, user=actor)
    lifecycle.moved(exercise)
    return loaded


Rows = list[tuple[str, Cells]]  # where a row stands, for sentences, and its cells by heading


def _rows(table: Table, header: tuple[str, ...]) -> Iterator[tuple[str, Cells]]:
    columns: dict[str, int] = {}
    for row in table.rows:
        if not columns:
            found = {clean_text(cell): place for place, cell in enumerate(row.cells)}
            if _REQUIRED.get(header, {header[0]}) <= found.keys():
                years = [name for name in found if reading.year_of(name)] if header is PROJECTS else []
                columns = {name: found[name] for name in (*header, *years) if name in found}
            elif row.number > HEADER_WITHIN:
                return
            continue
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()}
        yield f"{table.name} {row.number}", {name: clean_text(text) for name, text in cells.items()}


def _take_issues(exercise: Exercise, rows: Rows, loaded: Loaded, actor: User) -> None:
    strategies = strategies_of(exercise)
    issue = ""
    for where, cells in rows:
        issue = cells.get("ประเด็น") or issue  # merged cells leave the rows below empty
        goal = cells.get("เป้าหมาย", "")
        if not issue or max(len(issue), len(goal)) > LONGEST_LINE:
            loaded.problems.append(_("%(where)s: ไม่มีชื่อประเด็น หรือยาวเกินไป", where=where))
            continue
        made = add_issues(exercise, [issue, *([f"เป้าหมาย: {goal}"] if goal else [])])
        for item in made:
            loaded.count(item.kind)
        by_title = {item.title_th: item for item in issues_of(exercise)}
        _take_indicator(by_title[goal or issue], cells, loaded, where)
        if wanted := cells.get("ยุทธศาสตร์ชาติ"):
            strategy = _strategy(strategies, wanted)
            if strategy is None:
                loaded.problems.append(_("%(where)s: ไม่พบยุทธศาสตร์ชาติ “%(name)s”", where=where, name=wanted[:60]))
            else:
                set_strategy(exercise, by_title[issue], strategy, actor, _strength(cells, loaded, where))
        if vision := cells.get("วิสัยทัศน์", "")[:LONGEST_VISION]:
            exercise.meta = {**exercise.meta, "vision_th": vision}


def _strength(cells: Cells, loaded: Loaded, where: str) -> int:
    """How strongly an issue serves its strategy: a figure, or its words; entirely where nothing is said."""
    said = arabic_digits(cells.get("ระดับความเชื่อมโยง", ""))
    words = {str(word): value for value, word in STRENGTHS.items()} | {str(value): value for value in STRENGTHS}
    if said and said not in words:
        loaded.problems.append(_("%(where)s: ระดับความเชื่อมโยงต้องเป็น 1, 2 หรือ 3", where=where))
    return words.get(said, DIRECT)


def _strategy(strategies: list[PlanItem], wanted: str) -> PlanItem | None:
    for item in strategies:
        if wanted == item.code or wanted in item.shown_title:
            return item
    return None


def _take_indicator(item: PlanItem, cells: Cells, loaded: Loaded, where: str) -> None:
    name = cells.get("ตัวชี้วัด", "")
    if not name or any(one.name == name for one in item.indicators):
        return
    years = {key: _year(cells.get(key, "")) for key in ("ปีค่าฐาน", "ปีเป้าหมาย")}
    if any(cells.get(key) and year is None for key, year in years.items()):
        loaded.problems.append(_("%(where)s: ปีต้องเป็น พ.ศ. สี่หลัก", where=where))
    item.indicators.append(
        Indicator(
            name=name,
            unit=cells.get("หน่วย") or None,
            baseline=_value(cells.get("ค่าฐาน", "")),
            baseline_year_be=years["ปีค่าฐาน"],
            target=_value(cells.get("ค่าเป้าหมาย", "")),
            target_year_be=years["ปีเป้าหมาย"],
        )
    )
    loaded.count("indicator")
    db.session.flush()


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"2[45]\d\d", text) else None


def _value(text: str) -> Any:
    """A number where it is one, else the words."""
    plain = text.replace(",", "")
    if re.fullmatch(r"-?\d{1,15}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?\d{1,12}\.\d{1,6}", plain) else text or None


def _take_cluster(exercise: Exercise, rows: Rows, loaded: Loaded, actor: User) -> None:
    query = select(PlanItem).where(PlanItem.exercise_id == exercise.id, PlanItem.level == "CLU")
    titles = {item.title_th for item in db.session.scalars(query)}
    for where, cells in rows:
        title = cells["ประเด็นกลุ่มจังหวัด"]
        if not title or title in titles:
            continue
        if len(title) > LONGEST_LINE:
            loaded.problems.append(_("%(where)s: ข้อความยาวเกินไป", where=where))
            continue
        titles.add(title)
        number = len(titles)
        db.session.add(reference_item(exercise, f"R{number}", "CLU", "issue", title, 300 + number))
        loaded.count("cluster")
    db.session.flush()


def _take_places(exercise: Exercise, rows: Rows, loaded: Loaded, actor: User) -> None:
    there = {area["code"] for area in exercise.areas}
    areas = list(exercise.areas)
    for where, cells in rows:
        code, name = cells["รหัส"], cells.get("ชื่อพื้นที่", "")
        if code in there:
            continue
        if not code or not name or len(code) > 20 or len(name) > 200:
            loaded.problems.append(_("%(where)s: ต้องมีรหัสและชื่อพื้นที่", where=where))
            continue
        there.add(code)
        areas.append({"code": code, "th": name, "type": _PLACE_TYPES.get(cells.get("ประเภท", ""), "local")})
        loaded.count("place")
    exercise.areas = areas


_PLACE_TYPES = {"อำเภอ": "district", "district": "district", "ตำบล": "tambon", "หมู่บ้าน": "village"}


def _take_chains(exercise: Exercise, rows: Rows, loaded: Loaded, actor: User) -> None:
    there = {chain.title_th: chain for chain in _chains(exercise)}
    for where, cells in rows:
        title = cells["ห่วงโซ่คุณค่า"]
        if not title or len(title) > LONGEST_LINE:
            loaded.problems.append(_("%(where)s: ไม่มีชื่อห่วงโซ่คุณค่า", where=where))
            continue
        if title not in there:
            position = len(there) + 1
            there[title] = Chain(exercise_id=exercise.id, code=f"VC{position}", title_th=title, position=position)
            db.session.add(there[title])
            loaded.count("chain")
        examples = {stage: cells[name] for stage, name in _STAGES.items() if cells.get(name)}
        if examples:
            there[title].extra = {**(there[title].extra or {}), "examples": examples}
    db.session.flush()


def _take_projects(exercise: Exercise, rows: Rows, loaded: Loaded, actor: User) -> None:
    kept = reading.ProjectRows(exercise)
    for where, cells in rows:
        if not any(cells.values()):
            continue
        try:
            if kept.take(cells):
                loaded.count("listed")
        except RuleBroken as problem:
            loaded.problems.append(f"{where}: {problem.sentence}")
    db.session.flush()


_STAGES = dict(zip(("upstream", "midstream", "downstream"), CHAINS[1:], strict=True))


def _chains(exercise: Exercise) -> list[Chain]:
    query = select(Chain).where(Chain.exercise_id == exercise.id).order_by(Chain.position, Chain.id)
    return list(db.session.scalars(query))


_SHEETS: dict[tuple[str, ...], Callable[[Exercise, Rows, Loaded, User], None]] = {
    PROJECTS: _take_projects,  # first: the account of our own workbook names chains and codes too
    ISSUES: _take_issues,
    CLUSTER: _take_cluster,
    PLACES: _take_places,
    CHAINS: _take_chains,
}
# A sheet is known by these headings, else by its first.
_REQUIRED: dict[tuple[str, ...], set[str]] = {
    PROJECTS: {reading.TITLE, reading.LEAD},
    PLACES: {"รหัส", "ชื่อพื้นที่"},
}
