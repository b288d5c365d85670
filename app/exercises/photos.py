"""Photographs of a table's paper: made small, freed of what a telephone writes into them, kept like materials."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.errors import RuleBroken
from app.core.files import StoredFile
from app.core.text import clean_text
from app.database import db

from . import lifecycle
from .models import Exercise, Photo, Submission
from .ops import Author

LONGEST_SIDE = 1600  # pixels: a sheet of paper is still read
MOST_PIXELS = 60_000_000  # of what is sent; a small file can unfold to gigabytes
MOST_OF_A_GROUP, LONGEST_CAPTION = 20, 200
_KINDS = ("JPEG", "PNG", "WEBP")
NO_PHOTO = _l("ไฟล์นี้ไม่ใช่ภาพถ่าย JPG หรือ PNG ที่อ่านได้ โปรดถ่ายหรือเลือกภาพใหม่")


@dataclass(frozen=True)
class Small:
    """A photograph ready to be kept: JPEG without EXIF, so without place, time or telephone."""

    data: bytes
    width: int
    height: int


def shrink(data: bytes) -> Small:
    """Turn a photograph upright and make it small. Raises RuleBroken for anything that is none."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # here: a start does without them

    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise RuleBroken(_l("ภาพใหญ่เกินไป โปรดลดขนาดแล้วส่งใหม่"), "photo")
            sent.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a JPEG is read at a fraction of its size
            upright = ImageOps.exif_transpose(sent).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise RuleBroken(NO_PHOTO, "photo") from problem
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    Image.frombytes("RGB", upright.size, upright.tobytes()).save(out, "JPEG", quality=78, optimize=True)
    return Small(out.getvalue(), *upright.size)


def add(
    exercise: Exercise, submission: Submission, author: Author, small: Small, stored: StoredFile, caption: str = ""
) -> Photo:
    """Keep a group's photograph, also after it handed in: paper is often photographed last."""
    if exercise.is_locked:
        raise RuleBroken(lifecycle.LOCKED)
    count = select(func.count()).where(Photo.submission_id == submission.id, Photo.removed_at.is_(None))
    if (db.session.scalar(count) or 0) >= MOST_OF_A_GROUP:
        raise RuleBroken(_l("กลุ่มหนึ่งเก็บได้ %(most)d ภาพ โปรดลบภาพที่ไม่ใช้ก่อน", most=MOST_OF_A_GROUP), "photo")
    photo = Photo(
        submission=submission,
        file_key=stored.key,
        size=stored.size,
        width=small.width,
        height=small.height,
        caption=clean_text(caption)[:LONGEST_CAPTION],
        registrant=author.registrant,
        user=author.user,
    )
    db.session.add(photo)
    db.session.flush()
    lifecycle.moved(exercise, submission)
    return photo


def photos_of(submission: Submission) -> Sequence[Photo]:
    """A group's photographs, oldest first."""
    query = (
        select(Photo)
        .where(Photo.submission_id == submission.id, Photo.removed_at.is_(None))
        .options(joinedload(Photo.registrant), joinedload(Photo.user))
        .order_by(Photo.id)
    )
    return db.session.scalars(query).all()


def find(submission: Submission, public_id: str) -> Photo | None:
    """A photograph of the group that was not removed."""
    return next((photo for photo in photos_of(submission) if photo.public_id == public_id), None)


def remove(exercise: Exercise, photo: Photo) -> None:
    """Take a photograph away. Its bytes go when the event is cleared."""
    photo.removed_at = clock.now()
    db.session.flush()
    lifecycle.moved(exercise, photo.submission)
