"""Films for a fake camera: what a phone at the door sees, as raw frames."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageEnhance

from app.core import qr
from app.documents.badges import build_badges
from app.documents.shapes import BadgeEvent, BadgePerson
from tests.thai_pdf.reading import picture

WIDTH, HEIGHT, FRAMES = 1280, 720, 3
PRINTED_AT = 150  # dots to the inch, an office printer in draft
BADGE_MM = (90, 55)
PAGE_MM = (210, 297)


def printed_badge(payload: str, code: str) -> Image.Image:
    """The first badge of a printed page."""
    person = BadgePerson("นายสมชาย ใจดี", payload, code, "กำนัน", "อบต.ทดสอบ", "แกลง", "แกลง 1", "4")
    page = picture(build_badges(BadgeEvent("โครงการทดสอบ", "8 พฤศจิกายน 2561"), [person]), dpi=PRINTED_AT)
    left, top = (PAGE_MM[0] - 2 * BADGE_MM[0]) / 2, (PAGE_MM[1] - 5 * BADGE_MM[1]) / 2
    box = (left, top, left + BADGE_MM[0], top + BADGE_MM[1])
    return page.crop(tuple(round(side / 25.4 * PRINTED_AT) for side in box)).convert("L")  # type: ignore[attr-defined]


def plain_code(content: str) -> Image.Image:
    """A QR code alone, as on a wall."""
    rows = qr.matrix(content)
    code = Image.new("L", (len(rows[0]), len(rows)), 255)
    code.putdata([0 if dark else 255 for row in rows for dark in row])
    framed = Image.new("L", (len(rows[0]) + 8, len(rows) + 8), 255)
    framed.paste(code, (4, 4))
    return framed.resize((framed.width * 8, framed.height * 8), Image.Resampling.NEAREST)


def held(thing: Image.Image, *, tilt: float = 0, light: float = 1, noise: int = 0) -> Image.Image:
    """The thing before a grey wall: tilted by degrees, in less light, with a cheap camera's noise."""
    frame = Image.new("L", (WIDTH, HEIGHT), 150)
    turned = thing.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=150)
    frame.paste(turned, ((WIDTH - turned.width) // 2, (HEIGHT - turned.height) // 2))
    if tilt:  # and leaning back: the upper edge is farther away
        lean = (0, 0, 60, HEIGHT, WIDTH - 60, HEIGHT, WIDTH, 0)
        frame = frame.transform(frame.size, Image.Transform.QUAD, lean, Image.Resampling.BICUBIC)
    frame = ImageEnhance.Brightness(frame).enhance(light)
    if noise:
        grain = random.Random(1)
        frame.putdata([max(0, min(255, value + round(grain.gauss(0, noise)))) for value in frame.getdata()])
    return frame


def film(path: Path, frame: Image.Image) -> Path:
    """The frame as a film the browser's fake camera plays."""
    colourless = bytes([128]) * (WIDTH * HEIGHT // 2)
    frames = (b"FRAME\n" + frame.tobytes() + colourless) * FRAMES
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frames)
    return path
