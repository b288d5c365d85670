"""What the tables know of a person, for the person's own copy of the data."""

from __future__ import annotations

from flask_babel import gettext as _

from app.registration.models import Registrant

from . import queries, topics


def own_seat(registrant: Registrant) -> tuple[str, list[tuple[str, str]]]:
    """Where the person sits, and the topics asked for."""
    group = queries.group_of(registrant)
    found = [(_("กลุ่มของฉัน"), group.name)] if group is not None else []
    wishes = topics.wishes_by(registrant)
    return _("กลุ่ม"), [*found, *((_("อันดับ %(rank)d", rank=n), t.title) for n, t in enumerate(wishes, start=1))]
