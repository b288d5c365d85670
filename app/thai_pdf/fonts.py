"""The faces every document is printed in, registered once per process."""

from __future__ import annotations

from functools import cache
from threading import Lock

import fontpkg
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from .shaping import ThaiFont

REGULAR = "Sarabun"
BOLD = "Sarabun-Bold"
ITALIC = "Sarabun-Italic"
BOLD_ITALIC = "Sarabun-BoldItalic"

# name, weight, style
_FACES = [
    (REGULAR, 400, "normal"),
    (BOLD, 700, "normal"),
    (ITALIC, 400, "italic"),
    (BOLD_ITALIC, 700, "italic"),
]
_registering = Lock()


def register_fonts() -> None:
    """Make Sarabun known to ReportLab in four faces; calling it again costs nothing.

    It also refuses to work where ReportLab may fetch pictures from other hosts: one name in a paragraph
    could then make the server send a request.
    """
    with _registering:
        _register()


@cache
def _register() -> None:
    if rl_config.trustedHosts is not None:
        raise RuntimeError("reportlab.rl_config.trustedHosts must stay None")
    for name, weight, style in _FACES:
        pdfmetrics.registerFont(ThaiFont(name, str(fontpkg.path("Sarabun", weight=weight, style=style))))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)
    for name, _weight, _style in _FACES[1:]:
        pdfmetrics.registerFontFamily(name, name, name, name, name)


def text_width(text: str, font: str, size: float) -> float:
    """The width in points that a text takes when it is drawn, shaped."""
    register_fonts()
    return pdfmetrics.stringWidth(text, font, size)


def missing_characters(text: str, font: str = REGULAR) -> str:
    """The characters of a text that the font can only draw as an empty box: emoji, other scripts."""
    register_fonts()
    known = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(
        sorted({character for character in text if character.isprintable() and ord(character) not in known})
    )


def bold_of(font: str) -> str:
    """The bold face beside a face."""
    return {REGULAR: BOLD, ITALIC: BOLD_ITALIC}.get(font, font)
