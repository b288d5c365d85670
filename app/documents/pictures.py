"""Drawings as PNG, rendered from the same page that goes into a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from .books.pictures import strips
from .svg_canvas import Picture, picture_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0
# What a viewer still opens without pain: some 4,000 × 4,000.
MOST_PIXELS = 16_000_000


def picture_png(markup: str) -> bytes:
    """The drawing as PNG, twice its size unless it would grow beyond reason."""
    return _png(_render(markup)[0])


def picture_strips(markup: str, header: float, most: float, breaks: Sequence[float] = ()) -> list[bytes]:
    """The drawing as PNGs at most so high (in its own units), each later one under the drawing's heading."""
    image, scale = _render(markup)
    found = []
    for strip in strips(Picture.of(markup), header, most, breaks):
        top, bottom = round(strip.top * scale), round((strip.top + strip.height) * scale)
        window = image.crop((0, top, image.width, min(bottom, image.height)))
        if not strip.is_first:
            head = image.crop((0, 0, image.width, round(header * scale)))
            whole = image.resize((image.width, head.height + window.height))
            whole.paste(head, (0, 0))
            whole.paste(window, (0, head.height))
            window = whole
        found.append(_png(window))
    return found


def _render(markup: str) -> tuple[Image, float]:
    import pypdfium2  # here: a web process that never makes a picture need not carry it

    picture = Picture.of(markup)
    scale = min(SCALE, (MOST_PIXELS / max(picture.width * picture.height, 1)) ** 0.5)
    document = pypdfium2.PdfDocument(picture_pdf(markup))
    try:
        return document[0].render(scale=scale).to_pil().convert("RGB"), scale
    finally:
        document.close()


def _png(image: Image) -> bytes:
    out = BytesIO()
    image.quantize(256, method=2).save(out, "PNG", optimize=True)
    return out.getvalue()
