"""QR codes: a fixed mask, because searching the best of eight is four fifths of the cost."""

from __future__ import annotations

from io import BytesIO

from markupsafe import Markup, escape

# Longer content than any of ours; qrcode fails with an exception near 2,950 bytes.
LONGEST = 400
QUIET_ZONE = 4


def matrix(content: str) -> list[list[bool]]:
    """The modules of a QR code, rows of booleans, without quiet zone. Error level M."""
    if len(content) > LONGEST:
        raise ValueError("too long for a code that phones read well")
    import qrcode  # here, as PIL below: a start does without them
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=3)
    code.add_data(content)
    code.make(fit=True)
    return code.get_matrix()


def svg(content: str, label: str) -> Markup:
    """The code as an SVG picture with its quiet zone, scalable, black on white. ``label`` is read aloud."""
    rows = matrix(content)
    side = len(rows) + 2 * QUIET_ZONE
    runs = "".join(
        _run(x + QUIET_ZONE, y + QUIET_ZONE, width) for y, row in enumerate(rows) for x, width in _runs(row)
    )
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label="{escape(label)}" class="qr" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{runs}"/></svg>'
    )


def png(content: str, scale: int = 12) -> bytes:
    """The code as a PNG picture with its quiet zone, black on white, ``scale`` pixels a module."""
    from PIL import Image

    rows = matrix(content)
    side = len(rows) + 2 * QUIET_ZONE
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows):
        for x, width in _runs(row):
            picture.paste(0, (x + QUIET_ZONE, y + QUIET_ZONE, x + QUIET_ZONE + width, y + QUIET_ZONE + 1))
    file = BytesIO()
    picture.resize((side * scale, side * scale)).save(file, "PNG", optimize=True)
    return file.getvalue()


def terminal(content: str) -> str:
    """The code in half-block characters, for a dark terminal."""
    rows = matrix(content)
    empty = [False] * (len(rows) + 2 * QUIET_ZONE)
    margin = [False] * QUIET_ZONE
    padded = (
        [empty] * QUIET_ZONE + [margin + row + margin for row in rows] + [empty] * (QUIET_ZONE + len(rows) % 2)
    )
    pairs = zip(padded[0::2], padded[1::2], strict=True)
    # Light modules are drawn: a terminal's background is dark.
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return "\n".join("".join(signs[pair] for pair in zip(top, bottom, strict=True)) for top, bottom in pairs)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """The dark stretches of a row as (start, width)."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found


def _run(x: int, y: int, width: int) -> str:
    return f"M{x} {y}h{width}v1h-{width}z"
