"""What the door says: for every outcome one sentence, and for every refusal one thing to do."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.formatting import thai_datetime, thai_time
from app.core.languages import language

DESK = _l("เชิญที่โต๊ะลงทะเบียนหน้างาน")

# reason → (the sentence, what to do)
REFUSALS: dict[str, tuple[object, object]] = {
    "unknown_code": (_l("ไม่พบรหัสนี้ในระบบ"), _l("ค้นหาจากชื่อ หรือเชิญที่โต๊ะลงทะเบียนหน้างาน")),
    "revoked": (_l("ป้ายชื่อนี้ถูกยกเลิกและออกใบใหม่แล้ว"), _l("ขอดูป้ายใบใหม่ หรือค้นหาจากชื่อ")),
    "not_registered_here": (_l("ผู้ถือป้ายนี้ไม่มีรายชื่อในงานนี้"), DESK),
    "withdrawn": (_l("ผู้นี้แจ้งถอนชื่อแล้ว"), DESK),
    "not_yet_open": (_l("จุดลงทะเบียนนี้ยังไม่เปิด"), _l("ตรวจว่าเลือกช่วงเวลาถูกต้อง หรือรอให้ถึงเวลาเปิด")),
    "closed": (_l("จุดลงทะเบียนนี้ปิดแล้ว"), _l("ตรวจว่าเลือกช่วงเวลาถูกต้อง หรือแจ้งหัวหน้าจุดลงทะเบียน")),
    "error": (_l("บันทึกรายการนี้ไม่ได้"), _l("เลือกจุดลงทะเบียนใหม่ แล้วสแกนอีกครั้ง")),
}
NOT_MEANT = (_l("จุดนี้ไม่ได้กำหนดไว้สำหรับผู้นี้"), _l("ตรวจว่าเลือกจุดถูกต้อง หรือแจ้งหัวหน้าจุดลงทะเบียน"))
UNDO_TOO_LATE = (_l("เกิน 10 วินาทีแล้ว ยกเลิกรายการเองไม่ได้"), _l("แจ้งหัวหน้าจุดลงทะเบียนให้ยกเลิกรายการ"))
UNDO_NOTHING = (_l("ไม่พบรายการที่จะยกเลิก"), _l("ตรวจรายชื่อผู้ลงทะเบียนแล้วในหน้าของผู้จัดงาน"))
REVIEW = (_l("บันทึกไว้แล้ว รอหัวหน้าจุดลงทะเบียนตรวจ"), _l("ให้เข้างานได้ แล้วแจ้งหัวหน้าจุดลงทะเบียน"))


def accepted(action: str) -> str:
    """Said when a person came in, went out, or a record was taken back."""
    return _accepted(action, language())


@cache
def _accepted(action: str, _language: str) -> str:
    said = {"exit": _("บันทึกการออกแล้ว"), "void": _("ยกเลิกรายการแล้ว")}
    return said.get(action, _("ลงทะเบียนเรียบร้อย"))


def already(at: datetime, gate: str, again: datetime) -> str:
    """Said at the second scan, made ``again``; never an error. ``gate`` is empty where the person did it alone."""
    # Thai words follow one another without a space, a Latin one stands apart: ที่ประตู 1, ที่ Gate 1.
    place = f" {gate}" if gate.isascii() else gate
    if clock.local(at).date() != clock.local(again).date():
        when = thai_datetime(at, locale=language())
        if not gate:
            return _("ลงทะเบียนแล้ว เมื่อวันที่ %(when)s", when=when)
        return _("ลงทะเบียนแล้ว เมื่อวันที่ %(when)s ที่%(gate)s", when=when, gate=place)
    time = thai_time(at, locale=language())
    if not gate:
        return _("ลงทะเบียนแล้ว เวลา %(time)s", time=time)
    return _("ลงทะเบียนแล้ว เวลา %(time)s ที่%(gate)s", time=time, gate=place)


def without_network() -> dict[str, str]:
    """What a phone says by itself when the server does not answer; ``{time}`` is put in there."""
    unknown, search_instead = REFUSALS["unknown_code"]
    said = {
        "accepted": accepted("enter"),
        "voided": accepted("void"),
        "already": _("ลงทะเบียนแล้ว เวลา {time} ที่เครื่องนี้"),
        "kept": _("เก็บไว้ในเครื่องแล้ว จะส่งเองเมื่อต่อเครือข่ายได้"),
        "unverified": _("รหัสนี้ไม่อยู่ในรายชื่อที่เก็บไว้ในเครื่อง เก็บไว้ให้หัวหน้าจุดลงทะเบียนตรวจ"),
        "take_name": _("ให้เข้างานได้ แล้วค้นหาจากชื่อ หรือเพิ่มเป็นผู้เข้าร่วมเพิ่มเติม"),
        "no_roster": _("ยังไม่มีรายชื่อในเครื่องนี้ เก็บรหัสไว้ให้ตรวจเมื่อต่อเครือข่ายได้"),
        "unknown": unknown,
        "search_instead": search_instead,
        "standing_for": _("(แทน) {name}"),
    }
    return {name: str(sentence) for name, sentence in said.items()}


def why_for_review(reason: str, action: str) -> str:
    """Why a scan waits in the review list, for whoever clears it."""
    if action == "void":
        return _("เครื่องนี้ขอยกเลิกรายการเมื่อเกิน 10 วินาทีแล้ว")
    if reason == "error":
        return _("ข้อมูลที่พิมพ์หน้างานรับเข้าไม่ได้")
    if not reason:
        return _("โทรศัพท์เครื่องเดียวลงทะเบียนให้หลายคน")
    return str(REFUSALS[reason][0])
