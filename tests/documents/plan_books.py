"""Plan books of small documents, and the words in a finished file."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from app.exercises.linkage.analysis import Scope
from app.exercises.linkage.book import plan_book
from app.exercises.linkage.scopes import WRITING
from app.exercises.linkage.workbook.making import GroupMember
from tests.exercises.linkage.documents import sample
from tests.thai_pdf.reading import pdfium_text

MALI = GroupMember("แกลง 1", "นางสาวมะลิ ใจดี", "ปลัดอำเภอ", "ที่ทำการปกครองอำเภอแกลง")


def make_book(doc=None, district=None, event="โครงการทดสอบ"):
    """The book of a document."""
    return plan_book(
        doc or sample(),
        Scope(statuses=WRITING, district=district),
        event_name=event,
        counted="ทั้งหมด",
        made_at="8 พ.ย. 2561 15.20 น.",
        members=[MALI],
    )


def words_of(pdf: bytes) -> str:
    return " ".join(pdfium_text(pdf).split())


def words_of_docx(data: bytes) -> str:
    """Every word of the file, tables too."""
    body = Document(BytesIO(data)).element.body
    return " ".join(" ".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")).split())
