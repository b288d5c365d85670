"""Where a form may send a person afterwards: to a page of ours, nowhere else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# One slash, then anything printable that is no second slash or backslash: browsers read "/\host" as a host.
_OUR_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


def safe_path(path: str, fallback: str = "/") -> str:
    """Return ``path`` when it is a plain path of this site, else ``fallback``."""
    if not _OUR_PATH.fullmatch(path) or ".." in path:
        return fallback
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else fallback
