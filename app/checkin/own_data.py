"""What the ledger knows of a person, for the person's own copy of the data."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.formatting import thai_datetime
from app.core.languages import language
from app.registration.models import Registrant

from .door.people import root_of
from .ledger.attendance import first_entry, standing_rows


def own_presence(registrant: Registrant) -> tuple[str, list[tuple[str, str]]]:
    """Where and when the person was recorded present."""
    root, found = root_of(registrant.id), []
    for point in registrant.event.check_points:
        entry = first_entry(standing_rows(point.id, root))
        if entry is not None:
            found.append((point.name, thai_datetime(entry[0], locale=language())))
    return _("การลงทะเบียนหน้างาน"), found
