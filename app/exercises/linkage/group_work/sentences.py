"""The sentence for every problem the rules report, in the words of the person's cards."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from ..rules import Problem
from ..vocabulary import KINDS, LEVELS, LINK_TYPES

SENTENCES: dict[str, Any] = {
    # block
    "title_empty": _l("โปรดเขียนชื่อหรือข้อความของรายการนี้"),
    "kind_unknown": _l("ไม่รู้จักประเภท “%(kind)s” โปรดเลือกประเภทจากรายการ"),
    "kind_not_on_level": _l("%(kind)s เขียนไว้ที่%(level)sไม่ได้ โปรดเลือกระดับแผนใหม่"),
    "budget_negative": _l("งบประมาณติดลบไม่ได้ โปรดแก้จำนวนเงิน"),
    "link_type_unknown": _l("ไม่รู้จักความเชื่อมโยงแบบ “%(type)s” โปรดเลือกจากรายการ"),
    "link_to_itself": _l("เชื่อมรายการเข้ากับตัวเองไม่ได้ โปรดเลือกปลายทางอื่น"),
    "link_repeated": _l("“%(source_title)s” กับ “%(target_title)s” เชื่อมกันแบบ “%(type)s” อยู่แล้ว"),
    "facilitator_only": _l("มีเพียงวิทยากรประจำกลุ่มที่ระบุว่าโครงการซ้ำซ้อนกันได้ โปรดแจ้งวิทยากร"),
    "kinds_do_not_join": _l("%(source_kind)sเชื่อมไปยัง%(target_kind)sแบบ “%(type)s” ไม่ได้ โปรดเลือกแบบหรือปลายทางอื่น"),
    "levels_do_not_join": _l(
        "เชื่อมจาก%(source_level)sไปยัง%(target_level)sแบบ “%(type)s” ไม่ได้ โปรดเลือกปลายทางในระดับที่ถูกต้อง"
    ),
    "stages_do_not_follow": _l("ส่งต่อในห่วงโซ่คุณค่าได้เฉพาะโครงการในห่วงโซ่เดียวกันไปยังขั้นเดียวกันหรือขั้นถัดไป"),
    "cycle": _l("เชื่อมไม่ได้ เพราะจะวนกลับมาที่เดิม: %(titles)s โปรดเลือกปลายทางอื่นหรือลบข้อเชื่อมเดิมก่อน"),
    # submit gate
    "too_few_needs": _l("มีปัญหา/ความต้องการ %(have)s ข้อ ต้องมีอย่างน้อย %(least)s ข้อก่อนส่ง"),
    "too_few_projects": _l("มีโครงการ %(have)s โครงการ ต้องมีอย่างน้อย %(least)s โครงการก่อนส่ง"),
    "too_few_upward_links": _l("เชื่อมขึ้นไปยังแผนระดับบน %(have)s ข้อ ต้องมีอย่างน้อย %(least)s ข้อก่อนส่ง"),
    "lead_agency_missing": _l("“%(title)s” ยังไม่ระบุหน่วยงานรับผิดชอบหลัก"),
    "budget_missing": _l("“%(title)s” ยังไม่ระบุงบประมาณ หากไม่ใช้เงินให้เลือก “ไม่ใช้งบประมาณ”"),
    "output_target_missing": _l("“%(title)s” ยังไม่ระบุเป้าหมาย (ผลผลิตของโครงการ)"),
    "output_target_without_number": _l("เป้าหมายของ “%(title)s” ไม่มีตัวเลข โปรดเติมจำนวน หรือยืนยันว่าไม่มีตัวเลข"),
    # warnings
    "rationale_missing": _l("ยังไม่เขียนเหตุผลว่า “%(source_title)s” เชื่อมกับ “%(target_title)s” เพราะอะไร"),
    "strong_without_evidence": _l("“%(source_title)s” เชื่อมกับ “%(target_title)s” ระดับมาก แต่ยังไม่มีหลักฐาน"),
    "feeds_on_one_stage": _l("“%(source_title)s” ส่งต่อให้ “%(target_title)s” ในขั้นเดียวกัน โปรดตรวจว่าถูกต้อง"),
    "evidence_old": _l("“%(title)s” ใช้ข้อมูลเก่ากว่าที่กำหนด โปรดหาข้อมูลปีล่าสุด"),
    "project_without_need": _l("“%(title)s” ยังไม่มีปัญหา/ความต้องการรองรับ"),
    "too_many_upward_links": _l("“%(title)s” เชื่อมขึ้น %(links)s ข้อ โปรดเหลือเฉพาะข้อที่ตรงที่สุด 1–2 ข้อ"),
    "stage_missing": _l("“%(title)s” อยู่ในห่วงโซ่คุณค่าแล้ว แต่ยังไม่ระบุขั้น (ต้นทาง กลางทาง ปลายทาง)"),
    "goal_without_indicator": _l("เป้าหมาย “%(title)s” ยังไม่มีตัวชี้วัด"),
    "goal_with_many_anchors": _l("เป้าหมาย “%(title)s” เชื่อมกับประเด็นจังหวัดเกิน 3 ประเด็น โปรดเลือกประเด็นหลัก"),
    "objective_missing": _l("“%(title)s” ยังไม่เขียนวัตถุประสงค์"),
    "budget_very_large": _l("งบประมาณของ “%(title)s” เกิน 500 ล้านบาท โปรดตรวจจำนวนเงิน"),
    "budget_year_outside_plan": _l("งบประมาณของ “%(title)s” อยู่นอกช่วงปีของแผน โปรดตรวจปีงบประมาณ"),
    "beyond_capacity_not_passed_on": _l(
        "“%(title)s” เกินศักยภาพแต่ยังไม่ส่งประสานแผน โปรดเชื่อมไปยังแผนอำเภอ/จังหวัด หรือเขียนเหตุผลที่ไม่ส่ง"
    ),
}

_WORDS = {
    "kind": KINDS,
    "source_kind": KINDS,
    "target_kind": KINDS,
    "level": LEVELS,
    "source_level": LEVELS,
    "target_level": LEVELS,
    "type": LINK_TYPES,
}


def sentence_of(problem: Problem) -> str:
    """What to tell the person about a problem, in the language in force."""
    return str(SENTENCES[problem.code]) % {name: _said(name, value) for name, value in problem.params.items()}


def _said(name: str, value: Any) -> str:
    if name == "titles":
        return " → ".join(f"“{title}”" for title in value)
    words = _WORDS.get(name)
    return str(words.get(value, value)) if words is not None else str(value)
