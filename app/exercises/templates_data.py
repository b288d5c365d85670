"""The exercises an organiser can start from, as data: levels, kinds, phases with minutes, prompts, questions.

Starting an exercise copies all of it, so that a later correction here never changes an exercise that ran.
"""

from __future__ import annotations

import copy
from typing import Any

LEVELS: tuple[dict[str, Any], ...] = (
    {"code": "VIL", "rank": 10, "label_th": "แผนพัฒนาหมู่บ้าน/แผนชุมชน", "label_en": "Village/community plan"},
    {"code": "TAM", "rank": 20, "label_th": "แผนพัฒนาตำบล", "label_en": "Tambon plan (since 2562)"},
    {"code": "LOC", "rank": 30, "label_th": "แผนพัฒนาท้องถิ่น (อปท.)", "label_en": "Local plan (LAO)"},
    {"code": "DIS", "rank": 40, "label_th": "แผนพัฒนาอำเภอ", "label_en": "District development plan"},
    {"code": "PRO", "rank": 50, "label_th": "แผนพัฒนาจังหวัด", "label_en": "Provincial development plan"},
    {"code": "CLU", "rank": 60, "label_th": "แผนพัฒนากลุ่มจังหวัด", "label_en": "Provincial-cluster plan"},
    {
        "code": "NAT2",
        "rank": 80,
        "label_th": "แผนระดับที่ 2 (แผนแม่บท/แผนพัฒนาฯ)",
        "label_en": "Level-2 national plans",
    },
    {
        "code": "NAT1",
        "rank": 90,
        "label_th": "ยุทธศาสตร์ชาติ (แผนระดับที่ 1)",
        "label_en": "National strategy",
    },
)

CRITERIA: tuple[dict[str, Any], ...] = (
    {"code": "C1", "th": "มีความชัดเจน", "en": "Clear", "weight": 1},
    {"code": "C2", "th": "เป็นเหตุเป็นผล", "en": "Logical", "weight": 1},
    {"code": "C3", "th": "ใช้ข้อมูลที่เป็นปัจจุบัน", "en": "Uses current data", "weight": 1},
    {"code": "C4", "th": "มีความสอดคล้อง", "en": "Consistent/aligned", "weight": 1},
    {
        "code": "C5",
        "th": "เชื่อมโยงกับการประเมินสถานการณ์ที่ผ่านมา",
        "en": "Linked to past situation assessment",
        "weight": 1,
    },
)

SETTINGS: dict[str, Any] = {
    "anchor_level": "PRO",
    "anchor_kinds": ["issue", "goal"],
    "root_level": "VIL",
    "upward_link_types": ["answered_by", "included_in", "escalated_to", "supports", "part_of"],
    "budget_kinds": ["project"],
    "budget_not_counted_if_out_link": ["escalated_to", "included_in"],
    "levels_in_use": ["VIL", "LOC", "DIS", "PRO", "NAT1"],
    "strict_levels": ["LOC", "DIS"],
    "max_data_age_years": 3,
    "similarity": {"method": "dice_char_trigram", "flag": 0.5, "watch": 0.35},
    "screening": {"scale_max": 3, "pass": 70, "revise": 50, "discuss_range": 2, "criteria": list(CRITERIA)},
}

ONE_PLAN_60: dict[str, Any] = {
    "code": "one-plan-60",
    "name": "One Plan ฉบับย่อ 60 นาที",
    "lead": "ปัญหา/ความต้องการ → โครงการ → ประเด็นของจังหวัด",
    "form": {
        # Kinds of card a group may write, each with the level it begins on.
        "kinds": {"need": "VIL", "project": "LOC", "goal": "DIS"},
        # Levels a project may be moved to on its card.
        "project_levels": ["LOC", "DIS"],
        "minimum": {"need": 1, "project": 1, "upward_link": 1},
        "questions": {
            "need": "หมู่บ้านหรือชุมชนของท่านมีปัญหาหรือความต้องการเรื่องใด",
            "project": "โครงการใดจะช่วยแก้ปัญหาหรือตอบความต้องการเหล่านี้",
            "goal": "อำเภอควรมีเป้าหมายใดเพื่อให้โครงการเหล่านี้ไปในทางเดียวกัน",
            "issue": "โครงการนี้ช่วยประเด็นจังหวัดข้อใดมากที่สุด",
            "answer": "ปัญหานี้มีโครงการใดช่วยได้",
            "because": "เพราะ…",
        },
    },
    "phases": (
        {
            "code": "needs",
            "name": "ปัญหา/ความต้องการ",
            "minutes": 15,
            "prompt": "ช่วยกันบอกปัญหาหรือความต้องการของหมู่บ้าน ข้อละหนึ่งเรื่อง ใช้คำที่ชาวบ้านพูด",
        },
        {
            "code": "projects",
            "name": "โครงการ",
            "minutes": 20,
            "prompt": "แต่ละปัญหามีโครงการใดช่วยได้ ใครทำ ใช้งบประมาณเท่าใด ได้ผลอะไร",
        },
        {
            "code": "links",
            "name": "เชื่อมโยงขึ้น",
            "minutes": 15,
            "prompt": "แต่ละโครงการช่วยประเด็นของจังหวัดข้อใดมากที่สุด เลือก 1–2 ข้อที่ตรงที่สุด แล้วบอกว่าเพราะอะไร",
        },
        {
            "code": "review",
            "name": "ตรวจทานและส่ง",
            "minutes": 10,
            "prompt": "อ่านทวนทั้งกลุ่ม เติมสิ่งที่ยังขาด แล้วกดส่ง",
        },
    ),
}

TEMPLATES: dict[str, dict[str, Any]] = {ONE_PLAN_60["code"]: ONE_PLAN_60}


def template_named(code: str) -> dict[str, Any]:
    """A copy of a template that may be changed; KeyError when there is none."""
    return copy.deepcopy(TEMPLATES[code])


def default_form() -> dict[str, Any]:
    """The questions for an exercise that came as a file and says nothing of its own."""
    return copy.deepcopy(ONE_PLAN_60["form"])


def default_phases() -> list[dict[str, Any]]:
    """The phases for an exercise that came as a file."""
    return copy.deepcopy(list(ONE_PLAN_60["phases"]))
