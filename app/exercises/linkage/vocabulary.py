"""The words of the exercise as people read them: levels, kinds, links, stages, sectors, sources."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

LEVELS: dict[str, Any] = {
    "VIL": _l("แผนพัฒนาหมู่บ้าน/แผนชุมชน"),
    "TAM": _l("แผนพัฒนาตำบล"),
    "LOC": _l("แผนพัฒนาท้องถิ่น (อปท.)"),
    "DIS": _l("แผนพัฒนาอำเภอ"),
    "PRO": _l("แผนพัฒนาจังหวัด"),
    "CLU": _l("แผนพัฒนากลุ่มจังหวัด"),
    "NAT2": _l("แผนระดับที่ 2 (แผนแม่บท/แผนพัฒนาฯ)"),
    "NAT1": _l("ยุทธศาสตร์ชาติ (แผนระดับที่ 1)"),
}

KINDS: dict[str, Any] = {
    "need": _l("ปัญหา/ความต้องการ"),
    "goal": _l("เป้าหมาย"),
    "issue": _l("ประเด็นการพัฒนา"),
    "approach": _l("แนวทางการพัฒนา"),
    "programme": _l("แผนงาน"),
    "project": _l("โครงการ"),
    "activity": _l("กิจกรรมหลัก"),
}

LINK_TYPES: dict[str, Any] = {
    "answered_by": _l("ได้รับการตอบสนองโดย"),
    "included_in": _l("บรรจุใน/ยกเป็น"),
    "escalated_to": _l("ส่งประสานแผน (เกินศักยภาพ)"),
    "supports": _l("สนับสนุน/ส่งผลต่อ"),
    "part_of": _l("เป็นส่วนหนึ่งของ"),
    "feeds": _l("ส่งต่อในห่วงโซ่คุณค่า"),
    "joint_with": _l("บูรณาการร่วม"),
    "duplicates": _l("ซ้ำซ้อนกับ"),
}

STRENGTHS: dict[int, Any] = {1: _l("ทางอ้อม/น้อย"), 2: _l("ปานกลาง"), 3: _l("ทางตรง/มาก")}

STAGES: dict[str, Any] = {
    "upstream": _l("ต้นทาง"),
    "midstream": _l("กลางทาง"),
    "downstream": _l("ปลายทาง"),
    "support": _l("สนับสนุน"),
}

SECTORS: dict[str, Any] = {
    "state": _l("ภาครัฐ"),
    "local": _l("อปท."),
    "private": _l("ภาคเอกชน"),
    "academic": _l("ภาควิชาการ"),
    "civil": _l("ภาคประชาสังคม"),
    "people": _l("ภาคประชาชน"),
}

PARTNER_ROLES: dict[str, Any] = {
    "lead": _l("รับผิดชอบหลัก"),
    "co": _l("ร่วมดำเนินการ"),
    "support": _l("สนับสนุน"),
    "fund": _l("สนับสนุนงบประมาณ"),
}

# Stored as text in the budget lines, so that an office may write a source of its own.
BUDGET_SOURCES: tuple[str, ...] = (
    "งบ อปท.",
    "งบจังหวัด",
    "งบกลุ่มจังหวัด",
    "งบกระทรวง/กรม (Function)",
    "เงินอุดหนุน",
    "กองทุน",
    "เอกชน/CSR",
    "ประชาชนสมทบ",
    "อื่นๆ",
)

EVIDENCE_TYPES: dict[str, Any] = {
    "statistic": _l("สถิติ"),
    "survey": _l("จปฐ./กชช.2ค"),
    "community_forum": _l("ประชาคม"),
    "report": _l("รายงาน"),
    "past_evaluation": _l("ผลการประเมินที่ผ่านมา"),
    "other": _l("อื่น ๆ"),
}

STATUSES: dict[str, Any] = {
    "draft": _l("ร่าง"),
    "submitted": _l("ส่งแล้ว"),
    "returned": _l("ส่งกลับให้แก้ไข"),
    "passed": _l("ผ่านการกลั่นกรอง"),
    "conditional": _l("ผ่านแบบมีเงื่อนไข"),
    "rejected": _l("ไม่ผ่านการกลั่นกรอง"),
    "merged": _l("รวมแล้ว"),
    "locked": _l("ปิดการแก้ไข"),
}

# What the parts of a card are called, in its history and in suggestions.
FIELD_NAMES: dict[str, Any] = {
    "title": _l("ชื่อ/ข้อความ"),
    "kind": _l("ประเภท"),
    "level": _l("ระดับแผน"),
    "detail": _l("รายละเอียด"),
    "objective": _l("วัตถุประสงค์"),
    "output_target": _l("เป้าหมาย (ผลผลิต)"),
    "output_without_number": _l("ไม่มีตัวเลขเป้าหมาย"),
    "lead_name": _l("หน่วยงานรับผิดชอบหลัก"),
    "lead_sector": _l("ภาคส่วน"),
    "budget": _l("งบประมาณ"),
    "no_budget": _l("ไม่ใช้งบประมาณ"),
    "partners": _l("ภาคีร่วมดำเนินการ"),
    "evidence": _l("ข้อมูลที่ยืนยัน"),
    "indicators": _l("ตัวชี้วัด"),
    "areas": _l("พื้นที่"),
    "chains": _l("ห่วงโซ่คุณค่า"),
    "beyond_capacity": _l("เกินศักยภาพ"),
    "not_escalated_because": _l("เหตุผลที่ยังไม่ประสานแผน"),
    "strength": _l("ระดับความเชื่อมโยง"),
    "rationale": _l("เหตุผล"),
    "type": _l("ประเภทความเชื่อมโยง"),
}

# The same in one word, as a phone asks for it.
STRENGTH_WORDS: dict[int, Any] = {3: _l("ตรง"), 2: _l("ปานกลาง"), 1: _l("อ้อม")}

BANDS: dict[str, Any] = {"pass": _l("ผ่าน"), "revise": _l("ควรปรับปรุง"), "fail": _l("ไม่ผ่าน")}

SUPPORT: dict[str, Any] = {
    "none": _l("ยังไม่มีสิ่งใดเชื่อมถึง"),
    "no_project": _l("ยังไม่มีโครงการรองรับ"),
    "no_need": _l("มีโครงการ แต่ไม่มีปัญหาจากหมู่บ้านรองรับ"),
    "grounded": _l("มีทั้งโครงการและปัญหารองรับ"),
}

OVERLAP: dict[str, Any] = {
    "likely_duplicate": _l("น่าจะซ้ำ"),
    "same_type_other_area": _l("ชนิดเดียวกันต่างพื้นที่ เสนอรวมเป็นชุด/บูรณาการ"),
    "flag": _l("คล้ายกันมาก"),
    "watch": _l("คล้ายกันบางส่วน"),
}

# The five properties of a good district plan, with what a score of 0, 1, 2 and 3 means.
CRITERIA: tuple[tuple[str, Any, tuple[Any, Any, Any, Any]], ...] = (
    (
        "C1",
        _l("มีความชัดเจน"),
        (
            _l("อ่านไม่รู้ว่าทำอะไร"),
            _l("รู้ว่าทำอะไรแต่ไม่รู้เท่าใด"),
            _l("ครบแต่ตัวชี้วัดวัดยาก"),
            _l("ครบและวัดได้"),
        ),
    ),
    (
        "C2",
        _l("เป็นเหตุเป็นผล"),
        (_l("ไม่มีปัญหารองรับ"), _l("มีแต่ไม่เกี่ยว"), _l("เกี่ยวบางส่วน"), _l("แก้ตรงสาเหตุ")),
    ),
    (
        "C3",
        _l("ใช้ข้อมูลที่เป็นปัจจุบัน"),
        (_l("ไม่มีข้อมูล"), _l("เก่าเกิน 5 ปี"), _l("3–5 ปี"), _l("ไม่เกิน 3 ปี และระบุแหล่ง")),
    ),
    (
        "C4",
        _l("มีความสอดคล้อง"),
        (_l("ไม่สอดคล้อง"), _l("ทางอ้อม/น้อย"), _l("ปานกลาง"), _l("ทางตรง/มาก")),
    ),
    (
        "C5",
        _l("เชื่อมโยงกับการประเมินสถานการณ์ที่ผ่านมา"),
        (_l("ไม่มี"), _l("อ้างถึงลอย ๆ"), _l("มีผลปีก่อน"), _l("มีผลและนำมาปรับ")),
    ),
)
