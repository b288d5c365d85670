"""The words of screening: what a pre-check found, and what each score of the five criteria means."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from .prechecks import Check

_CHECKS = {
    "filled": _l("ช่องสำคัญกรอกแล้ว %(filled)s จาก %(of)s"),
    "output_number": _l("ผลผลิตมีตัวเลข"),
    "output_no_number": _l("ผลผลิตไม่มีตัวเลข"),
    "indicator_whole": _l("ตัวชี้วัด “%(name)s” มีหน่วย ค่าฐาน ค่าเป้าหมาย และปีครบ"),
    "indicator_partial": _l("ตัวชี้วัด “%(name)s” ยังขาดหน่วย ค่าฐาน ค่าเป้าหมาย หรือปี"),
    "needs": _l("มีปัญหารองรับ %(count)s เรื่อง"),
    "reasons": _l("ข้อเชื่อมขึ้นมีเหตุผล %(count)s จาก %(of)s ข้อ"),
    "over_linked": _l("เชื่อมขึ้นถึง %(count)s ข้อ มากจนอาจไม่ตรงจริง"),
    "data_year": _l("ข้อมูลใหม่ที่สุดปี %(year)s %(title)s"),
    "no_data": _l("ไม่มีข้อมูลที่ระบุปี"),
    "reaches": _l("เชื่อมถึงประเด็นจังหวัดด้วยระดับ %(strength)s จาก 3"),
    "past": _l("อ้างผลการประเมินที่ผ่านมา %(title)s"),
    "no_past": _l("ไม่อ้างผลการประเมินที่ผ่านมา"),
}
ANCHORS: dict[str, tuple[object, ...]] = {
    "C1": (
        _l("อ่านไม่รู้ว่าทำอะไร"),
        _l("รู้ว่าทำอะไรแต่ไม่รู้เท่าใด"),
        _l("ครบแต่ตัวชี้วัดวัดยาก"),
        _l("ครบและวัดได้"),
    ),
    "C2": (_l("ไม่มีปัญหารองรับ"), _l("มีแต่ไม่เกี่ยว"), _l("เกี่ยวบางส่วน"), _l("แก้ตรงสาเหตุ")),
    "C3": (_l("ไม่มีข้อมูล"), _l("เก่ากว่า 5 ปี"), _l("3–5 ปี"), _l("ไม่เกิน 3 ปี ระบุแหล่ง")),
    "C4": (_l("ไม่เชื่อมถึงประเด็นจังหวัด"), _l("ทางอ้อม"), _l("ปานกลาง"), _l("ทางตรง")),
    "C5": (_l("ไม่มี"), _l("อ้างถึงลอย ๆ"), _l("มีผลปีก่อน"), _l("มีผลและนำมาปรับ")),
}
OTHER_ANCHORS = (_l("ไม่มี"), _l("น้อย"), _l("ปานกลาง"), _l("มาก"))
BANDS = {"pass": _l("ผ่าน"), "revise": _l("ผ่านโดยมีข้อแก้ไข"), "fail": _l("ไม่ผ่าน")}


def check_sentence(check: Check) -> str:
    """What a pre-check found."""
    return str(_CHECKS[check.code]) % check.params


def anchors_of(code: str) -> tuple[object, ...]:
    """What 0, 1, 2 and 3 mean for a criterion."""
    return ANCHORS.get(code, OTHER_ANCHORS)
