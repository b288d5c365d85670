"""Uploaded files: stored under a random name, whole or not at all; the shown name is kept apart."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from app.core.text import clean_text


@dataclass(frozen=True)
class StoredFile:
    """A file on disk: ``key`` names it, ``size`` in bytes, ``sha256`` in hex."""

    key: str
    size: int
    sha256: str


def folder() -> Path:
    """Where uploaded files live."""
    return Path(current_app.config["DATA_DIR"]) / "files"


def store(data: bytes) -> StoredFile:
    """Write bytes under a new random key: temporary file, fsync, rename, so a crash leaves no half file."""
    key = secrets.token_hex(16)
    target = path_of(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with open(unfinished, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, target)
    return StoredFile(key, len(data), hashlib.sha256(data).hexdigest())


def path_of(key: str) -> Path:
    """The path of a stored file. Keys are our own hex; anything else is refused."""
    if len(key) != 32 or not all(letter in "0123456789abcdef" for letter in key):
        raise ValueError("not a file key")
    return folder() / key[:2] / key


def remove(key: str) -> None:
    """Delete a stored file; one that is already gone is no error."""
    path_of(key).unlink(missing_ok=True)


def shown_name(name: str) -> str:
    """A file name safe for a Content-Disposition header: no controls, no path, at most 120 characters."""
    base = clean_text(name).replace("\\", "/").rsplit("/", 1)[-1].replace('"', "")
    stem, dot, ending = base.rpartition(".")
    if not dot:
        return base[:120] or "file"
    return f"{stem[: 119 - len(ending)]}.{ending}"
