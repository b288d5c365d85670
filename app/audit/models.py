"""The audit trail's table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.database import Model, UtcDateTime


class AuditEntry(Model):
    """One act. The event is a plain number: the trail outlives what it speaks of."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_event_at", "event_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    event_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(80))  # "user:3", "registrant:17", "device:2", "command"
    action: Mapped[str] = mapped_column(String(60))  # "registrant.registered"
    subject: Mapped[str | None] = mapped_column(String(80))  # "registrant:17"
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
