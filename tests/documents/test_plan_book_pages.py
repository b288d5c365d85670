"""How a plan book stands on its pages, and what its file says of itself."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pymupdf
import pypdfium2
import time_machine
from docx import Document

from app.documents.books.docx_file import build_plan_book_docx
from app.documents.books.pdf import build_plan_book
from app.documents.books.pictures import fitting_scale
from app.documents.pictures import picture_strips
from app.documents.svg_canvas import Picture
from app.exercises.linkage.book.blocks import Chapter
from tests.documents.plan_books import make_book, words_of, words_of_docx
from tests.exercises.linkage.documents import document, item
from tests.exercises.linkage.large import large_document


def test_a_reader_shows_the_books_name(in_thai):
    book = make_book()
    pdf = pypdfium2.PdfDocument(build_plan_book(replace(book, chapters=book.chapters[:1])))
    assert pdf.get_metadata_dict()["Title"] == "ร่างแผนพัฒนาจังหวัดระยอง 4 ปี (พ.ศ. 2561–2564)"


def test_the_map_of_a_province_stands_whole_and_is_explained_as_what_it_is(in_thai):
    def chapter_of(book):
        return next(one for one in book.chapters if one.title == "ส่วนที่ 4 ความเชื่อมโยง")

    book, district = make_book(large_document()), chapter_of(make_book())
    province = chapter_of(book)
    told, drawing = province.blocks
    assert "สีคือประเด็นของจังหวัดที่ไปถึง" in told.text and "เส้นประ" not in told.text
    assert "แถบแดงคือรายการที่ยังไม่มีการเชื่อมขึ้น" in told.text
    picture = Picture.of(drawing.svg)
    assert picture.height > picture.width
    pages = pypdfium2.PdfDocument(build_plan_book(replace(book, chapters=[province])))
    assert len(pages) == 3, "cover, contents, and the map with its words on one page"
    assert pages[2].get_height() > pages[2].get_width()
    assert len(picture_strips(drawing.svg, drawing.header, 600 / fitting_scale(picture, 470, 600))) == 1
    assert "เส้นประคือส่งประสานแผน" in district.blocks[0].text and district.is_wide


def test_a_long_cell_is_printed_to_its_end(in_thai):
    long = item("L1", "LOC", "project", group="G1", objective="รายละเอียดของโครงการ " * 200 + "จบความ")
    book = make_book(document([long]))
    assert "จบความ" in words_of(build_plan_book(book)).replace(" ", "")
    docx = build_plan_book_docx(book)
    assert "จบความ" in words_of_docx(docx)
    words = zipfile.ZipFile(BytesIO(docx)).read("word/document.xml").decode()
    row = next(row for row in words.split("<w:tr>") if "จบความ" in row)
    assert "w:cantSplit" not in row, "it may go on over the page"


def test_the_word_file_says_of_itself_what_is_true(in_thai):
    with time_machine.travel(datetime(2018, 11, 8, 8, 20, tzinfo=UTC), tick=False):
        about = Document(BytesIO(build_plan_book_docx(make_book(document([]))))).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("Sammana", "Sammana", "")
    assert [moment.replace(tzinfo=UTC) for moment in (about.created, about.modified)] == [
        datetime(2018, 11, 8, 8, 20, tzinfo=UTC)
    ] * 2


def test_a_long_title_stays_on_the_contents_page(in_thai):
    book = make_book()
    title = "ส่วนที่ 4 ความเชื่อมโยงของแผนพัฒนาทุกระดับ " * 5
    with pymupdf.open(stream=build_plan_book(replace(book, chapters=[Chapter(title), *book.chapters[:1]]))) as pdf:
        words = pdf[1].get_text("words")
        right = pdf[1].rect.width
    assert max(word[2] for word in words) < right - 40
