"""The plan book: what a district officer finds in it, on paper and in Word, and the files beside it."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import networkx
import pypdfium2
import pytest

from app.audit.models import AuditEntry
from app.database import db
from app.documents.books.docx_file import build_plan_book_docx
from app.documents.books.pdf import build_plan_book
from app.documents.books.pictures import strips
from app.documents.svg_canvas import Picture
from app.events.models import Role
from app.exercises.linkage.analysis import LinkageGraph
from app.exercises.linkage.book.blocks import Grid, Points
from app.exercises.linkage.charts.lanes import HEAD, draw_lanes, lane_edges
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.exchange import edge_rows, graphml, node_rows
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.snapshots.keeping import keep
from app.exercises.linkage.snapshots.models import Purpose
from tests.conftest import FIXTURES
from tests.documents.plan_books import make_book, words_of, words_of_docx
from tests.exercises.linkage.documents import document, item, link, reference, sample
from tests.exercises.linkage.large import large_document
from tests.make import make_event, make_member
from tests.system_packages import find
from tests.thai_pdf.reading import pdfium_text

PARTS = [
    "คำนำ",
    "ส่วนที่ 1 ข้อมูลและสถานการณ์",
    "ส่วนที่ 2 ผลการประเมินที่ผ่านมา",
    "ส่วนที่ 3 ประเด็น เป้าหมาย และตัวชี้วัด",
    "ส่วนที่ 4 ความเชื่อมโยง",
    "ส่วนที่ 5 บัญชีโครงการ",
    "ภาคผนวก ก รายชื่อกลุ่ม",
    "ภาคผนวก ข คะแนน",
    "ภาคผนวก ค โครงการเกินศักยภาพและการประสานแผน",
    "ภาคผนวก ง สิ่งที่ยังขาด",
]


@pytest.mark.parametrize("build", [build_plan_book, build_plan_book_docx])
def test_both_books_hold_every_part_every_project_and_no_broken_letter(in_thai, build):
    data = build(make_book())
    text = words_of(data) if build is build_plan_book else words_of_docx(data)
    squeezed = text.replace(" ", "")
    for part in PARTS:
        assert part.replace(" ", "") in squeezed, part
    for one in sample()["items"]:
        if one["origin"] != "reference" and one["kind"] != "activity":
            assert one["title_th"].replace(" ", "") in squeezed, one["id"]
    assert "ร่างแผนพัฒนาจังหวัดระยอง" in text
    assert "4 ปี (พ.ศ. 2561–2564)" in text
    assert not re.search("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]", text)


def test_the_book_says_what_is_missing_and_who_can_mend_it(in_thai):
    text = words_of(build_plan_book(make_book()))
    missing = text[text.rindex("ภาคผนวก ง สิ่งที่ยังขาด") :]
    assert "ไฟส่องสว่างถนนในหมู่บ้านชำรุด" in missing
    assert re.search(r"อำเภอแกลงสะอาด.*แกลง 2.*โครงการคัดแยกขยะ", missing), "broken where, who, what waits"
    assert "ท่องเที่ยวชุมชนชายฝั่ง: ทั้งพื้นที่ยังขาดปลายทาง" in missing
    assert "ตัวชี้วัด" in missing


@pytest.mark.parametrize(
    ("event", "written"),
    [
        ("โครงการอบรม “การเชื่อมโยงแผน”", "ประชุมกลุ่มย่อยในโครงการอบรม “การเชื่อมโยงแผน” โดยกลุ่ม"),
        ("ประชุม “แผนร่วม”", "ประชุมกลุ่มย่อยในโครงการ “ประชุม ‘แผนร่วม’” โดยกลุ่ม"),
    ],
)
def test_the_preface_reads_as_a_sentence(in_thai, event, written):
    made, asked = (block.text for block in make_book(event=event).chapters[0].blocks[:2])
    assert written in made
    assert "(ก.บ.จ.) เพื่อพิจารณากลั่นกรอง" in asked


def test_the_appendix_names_as_many_broken_ways_as_the_preface_counts(in_thai):
    """Unlinked cards by what they are, then those that wait for one of them."""
    cards = [item("V1", "VIL", "need", group="G1"), item("L1", "LOC", "project", group="G1")]
    cards += [item("T1", "DIS", "goal", group="G1"), item("M1", "DIS", "programme", group="G1")]
    cards += [item("L2", "LOC", "project", group="G1"), reference("P1")]
    book = make_book(document(cards, [link("L2", "T1")]))
    preface, appendix = book.chapters[0], book.chapters[-1]
    [grid] = [block for block in preface.blocks if isinstance(block, Grid)]
    assert ["รายการที่ขาดการเชื่อมโยง", "5"] in grid.rows
    blocks = appendix.blocks
    assert [block.rows[0][2] for block in blocks if isinstance(block, Grid)][0] == "เรื่องL2"
    lists = {head.text: points.lines for head, points in pairwise(blocks) if isinstance(points, Points)}
    unlinked = {head: len(lines) for head, lines in lists.items() if "เชื่อมขึ้น" in head or "ตอบสนอง" in head}
    assert unlinked == {
        "ปัญหาที่ยังไม่มีโครงการตอบสนอง (1)": 1,
        "โครงการที่ยังไม่เชื่อมขึ้น (1)": 1,
        "เป้าหมาย ชุดโครงการ และรายการอื่นที่ยังไม่เชื่อมขึ้น (2)": 2,
    }


def test_data_stand_with_their_year_and_old_ones_are_marked(in_thai):
    text = words_of(build_plan_book(make_book()))
    part = text[text.index("ส่วนที่ 1 ข้อมูลและสถานการณ์", text.index("คำนำ ร่างแผน")) :]
    assert "รายงานสถานการณ์ชายฝั่ง (รายงาน) 2555*" in part
    assert "ข้อมูล กชช.2ค (สถิติ) 2560" in part


def test_money_is_summed_by_issue_and_by_year(in_thai):
    text = words_of(build_plan_book(make_book()))
    assert "รวม 13 20,630,000 100" in text
    assert "งบประมาณที่นับ 18,130,000 บาท" in text
    assert "รวม 7 โครงการ – 7,180,000 10,000,000 – 17,180,000" in text


def test_a_districts_book_holds_its_own_cards_and_the_provinces_issues(in_thai):
    text = words_of(build_plan_book(make_book(district="2104")))
    assert "ร่างแผนพัฒนาอำเภอวังจันทร์" in text
    assert "คณะกรรมการบริหารงานอำเภอ (กบอ.)" in text, "2561: no dots"
    assert "ช้างป่าออกมาทำลายพืชผล" in text
    assert "ไฟส่องสว่างถนนในหมู่บ้านชำรุด" not in text
    assert "พัฒนาคุณภาพสินค้าเกษตร" in text
    assert "ผู้สูงอายุและผู้เปราะบางได้รับการดูแลทั่วถึง" not in text, "a neighbour's goal is not missing here"


def test_an_empty_exercise_makes_a_book_that_says_so(in_thai):
    for doc in (document([]), document([reference("P1")]), document([item("L1", "LOC", "project", group="G1")])):
        assert "ภาคผนวก ง" in words_of(build_plan_book(make_book(doc)))
        assert build_plan_book_docx(make_book(doc))


def test_typed_text_is_words_in_a_book_never_markup(in_thai):
    hostile = '<b>หนา</b> <img src="file:///etc/passwd"/> & ]]> \u0000\u202e{{7*7}}'
    odd = item("L1", "LOC", "project", group="G1", output_target=hostile * 40, objective="ก" * 3000)
    doc = document([{**odd, "title_th": hostile}, reference("P1")], [link("L1", "P1", rationale=hostile)])
    assert "<b>หนา</b>" in words_of(build_plan_book(make_book(doc)))
    assert "<b>หนา</b>" in words_of_docx(build_plan_book_docx(make_book(doc)))


def test_a_row_taller_than_a_page_goes_on_over_the_page(in_thai):
    tall = item("L1", "LOC", "project", group="G1", objective="บรรทัด\n" * 300)
    pdf = build_plan_book(make_book(document([tall])))
    assert "โครงการ" in words_of(pdf)


@pytest.mark.parametrize(("groups", "most"), [(9, 400), (9, 600), (45, 700)])
def test_lanes_that_go_on_over_the_page_are_parted_between_two_districts(in_thai, groups, most):
    """No box is cut, none is shown twice, and a name stands on the page of its boxes."""
    source = LinkageGraph.from_document(large_document(groups=groups))
    svg, breaks = draw_lanes(source, "VC1"), lane_edges(source, "VC1")
    parts = strips(Picture.of(svg), HEAD, most, breaks)
    assert len(parts) > 1 and all(part.height <= most for part in parts)
    assert [one.top + one.height for one in parts[:-1]] == [two.top for two in parts[1:]]
    assert {part.top for part in parts[1:]} <= set(breaks)
    rects = [r for r in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect") if r.get("class") == "map-box"]
    spans = [(float(r.get("y")), float(r.get("y")) + float(r.get("height"))) for r in rects]
    assert spans and not [part for part in parts[1:] for top, end in spans if top < part.top < end]


def test_word_is_told_that_thai_is_thai(in_thai):
    data = build_plan_book_docx(make_book())
    styles = ET.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/styles.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Cell", "Cell Head"):
        style = next(
            s for s in styles.iter(f"{w}style") if s.find(f"{w}name").get(f"{w}val").lower() == name.lower()
        )
        properties = style.find(f"{w}rPr")
        fonts = properties.find(f"{w}rFonts")
        assert fonts.get(f"{w}cs") == fonts.get(f"{w}ascii") == "TH SarabunPSK"
        assert not [key for key in fonts.attrib if key.endswith(("Theme", "theme"))]
        assert properties.find(f"{w}szCs").get(f"{w}val") == properties.find(f"{w}sz").get(f"{w}val")
        assert properties.find(f"{w}lang").get(f"{w}bidi") == "th-TH"
        order = [child.tag.removeprefix(w) for child in properties]
        wanted = ["rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "lang"]
        assert [tag for tag in order if tag in wanted] == [tag for tag in wanted if tag in order]


@pytest.mark.skipif(
    find("soffice") is None, reason="LEFT OUT: LibreOffice is not installed, the DOCX was not opened"
)
def test_the_word_file_opens_in_libreoffice_with_thai_whole(in_thai, tmp_path):
    (tmp_path / "book.docx").write_bytes(build_plan_book_docx(make_book()))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [find("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "book.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    pdf = (tmp_path / "book.pdf").read_bytes()
    squeezed = pdfium_text(pdf).replace("\n", "").replace(" ", "")
    for words in ("ร่างแผนพัฒนาจังหวัดระยอง", "น้ำเพียงพอสำหรับสวนผลไม้", "ผู้สูงอายุติดเตียง", "สิ่งที่ยังขาด"):
        assert words in squeezed
    sizes = {tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(pdf)}
    assert sizes == {(595, 842), (842, 595)}, "tall and wide pages, all A4"


# -- the graph for other programs -------------------------------------------------------------------------


def test_graphml_is_read_by_networkx_with_every_node_and_edge():
    graph = networkx.parse_graphml(graphml(sample()).decode())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (40, 37)
    assert graph.nodes["L1"]["label"] == "โครงการขุดลอกสระน้ำเพื่อสวนผลไม้ ตำบลกองดิน"
    assert graph.nodes["L1"]["budget"] == 2_500_000.0
    edge = graph.edges["V6", "L6"]
    assert (edge["type"], edge["strength"]) == ("answered_by", 3)


def test_edges_are_headed_as_kumu_reads_them():
    rows = edge_rows(sample())
    assert rows[0] == ["From", "To", "Type", "Strength", "Label"]
    assert ["V6", "L6", "answered_by", "3", "ลดขยะที่ต้องกำจัดตั้งแต่ครัวเรือน"] in rows
    ids = {row[0] for row in node_rows(sample())[1:]}
    assert {end for row in rows[1:] for end in row[:2]} <= ids


# -- by the web -------------------------------------------------------------------------------------------


@pytest.fixture
def exercise(app):
    return create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))


@pytest.fixture
def organiser(exercise, client):
    client.sign_in(make_member(exercise.event, Role.ORGANISER))
    return client


def taken(organiser, exercise, path, **sent):
    return organiser.submit(f"/events/kbo/documents/exercises/{exercise.public_id}/{path}", sent)


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_book_is_taken_from_the_documents_page_and_noted_without_names(exercise, organiser, kind, start):
    assert "เล่มแผน (PDF)" in organiser.get("/events/kbo/documents").get_data(as_text=True)
    response = taken(organiser, exercise, "plan-book", format=kind, district="2103")
    assert response.data.startswith(start)
    assert kind in response.headers["Content-Disposition"]
    entry = db.session.query(AuditEntry).filter_by(action="document.exported").one()
    assert entry.facts == {
        "document": "plan-book",
        "exercise": exercise.id,
        "district": "2103",
        "handed_in": False,
    }


def test_a_kept_version_is_taken_as_book_and_workbook_as_it_was(exercise, organiser):
    user = make_member(exercise.event, Role.ORGANISER)
    kept = keep(exercise, Purpose.DRAFT, "ก่อนเวที", user)
    project = db.session.query(PlanItem).filter_by(code="L10", exercise_id=exercise.id).one()
    project.title, project.title_th = "โครงการที่เปลี่ยนชื่อแล้ว", None
    db.session.commit()
    page = organiser.get(f"/events/kbo/exercises/{exercise.public_id}/versions").get_data(as_text=True)
    assert page.count(f'name="version" value="{kept.public_id}"') == 3
    sent = {"version": kept.public_id}
    book = taken(organiser, exercise, "plan-book", format="docx", **sent).data
    words = zipfile.ZipFile(BytesIO(book)).read("word/document.xml").decode()
    assert "ปรับปรุงภูมิทัศน์" in words and "เปลี่ยนชื่อแล้ว" not in words
    assert kept.sha256[:16] in words, "the book says which version it is"
    sheets = zipfile.ZipFile(BytesIO(taken(organiser, exercise, "workbook", **sent).data))
    of_then = sheets.read("xl/sharedStrings.xml").decode()
    assert "เปลี่ยนชื่อแล้ว" not in of_then and kept.sha256[:16] in of_then
    now = zipfile.ZipFile(BytesIO(taken(organiser, exercise, "workbook").data))
    words_of_now = now.read("xl/sharedStrings.xml").decode()
    assert "เปลี่ยนชื่อแล้ว" in words_of_now and "ทั้งที่ส่งแล้วและกำลังร่าง" in words_of_now
    assert taken(organiser, exercise, "plan-book", format="pdf", version="nobody").status_code == 404
    versions = [
        entry.facts.get("version") for entry in db.session.query(AuditEntry).filter_by(action="document.exported")
    ]
    assert versions == [1, 1, None]


def test_in_word_the_years_stand_under_one_heading_that_every_page_repeats(in_thai):
    words = zipfile.ZipFile(BytesIO(build_plan_book_docx(make_book()))).read("word/document.xml").decode()
    table = next(part for part in words.split("<w:tbl>") if "วัตถุประสงค์" in part).split("</w:tbl>")[0]
    upper, lower, first = (row.split("</w:tr>")[0] for row in table.split("<w:tr>")[1:4])
    assert 'w:gridSpan w:val="5"' in upper and "งบประมาณ (บาท)" in upper and "2562" not in upper
    assert "2562" in lower and "2563" in lower
    assert "w:tblHeader" in upper and "w:tblHeader" in lower and "w:tblHeader" not in first
    assert upper.count("<w:tc>") + 4 == lower.count("<w:tc>") == first.count("<w:tc>")


def test_a_book_of_a_district_nobody_knows_is_refused_with_a_sentence(exercise, organiser):
    response = taken(organiser, exercise, "plan-book", format="pdf", district="9999")
    assert response.status_code == 302
    assert taken(organiser, exercise, "plan-book", format="exe").status_code == 400


def test_graphs_are_taken_and_formulas_in_them_stay_words(exercise, organiser):
    assert b"<graphml" in taken(organiser, exercise, "graph", format="graphml").data
    assert "แกลง".encode() in taken(organiser, exercise, "graph", format="nodes").data
    assert b"From,To,Type,Strength,Label" in taken(organiser, exercise, "graph", format="edges").data
    assert taken(organiser, exercise, "graph", format="").status_code == 400


@pytest.mark.parametrize(
    "name", ["map", "coverage", "funnel", "money", "years", "crossings", "votes", "chain-1", "chain-2"]
)
def test_every_figure_is_a_picture_in_three_kinds(exercise, organiser, name):
    start = f"/events/kbo/documents/exercises/{exercise.public_id}/figures/{name}"
    svg = organiser.get(f"{start}.svg").data
    assert ET.fromstring(svg).tag.endswith("svg")
    assert b"/events/" not in svg, "a file leads nowhere"
    assert organiser.get(f"{start}.pdf").data.startswith(b"%PDF")
    assert organiser.get(f"{start}.png").data.startswith(b"\x89PNG")


def test_an_unknown_figure_is_not_found(exercise, organiser):
    start = f"/events/kbo/documents/exercises/{exercise.public_id}/figures"
    for name in ("nothing.svg", "chain-3.svg", "chain-0.png", "chain-x.png", "map.exe"):
        assert organiser.get(f"{start}/{name}").status_code == 404
