"""Golden pictures: a page must look as it did when somebody last looked at it.

Set GOLDEN=write to draw them anew after a change that is meant; then look at them before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image, ImageChops

from tests.thai_pdf.reading import picture

GOLDEN = Path(__file__).parent / "golden"
# Of all pixels, how many may differ clearly; renderers smooth edges a little differently.
TOLERANCE = 0.002
CLEARLY = 96


def looks_like(name: str, pdf: bytes, page: int = 0) -> bool:
    """Whether a page looks like its golden picture."""
    drawn = picture(pdf, page, dpi=100).convert("L")
    path = GOLDEN / f"{name}.png"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        drawn.quantize(16).save(path, optimize=True)
    kept = Image.open(path).convert("L")
    if kept.size != drawn.size:
        return False
    histogram = ImageChops.difference(kept, drawn).histogram()
    return sum(histogram[CLEARLY:]) <= TOLERANCE * kept.width * kept.height
