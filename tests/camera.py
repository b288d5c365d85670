"""Films for Chromium's fake camera: raw frames behind a line of text, made from a picture of a QR code."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

FRAME = (640, 480)


def film(
    path: Path, picture: bytes | Image.Image, *, size: int = 300, tilt: float = 0, light: float = 1.0
) -> Path:
    """Write a film of a badge held before a grey wall; ``tilt`` in degrees, ``light`` below 1 is a dim hall."""
    code = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    code = code.convert("L").resize((size, size), Image.Resampling.LANCZOS)
    if tilt:
        code = code.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=170)
    wall = Image.new("L", FRAME, 170)
    wall.paste(code, ((FRAME[0] - code.width) // 2, (FRAME[1] - code.height) // 2))
    if light != 1.0:
        wall = wall.point(lambda grey: int(grey * light))
    colourless = bytes([128]) * (FRAME[0] * FRAME[1] // 2)
    frames = (b"FRAME\n" + wall.tobytes() + colourless) * 3
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % FRAME + frames)
    return path


def camera_of(path: Path) -> tuple[str, ...]:
    """Chromium's switches for a camera that shows the film, without asking for leave."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )
