"""The privacy notice (ประกาศความเป็นส่วนตัว) shown before anything is asked; its version is kept with each answer.

A changed wording is a new template under a new number; the old ones stay, so that one can see what was shown.
"""

from __future__ import annotations

VERSION = "1"
_TEMPLATES = {"1": "registration/_notice_1.html"}


def template(version: str = VERSION) -> str:
    """The template that holds a version's wording."""
    return _TEMPLATES[version]
