"""The table of projects to pick from. They are no cards: only what a table picks becomes one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ids import new_public_id
from app.database import Model


class ListedProject(Model):
    """A project of a plan that is in force, with what its row said in the shape of a card's fields."""

    __tablename__ = "linkage_listed_project"
    __table_args__ = (UniqueConstraint("exercise_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))  # of title, office and district: the same row twice is one
    code: Mapped[str] = mapped_column(String(60), default="")  # its number or code in that plan
    title: Mapped[str] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(String(20))  # area code
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # objective, lead_name, …
    budget: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # [{"fy_be", "amount", "source"}]
    position: Mapped[int] = mapped_column(default=0)

    @property
    def lead(self) -> str:
        """The office that leads it, as written."""
        return str(self.fields.get("lead_name", ""))

    @property
    def baht(self) -> float:
        """All its years together."""
        return float(sum(line["amount"] for line in self.budget))
