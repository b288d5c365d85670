"""Which files may be handed out, told by their content and not by their name alone."""

from __future__ import annotations

import io
import zipfile

import puremagic
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken

_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
}
# The part that makes a zip archive a document of Word, Excel or PowerPoint.
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_NOT_ALLOWED = _l("แนบได้เฉพาะ PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), PNG และ JPG")


def mime_type(data: bytes, file_name: str) -> str:
    """The type under which the file is served; RuleBroken when it is none of ours or not what its name says."""
    ending = file_name.rpartition(".")[2].casefold().replace("jpeg", "jpg")
    if ending not in KINDS:
        raise RuleBroken(_NOT_ALLOWED, "file")
    if not data:
        raise RuleBroken(_l("ไฟล์ว่าง โปรดเลือกไฟล์ใหม่"), "file")
    if not (_is_office(data, ending) if ending in _HEART else _is_plain(data, ending)):
        sentence = _l("เนื้อหาในไฟล์ไม่ตรงกับชนิด .%(ending)s หรือไฟล์เสีย โปรดบันทึกจากโปรแกรมเดิมแล้วแนบใหม่", ending=ending)
        raise RuleBroken(sentence, "file")
    return KINDS[ending]


def _is_office(data: bytes, ending: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # a damaged directory of parts: the library answers with half a dozen kinds
        return False
    return _HEART[ending] in names and "[Content_Types].xml" in names


def _is_plain(data: bytes, ending: str) -> bool:
    try:
        found = puremagic.from_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return False
    return found.lstrip(".").replace("jpeg", "jpg").replace("jfif", "jpg") == ending
