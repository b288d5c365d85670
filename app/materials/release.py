"""From when a file may be had, and by whom. Every road to its bytes and its name asks here."""

from __future__ import annotations

from datetime import datetime

from app.registration.models import Registrant

from .models import Audience, Material, Release


def opening(material: Material) -> datetime | None:
    """The moment from which the file may be had; None for at once.

    A file that waits for a session which is gone stays shut: nobody chose to show it.
    """
    if material.release == Release.AT_ONCE:
        return None
    if material.release == Release.AT_TIME:
        return material.opens_at or datetime.max.replace(tzinfo=material.created_at.tzinfo)
    if material.session is None:
        return datetime.max.replace(tzinfo=material.created_at.tzinfo)
    return material.session.starts_at if material.release == Release.SESSION_START else material.session.ends_at


def is_open(material: Material, moment: datetime) -> bool:
    """Whether the file's time has come and nobody took it away."""
    opens = opening(material)
    return material.removed_at is None and (opens is None or opens <= moment)


def may_have(material: Material, registrant: Registrant | None, moment: datetime) -> bool:
    """Whether this visitor may see and download the file now."""
    invited = material.audience == Audience.ALL or registrant is not None
    return invited and is_open(material, moment)
