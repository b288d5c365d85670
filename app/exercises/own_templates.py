"""An office's own templates: copied from a shipped one, from another, or from an exercise that ran well."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from app.accounts.models import User
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import Event, Role, TeamMember

from .models import Exercise, OwnTemplate
from .templates_data import TEMPLATES, template_named

LONGEST_NAME = 200


def templates_for(event: Event, user: User) -> Sequence[OwnTemplate]:
    """What may be used in an event: its own templates, and those of events the user organises."""
    organised = select(TeamMember.event_id).where(
        TeamMember.user_id == user.id, TeamMember.role.in_([Role.OWNER, Role.ORGANISER])
    )
    query = (
        select(OwnTemplate)
        .where(or_(OwnTemplate.event_id == event.id, OwnTemplate.event_id.in_(organised)))
        .order_by(OwnTemplate.name, OwnTemplate.id)
    )
    return db.session.scalars(query).all()


def find(event: Event, public_id: str) -> OwnTemplate | None:
    """A template made in the event; those of others are used there, not edited here."""
    query = select(OwnTemplate).where(OwnTemplate.event_id == event.id, OwnTemplate.public_id == public_id)
    return db.session.scalar(query)


def data_of(event: Event, user: User, code: str) -> dict[str, Any]:
    """A copy of a shipped or own template by the code a form sends."""
    if code in TEMPLATES:
        return template_named(code)
    own = next((one for one in templates_for(event, user) if one.public_id == code), None)
    if own is None:
        raise RuleBroken(_l("ไม่พบแบบกิจกรรมนี้ โปรดเลือกใหม่"), "template")
    return {**copy.deepcopy(own.data), "code": own.public_id, "name": own.name}


def copy_template(event: Event, user: User, code: str, name: str = "") -> OwnTemplate:
    """A template of the event's own that begins as a copy."""
    data = data_of(event, user, code)
    return _keep(event, name or _("%(name)s (สำเนา)", name=data["name"]), data)


def copy_exercise(exercise: Exercise, name: str = "") -> OwnTemplate:
    """What an exercise asked and how long, without anybody's cards."""
    phases = [
        {"code": phase.code, "name": phase.name, "minutes": phase.minutes, "prompt": phase.prompt}
        for phase in exercise.phases
    ]
    data = {
        "form": copy.deepcopy(exercise.form),
        "phases": phases,
        "settings": copy.deepcopy(exercise.settings),
        "levels": copy.deepcopy(exercise.levels),
    }
    return _keep(exercise.event, name or exercise.name, data)


def _keep(event: Event, name: str, data: dict[str, Any]) -> OwnTemplate:
    said = clean_text(name)[:LONGEST_NAME]
    own = OwnTemplate(event=event, name=said, data={k: v for k, v in data.items() if k not in ("code", "name")})
    db.session.add(own)
    db.session.flush()
    return own


def remove(own: OwnTemplate) -> None:
    """Forget a template. Exercises begun from it have their own copy."""
    db.session.delete(own)
    db.session.flush()
