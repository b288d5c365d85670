"""Read PDFs back the way people's programs do: poppler, Chrome's PDFium, MuPDF, zxing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO

import pymupdf
import pypdfium2
import pytest
import uharfbuzz
from reportlab.pdfbase import pdfmetrics

from app.thai_pdf import ThaiCanvas
from tests.system_packages import find

needs_poppler = pytest.mark.skipif(find("pdftotext") is None, reason="poppler-utils is not installed")

# What must never be found in the text of a finished PDF: private characters and replacement signs.
UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def draw(paint: Callable[[ThaiCanvas], None], **options: object) -> bytes:
    """The bytes of a PDF that ``paint`` draws on."""
    out = BytesIO()
    canvas = ThaiCanvas(out, **options)
    paint(canvas)
    canvas.save()
    return out.getvalue()


def draw_lines(lines: list[str], font: str = "Sarabun", size: float = 20) -> bytes:
    """A PDF with one string a line, from the top of an A4 page down."""

    def paint(canvas: ThaiCanvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            canvas.drawString(40, 800 - 2 * size * number, line)

    return draw(paint)


def poppler_text(pdf: bytes, *options: str) -> str:
    """What pdftotext finds, in content order unless told otherwise."""
    command = ["pdftotext", *(options or ("-raw",)), "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode().replace("\f", "")


def pdfium_text(pdf: bytes) -> str:
    """What Chrome finds."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "\n".join(pages).replace("\r\n", "\n")


def poppler_fonts(pdf: bytes, folder: object) -> list[dict[str, str]]:
    """The fonts of a file as pdffonts lists them."""
    path = folder / "fonts.pdf"  # type: ignore[operator]
    path.write_bytes(pdf)
    listed = subprocess.run(
        ["pdffonts", str(path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [
        {"name": line.split()[0], **dict(zip(("emb", "sub", "uni"), line.split()[-5:-2], strict=True))}
        for line in listed[2:]
    ]


def unicode_tables(pdf: bytes) -> list[list[str]]:
    """For each font of a file, the text that its ToUnicode table gives each code."""
    with pymupdf.open(stream=pdf) as document:
        streams = [document.xref_stream(number) for number in range(1, document.xref_length())]
    tables = [stream.decode("latin-1") for stream in streams if stream and b"begincmap" in stream]
    return [
        [
            bytes.fromhex(text).decode("utf-16-be")
            for text in re.findall(r"^<[0-9A-F]{2}> <((?:[0-9A-F]{4})+)>$", table, re.MULTILINE)
        ]
        for table in tables
    ]


def glyph_origins(pdf: bytes) -> list[tuple[float, float]]:
    """Where MuPDF finds each glyph of the first page, from the lower left corner, spaces left out."""
    with pymupdf.open(stream=pdf) as document:
        page = document[0]
        top = page.rect.height
        return [
            (origin[0], top - origin[1])
            for span in page.get_texttrace()
            for character, _glyph, origin, _box in span["chars"]
            if character != 32
        ]


def expected_origins(text: str, font: str, size: float, x: float, y: float) -> list[tuple[float, float]]:
    """Where HarfBuzz places each glyph when the runs of a text are shaped one by one, spaces left out."""
    face = uharfbuzz.Face(uharfbuzz.Blob(pdfmetrics.getFont(font).face._ttf_data))
    shaper = uharfbuzz.Font(face)
    space = shaper.get_nominal_glyph(32)
    found = []
    for run in re.findall("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+", text):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        thai = "\u0e00" <= run[0] <= "\u0e7f"
        buffer.direction, buffer.script, buffer.language = (
            "ltr",
            "Thai" if thai else "Latn",
            "th" if thai else "en",
        )
        uharfbuzz.shape(shaper, buffer)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint != space:
                scale = size / face.upem
                found.append((x + position.x_offset * scale, y + position.y_offset * scale))
            x += position.x_advance * size / face.upem
    return found


def picture(pdf: bytes, page: int = 0, dpi: int = 100) -> object:
    """A page as a Pillow picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
