"""The application's secret: from the environment, else a file made once, whoever comes first."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_WEAK = {"dev", "changeme", "secret", "test"}
_SHORTEST = 32


def load_or_create(folder: Path) -> str:
    """Return SECRET_KEY, or the content of ``secret_key`` in the data folder, making it at first need."""
    given = os.environ.get("SECRET_KEY")
    if given is None:
        return _from_file(folder / "secret_key")
    if given in _WEAK or len(given) < _SHORTEST:
        raise SystemExit(f"SECRET_KEY must have at least {_SHORTEST} characters that nobody can guess")
    return given


def _from_file(path: Path) -> str:
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise SystemExit(f"{path.name} can be read by others; make it private: chmod 600")
    key = path.read_text().strip()
    if len(key) < _SHORTEST:
        raise SystemExit(f"{path.name} is too short; remove it and a new one is made (everyone signs in again)")
    return key


def _create(path: Path) -> None:
    """Write a private temporary file, then link it: of several processes starting at once one key wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_hex(32))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        unfinished.unlink()
