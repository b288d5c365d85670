"""Small true files of each kind, and false ones."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"


def office(heart: str) -> bytes:
    """An archive that is a document of Word, Excel or PowerPoint by its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(heart, "<x/>")
    return out.getvalue()


def image(kind: str) -> bytes:
    """A picture of one dot."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, kind)
    return out.getvalue()


def true_files() -> dict[str, bytes]:
    """One good file for each ending that may be handed out."""
    return {
        "a.pdf": PDF,
        "a.docx": office("word/document.xml"),
        "a.xlsx": office("xl/workbook.xml"),
        "a.pptx": office("ppt/presentation.xml"),
        "a.png": image("PNG"),
        "a.JPG": image("JPEG"),
        "a.jpeg": image("JPEG"),
    }


def false_files() -> dict[str, bytes]:
    """Files that must not be taken in."""
    return {
        "page.html": HTML,
        "page.pdf": HTML,
        "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "picture.png": HTML,
        "empty.pdf": b"",
        "archive.docx": office("other/part.xml"),
        "broken.docx": office("word/document.xml")[:40],
        "word.pptx": office("word/document.xml"),
        "pdf.docx": PDF,
        "no ending": PDF,
        "tool.exe": b"MZ\x90\x00",
        "double.pdf.exe": PDF,
        "picture.gif": b"GIF89a",
    }
