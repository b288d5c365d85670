"""A plan book as a Word file that an office goes on writing in.

Thai is complex script to Word: font, size, bold and language each have a second setting of their own, without
which Thai falls back to another font and size. All of it stands in the styles; runs carry nothing but words.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from flask_babel import gettext as _

from app.core import clock
from app.exercises.linkage.book import PlanBook
from app.exercises.linkage.book.blocks import Block, Chapter, Cover, Drawing, Grid, Heading, Points
from app.thai_pdf import drawable

from ..pictures import picture_strips
from ..svg_canvas import Picture
from .docx_table import add_grid
from .pictures import fitting_scale
from .progress import Progress, Tell, silent, weight

# The face official papers are typed in; it is named, not shipped, and offices have it.
FACE = "TH SarabunPSK"
BODY, SMALL = 16, 13
STYLES: tuple[tuple[str, float, bool, str], ...] = (
    ("Normal", BODY, False, ""),
    ("Title", 32, True, ""),
    ("Subtitle", 22, True, ""),
    ("Heading 1", 22, True, ""),
    ("Heading 2", 18, True, ""),
    ("List Bullet", BODY, False, ""),
    ("Caption", SMALL, False, "4D5866"),
    ("Soft", SMALL, False, "4D5866"),
    ("Cell", 12, False, ""),
    ("Cell Head", 12, True, ""),
    ("Gap", 4, False, ""),
)
STYLE_IDS = {name: name.replace(" ", "") for name, *_rest in STYLES if name != "Normal"}
LONGEST = 5000


def build_plan_book_docx(book: PlanBook, tell: Tell = silent) -> bytes:
    """The bytes of the book."""
    document = Document()
    progress = Progress(book, tell)
    _make_styles(document)
    _page(document.sections[0], False)
    document.sections[0].different_first_page_header_footer = True
    _describe(document, book)
    _cover(document, book.cover)
    _contents(document, book)
    for chapter in book.chapters:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _page(section, chapter.is_wide)
        _write(document, drawable(chapter.title), "Heading 1")
        for block in chapter.blocks:
            _add(document, block, chapter)
            progress.add(weight(block))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _describe(document: Any, book: PlanBook) -> None:
    """What a file manager shows; the template has a date and a remark of its own."""
    about = document.core_properties
    about.title = drawable(f"{book.cover.title} {book.cover.period}".strip())
    about.language = "th-TH"
    about.author = about.last_modified_by = "Sammana"
    about.comments = ""
    about.created = about.modified = clock.now().replace(tzinfo=None)


def _add(document: Any, block: Block, chapter: Chapter) -> None:
    if isinstance(block, Heading):
        _write(document, drawable(block.text), "Heading 2")
    elif isinstance(block, Points):
        for line in block.lines:
            _write(document, drawable(line, max_len=LONGEST), "List Bullet")
    elif isinstance(block, Grid):
        add_grid(document, block, _room(chapter.is_wide))
    elif isinstance(block, Drawing):
        _add_drawing(document, block, chapter.is_wide)
    else:
        words = drawable(block.text, multiline=True, max_len=LONGEST)
        _write(document, words, "Soft" if block.is_soft else "Normal")


def _write(document: Any, words: str, style: str) -> None:
    """A paragraph in a style of ours. By its name python-docx would look through every style, each time."""
    document.add_paragraph(words)._p.style = STYLE_IDS.get(style)


# -- paper -----------------------------------------------------------------------------------------------


def _page(section: Any, wide: bool) -> None:
    """A4 with the margins of official papers, the page number at the foot."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    section.left_margin, section.right_margin = Cm(3 if not wide else 2), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.footer.is_linked_to_previous = False
    foot = section.footer.paragraphs[0]
    foot.alignment = 2
    _field(foot, "PAGE", "1")


def _room(wide: bool) -> float:
    """The width for text, in points."""
    return (29.7 - 4 if wide else 21 - 5) / 2.54 * 72


def _cover(document: Any, cover: Cover) -> None:
    for _n in range(5):
        document.add_paragraph()
    for words, style in ((cover.title, "Title"), (cover.period, "Subtitle"), (cover.place, "Subtitle")):
        if words:
            document.add_paragraph(drawable(words), style=style).alignment = 1
    for _n in range(7):
        document.add_paragraph()
    for words, style in ((cover.made_for, "Normal"), (cover.state, "Soft"), (cover.note, "Soft")):
        if words:
            document.add_paragraph(drawable(words), style=style).alignment = 1


def _contents(document: Any, book: PlanBook) -> None:
    """A field that Word fills with page numbers; until then it holds the titles."""
    document.add_page_break()
    document.add_paragraph(_("สารบัญ"), style="Heading 2")
    titles = [drawable(chapter.title) for chapter in book.chapters]
    _field(document.add_paragraph(), 'TOC \\o "1-1" \\h \\z', *titles)
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)


def _field(paragraph: Any, instruction: str, *shown: str) -> None:
    """A field with what it shows until it is worked out."""

    def mark(kind: str) -> None:
        character = OxmlElement("w:fldChar")
        character.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(character)

    mark("begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    mark("separate")
    for number, words in enumerate(shown):
        run = paragraph.add_run(words)
        if number < len(shown) - 1:
            run.add_break()
    mark("end")


def _add_drawing(document: Any, drawing: Drawing, wide: bool) -> None:
    picture = Picture.of(drawing.svg)
    room = ((21 if wide else 29.7) - 4.5 - 4) / 2.54 * 72
    scale = fitting_scale(picture, _room(wide), room)
    parts = picture_strips(drawing.svg, drawing.header, room / scale, drawing.breaks)
    for number, png in enumerate(parts, 1):
        caption = drawing.caption + (f" ({number}/{len(parts)})" if len(parts) > 1 else "")
        shape = document.add_picture(BytesIO(png), width=Pt(picture.width * scale))
        shape._inline.docPr.set("descr", drawable(caption))
        _write(document, drawable(caption), "Caption")


# -- styles ----------------------------------------------------------------------------------------------


def _make_styles(document: Any) -> None:
    _defaults(document)
    known = {style.name for style in document.styles}
    for name, size, bold, colour in STYLES:
        style = (
            document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour or "000000")
        space = style.paragraph_format
        space.space_before = Pt(8 if name.startswith("Heading") else 0)
        space.space_after = Pt(0 if name.startswith("Cell") else 4)
        space.line_spacing = 1.0
        _thai(style.element.get_or_add_rPr(), size, bold)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _defaults(document: Any) -> None:
    """The language of the whole file, which the template gives as another one's."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _thai(defaults, BODY, False)


def _thai(properties: Any, size: float, bold: bool) -> None:
    """Font, size, weight and language, each for Thai too, in the order the schema asks for."""
    for name in ("rFonts", "szCs", "bCs", "iCs", "lang"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)
    made = {"rFonts": fonts}
    for name, attributes in (
        ("bCs", {"val": "1" if bold else "0"}),
        ("iCs", {"val": "0"}),
        ("szCs", {"val": str(round(size * 2))}),
        ("lang", {"val": "en-US", "eastAsia": "en-US", "bidi": "th-TH"}),
    ):
        made[name] = OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            made[name].set(qn(f"w:{key}"), value)
    for element in made.values():
        properties.append(element)
    order = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "spacing", "kern"]
    order += ["sz", "szCs", "highlight", "u", "vertAlign", "cs", "lang"]
    places = {qn(f"w:{name}"): place for place, name in enumerate(order)}
    properties[:] = sorted(properties, key=lambda e: places.get(e.tag, 10))
