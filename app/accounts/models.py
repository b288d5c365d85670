"""Accounts and their sign-ins. Participants and door staff have no accounts."""

from __future__ import annotations

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime, db

user_role = db.Table(
    "account_user_role",
    db.Column("user_id", ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True),
    db.Column("role_id", ForeignKey("account_role.id", ondelete="CASCADE"), primary_key=True),
)


class AccountRole(Model, RoleMixin):
    """Flask-Security's roles; unused for events, whose roles belong to their team members."""

    __tablename__ = "account_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))


class User(Model, UserMixin):
    """Somebody who signs in. The e-mail is canonical (trimmed, NFC, case-folded)."""

    __tablename__ = "account_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    roles: Mapped[list[AccountRole]] = relationship(secondary=user_role)  # type: ignore[assignment]


class LoginSession(Model):
    """One sign-in on one browser, checked on each request; revoking it ends a copied cookie too."""

    __tablename__ = "account_login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
