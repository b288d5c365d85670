"""From the bytes of an uploaded list to tables, or to a sentence that says why not."""

from __future__ import annotations

from pathlib import PurePath

from flask_babel import gettext as _

from .csv_text import read_csv
from .tables import FileUnreadable, Table
from .xlsx import read_xlsx

MAX_BYTES = 5 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls, and .xlsx under a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")


def read_tables(filename: str, data: bytes, *, with_hidden: bool = False) -> list[Table]:
    """The visible sheets of an XLSX workbook, or the one table of a CSV file, told apart by their content.

    ``with_hidden`` adds the hidden sheets, as far as they are read, so that somebody can be told of them.
    Raises FileUnreadable. Formulas come as ``Formula``; nothing of the file is evaluated.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise FileUnreadable(_("ไฟล์นี้ว่างเปล่า โปรดเลือกไฟล์รายชื่ออีกครั้ง"))
    if len(data) > MAX_BYTES:
        raise FileUnreadable(
            _("ไฟล์ใหญ่เกิน %(size)d MB โปรดลบรูปภาพหรือแผ่นงานที่ไม่ใช้ออก แล้วบันทึกใหม่", size=MAX_BYTES >> 20)
        )
    _refuse_other_kinds(data)
    if data.startswith(b"PK"):
        return read_xlsx(data, with_hidden=with_hidden)
    return [read_csv(PurePath(filename.replace("\\", "/")).stem, data)]


def _refuse_other_kinds(data: bytes) -> None:
    """Name the kinds of file that people send instead of a list, each with the way out."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise FileUnreadable(
                _("ไฟล์นี้ตั้งรหัสผ่านไว้ โปรดเปิดใน Excel ยกเลิกรหัสผ่านที่ ไฟล์ > ข้อมูล > ป้องกันสมุดงาน แล้วบันทึกใหม่")
            )
        raise FileUnreadable(
            _("ไฟล์นี้เป็น Excel รุ่นเก่า (.xls) โปรดเปิดใน Excel แล้วเลือก บันทึกเป็น > Excel Workbook (.xlsx)")
        )
    if data.startswith(b"%PDF"):
        raise FileUnreadable(_("ไฟล์นี้เป็น PDF ระบบอ่านรายชื่อไม่ได้ โปรดขอไฟล์ตารางต้นฉบับ (.xlsx หรือ .csv)"))
    if data.startswith(_PICTURES):
        raise FileUnreadable(_("ไฟล์นี้เป็นรูปภาพ ระบบอ่านรายชื่อไม่ได้ โปรดขอไฟล์ตารางต้นฉบับ (.xlsx หรือ .csv)"))
    head = data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<div")):
        raise FileUnreadable(
            _("ไฟล์นี้เป็นหน้าเว็บหรือ XML แม้ชื่อจะลงท้ายด้วย .xls โปรดเปิดใน Excel แล้วบันทึกเป็น Excel Workbook (.xlsx)")
        )
