"""What an exercise asks: phases, questions, kinds, criteria, labels. One form edits a template and an exercise.

Cards that exist are never touched: a kind that is taken away can no longer be added, and that is all.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db

from . import lifecycle
from .models import Exercise, OwnTemplate, Phase
from .templates_data import CRITERIA, SETTINGS, default_form, levels_in

Data = dict[str, Any]

PHASE_CODES = {
    "needs": _l("ปัญหา"),
    "projects": _l("โครงการ"),
    "goals": _l("เป้าหมาย"),
    "links": _l("เชื่อมโยง"),
    "chains": _l("ห่วงโซ่คุณค่า"),
    "review": _l("ตรวจทานและส่ง"),
}
KINDS = {"need": _l("ปัญหา/ความต้องการ"), "project": _l("โครงการ"), "goal": _l("เป้าหมายของอำเภอ")}
FIRST_LEVELS = {"need": "VIL", "project": "LOC", "goal": "DIS"}
QUESTIONS = {
    "need": _l("ถามเมื่อเพิ่มปัญหา"),
    "project": _l("ถามเมื่อเพิ่มโครงการ"),
    "goal": _l("ถามเมื่อเพิ่มเป้าหมาย"),
    "answer": _l("ถามเมื่อเชื่อมปัญหากับโครงการ"),
    "issue": _l("ถามเมื่อเชื่อมโครงการกับประเด็น"),
    "because": _l("ถามเหตุผล"),
}
MINIMUMS = {"need": _l("ปัญหา"), "project": _l("โครงการ"), "upward_link": _l("ข้อเชื่อมขึ้น")}
MOST_PHASES, MOST_MINUTES, MOST_CRITERIA, LONGEST, MOST_OF_A_KIND = 12, 600, 10, 300, 50


def of_template(own: OwnTemplate, year_be: int) -> Data:
    """What the form shows of a template."""
    data = own.data
    settings = {**SETTINGS, **data.get("settings", {})}
    return _shown(own.name, data.get("form") or {}, data.get("phases") or (), settings,
                  data.get("levels") or levels_in(year_be))  # fmt: skip


def of_exercise(exercise: Exercise) -> Data:
    """What the form shows of an exercise."""
    phases = [
        {"code": phase.code, "name": phase.name, "minutes": phase.minutes, "prompt": phase.prompt}
        for phase in exercise.phases
    ]
    return _shown(exercise.name, exercise.form, phases, exercise.settings, exercise.levels)


def _shown(name: str, form: Data, phases: Any, settings: Data, levels: Any) -> Data:
    default = default_form()
    screening = settings.get("screening") or SETTINGS["screening"]
    return {
        "name": name,
        "phases": [dict(phase) for phase in phases],
        "questions": {**default["questions"], **form.get("questions", {})},
        "kinds": dict(form.get("kinds") or default["kinds"]),
        "labels": dict(form.get("labels") or {}),
        "minimum": {**default["minimum"], **form.get("minimum", {})},
        "form_code": form.get("form_code", ""),
        "criteria": [dict(one) for one in screening.get("criteria") or CRITERIA],
        "levels": [dict(level) for level in levels],
    }


def read(sent: Mapping[str, str], before: Data) -> Data:
    """The definition as a form sends it; RuleBroken names the field to mend."""
    name = _text(sent.get("name", ""), "name", 200)
    if not name:
        raise RuleBroken(_l("โปรดใส่ชื่อ"), "name")
    kinds = {kind: before["kinds"].get(kind) or FIRST_LEVELS[kind] for kind in KINDS if sent.get(f"kind-{kind}")}
    if not kinds:
        raise RuleBroken(_l("โปรดเลือกประเภทการ์ดอย่างน้อยหนึ่งประเภท"), "kind-need")
    return {
        "name": name,
        "phases": _phases(sent),
        "questions": {
            key: _text(sent.get(f"question-{key}", ""), f"question-{key}") or before["questions"].get(key, "")
            for key in QUESTIONS
        },
        "kinds": kinds,
        "labels": {k: said for k in KINDS if (said := _text(sent.get(f"label-{k}", ""), f"label-{k}", 80))},
        "minimum": {
            key: _number(sent.get(f"minimum-{key}", ""), f"minimum-{key}", MOST_OF_A_KIND) for key in MINIMUMS
        },
        "form_code": _text(sent.get("form_code", ""), "form_code", 40),
        "criteria": _criteria(sent.get("criteria", ""), before["criteria"]),
        "levels": [
            {**level, "label_th": _text(sent.get(f"level-{level['code']}", ""), "name") or level.get("label_th")}
            for level in before["levels"]
        ],
    }


def _phases(sent: Mapping[str, str]) -> list[Data]:
    found = []
    for place in range(MOST_PHASES):
        name = _text(sent.get(f"phase-{place}-name", ""), f"phase-{place}-name", 200)
        if not name:
            continue
        code = sent.get(f"phase-{place}-code", "")
        found.append(
            {
                "code": code if code in PHASE_CODES else "needs",
                "name": name,
                "minutes": _number(sent.get(f"phase-{place}-minutes", ""), f"phase-{place}-minutes", MOST_MINUTES),
                "prompt": _text(sent.get(f"phase-{place}-prompt", ""), f"phase-{place}-prompt", 1000),
            }
        )
    if not found:
        raise RuleBroken(_l("ต้องมีอย่างน้อยหนึ่งช่วง"), "phase-0-name")
    return found


def _criteria(pasted: str, before: list[Data]) -> list[Data]:
    """One criterion a line, ``| 2`` behind it for its weight. One that stays keeps its code, and so its scores."""
    codes = {one["th"]: one for one in before}
    used = {one["code"] for one in before}
    found: dict[str, Data] = {}
    for line in clean_text(pasted, multiline=True).splitlines():
        words, _bar, weight = (part.strip() for part in line.partition("|"))
        title = _text(words, "criteria")
        if not title or title in found:
            continue
        old = codes.get(title) or {"code": _free_code(used), "th": title, "en": title}
        used.add(old["code"])
        found[title] = {**old, "weight": _number(weight or "1", "criteria", 10) or 1}
    if len(found) > MOST_CRITERIA:
        raise RuleBroken(_l("ใส่เกณฑ์ได้ไม่เกิน %(most)d ข้อ", most=MOST_CRITERIA), "criteria")
    return list(found.values()) or before


def _free_code(used: set[str]) -> str:
    return next(code for number in range(1, 1000) if (code := f"C{number}") not in used)


def criteria_text(criteria: list[Data]) -> str:
    """The criteria as the box shows them."""
    return "\n".join(f"{c['th']} | {c['weight']}" if c.get("weight", 1) != 1 else c["th"] for c in criteria)


def _text(said: str, field: str, longest: int = LONGEST) -> str:
    text = clean_text(said)
    if len(text) > longest:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=longest), field)
    return text


def _number(said: str, field: str, most: int) -> int:
    text = said.strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most):
        raise RuleBroken(_l("โปรดใส่จำนวนเต็มระหว่าง %(low)s ถึง %(high)s", low=0, high=most), field)
    return int(text)


def write_template(own: OwnTemplate, data: Data) -> None:
    """Keep an edited template."""
    own.name = data["name"]
    kept = copy.deepcopy(own.data)
    screening = {**SETTINGS["screening"], **kept.get("settings", {}).get("screening", {})}
    own.data = {
        **kept,
        "form": _form(kept.get("form") or {}, data),
        "phases": data["phases"],
        "levels": data["levels"],
        "settings": {**kept.get("settings", {}), "screening": {**screening, "criteria": data["criteria"]}},
    }
    db.session.flush()


def write_exercise(exercise: Exercise, data: Data) -> None:
    """Change a running exercise. The phase that runs stays the one at its place; its clock goes on."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    exercise.name = data["name"]
    exercise.form = _form(exercise.form, data)
    screening = exercise.settings.get("screening") or SETTINGS["screening"]
    exercise.settings = {**exercise.settings, "screening": {**screening, "criteria": data["criteria"]}}
    exercise.levels = data["levels"]
    _write_phases(exercise, data["phases"])
    db.session.flush()
    lifecycle.moved(exercise)


def _form(form: Data, data: Data) -> Data:
    return {**form, **{key: data[key] for key in ("questions", "kinds", "labels", "minimum", "form_code")}}


def _write_phases(exercise: Exercise, wanted: list[Data]) -> None:
    there = list(exercise.phases)
    for place, values in enumerate(wanted):
        phase = there[place] if place < len(there) else Phase(exercise_id=exercise.id, position=place)
        phase.position = place
        for key, value in values.items():
            setattr(phase, key, value)
        db.session.add(phase)
    for phase in there[len(wanted) :]:
        if phase.position == exercise.phase_position:
            exercise.phase_position = exercise.phase_started_at = None
        db.session.delete(phase)
    db.session.flush()
    db.session.refresh(exercise, ["phases"])
