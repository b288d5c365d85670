"""Who works for an event, and as what."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.security import canonical_email, create_user, set_password
from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db

from .models import Event, Role, TeamMember

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when read aloud


@dataclass(frozen=True)
class Added:
    """A new member; ``password`` is shown once where an account was made for the person."""

    member: TeamMember
    password: str | None


def members(event: Event) -> list[TeamMember]:
    """The team, owners first, then by name."""
    query = (
        select(TeamMember)
        .join(TeamMember.user)
        .where(TeamMember.event_id == event.id)
        .options(joinedload(TeamMember.user))
        .order_by(TeamMember.role != Role.OWNER, User.name, TeamMember.id)
    )
    return list(db.session.scalars(query))


def find_member(event: Event, user_public_id: str, role: str) -> TeamMember | None:
    """A membership of the event by person and role, or None."""
    query = (
        select(TeamMember)
        .join(TeamMember.user)
        .where(TeamMember.event_id == event.id, User.public_id == user_public_id, TeamMember.role == role)
    )
    return db.session.scalar(query)


def add_member(
    event: Event, *, email: str, name: str, role: Role, actor: User, password: str, by_owner: bool
) -> Added:
    """Give a person a role; someone unknown gets an account with ``password``. Owners alone make owners."""
    if role == Role.OWNER and not by_owner:
        raise RuleBroken(_l("เฉพาะเจ้าของงานเท่านั้นที่เพิ่มเจ้าของงานได้"), "role")
    user = db.session.scalar(select(User).where(User.email == canonical_email(email)))
    is_new = user is None
    if user is None:
        if not clean_text(name):
            raise RuleBroken(_l("อีเมลนี้ยังไม่มีบัญชี โปรดใส่ชื่อ–นามสกุล แล้วระบบจะสร้างบัญชีให้"), "name")
        user = create_user(email, name, password)
    query = select(TeamMember).where(
        TeamMember.event_id == event.id, TeamMember.user_id == user.id, TeamMember.role == role
    )
    if db.session.scalar(query) is not None:
        raise RuleBroken(_l("ผู้นี้อยู่ในคณะทำงานด้วยหน้าที่นี้แล้ว"), "email")
    member = TeamMember(event_id=event.id, user_id=user.id, role=role)
    db.session.add(member)
    db.session.flush()
    trail.record(actor, event, "team.added", user, role=role)
    return Added(member, password if is_new else None)


def remove_member(event: Event, member: TeamMember, *, actor: User, by_owner: bool) -> None:
    """Take a role away; an event keeps at least one owner."""
    if member.role == Role.OWNER:
        if not by_owner:
            raise RuleBroken(_l("เฉพาะเจ้าของงานเท่านั้นที่ถอนเจ้าของงานได้"))
        owners = select(func.count()).where(TeamMember.event_id == event.id, TeamMember.role == Role.OWNER)
        if db.session.scalar(owners) == 1:
            raise RuleBroken(_l("งานต้องมีเจ้าของอย่างน้อยหนึ่งคน โปรดเพิ่มเจ้าของอีกคนก่อน"))
    trail.record(actor, event, "team.removed", member.user, role=member.role)
    db.session.delete(member)
    db.session.flush()


def may_reset(actor: User, member: TeamMember) -> bool:
    """Whether ``actor`` may give this person another password: an administrator anybody, owners their own people.

    An account that works for anybody else's event too, or for the whole installation, is not theirs to open.
    """
    user = member.user
    if user.id == actor.id:
        return False
    if actor.is_administrator:
        return True
    own = select(TeamMember.event_id).where(TeamMember.user_id == actor.id, TeamMember.role == Role.OWNER)
    elsewhere = select(TeamMember.id).where(TeamMember.user_id == user.id, TeamMember.event_id.not_in(own))
    return not user.is_administrator and db.session.scalar(elsewhere.limit(1)) is None


def reset_password(event: Event, member: TeamMember, *, actor: User, password: str) -> None:
    """A new password for somebody who lost the old one; the person is signed out everywhere."""
    if not may_reset(actor, member):
        raise RuleBroken(_l("บัญชีนี้ทำงานในงานอื่นด้วย โปรดให้ผู้ดูแลระบบตั้งรหัสผ่านใหม่ให้"))
    set_password(member.user, password)
    trail.record(actor, event, "team.password_reset", member.user)


def new_password() -> str:
    """Sixteen letters in four groups (79 bits), to be read from a screen once."""
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))
