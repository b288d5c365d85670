"""People with few words, for tests of seats."""

from __future__ import annotations

import itertools
from typing import Any

from app.database import db
from app.events.models import Event
from app.registration import signup
from app.registration.models import Registrant, Standing
from tests.make import unit_named

_number = itertools.count(1)


def come(event: Event, name: str = "", unit: str = "แกลง", **extra: Any) -> Registrant:
    """Somebody answers the invitation, as by the public form, and it is committed."""
    number = next(_number)
    values = {"phone": f"08{number:08}", "position": "กำนัน", "source": "form", **extra}
    registrant = signup.register(
        event, first_name=name or f"คนที่{number}", last_name="ทดสอบ", unit=unit_named(event, unit), **values
    )
    db.session.commit()
    return registrant


def standings(*people: Registrant) -> list[Standing]:
    """Where people stand now."""
    return [Standing(db.session.get_one(Registrant, person.id).standing) for person in people]
