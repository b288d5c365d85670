"""Ops: single changes as phones ask for them, who asks, and what is asked of the cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.core.errors import RuleBroken
from app.registration.models import Registrant

from .models import Exercise, Submission

ACTIONS = ("create", "update", "delete", "restore")
MOST_OPS = 200
_ID = re.compile(r"[0-9A-Za-z_-]{8,40}")
UNREADABLE = _l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดโหลดหน้าใหม่แล้วลองอีกครั้ง")


@dataclass(frozen=True)
class Author:
    """Who writes: a member of the group, its adviser (who only suggests), or one of the team."""

    registrant: Registrant | None = None
    user: User | None = None
    is_adviser: bool = False

    @property
    def is_staff(self) -> bool:
        """A facilitator or organiser rather than a member."""
        return self.user is not None

    @property
    def name(self) -> str:
        """As the others know them."""
        if self.registrant is not None:
            return self.registrant.full_name
        return self.user.name if self.user is not None else ""


@dataclass(frozen=True)
class Op:
    """One change as a phone asks for it. ``client`` names the browser: one's own earlier ops are no conflict."""

    op_id: str
    entity: str
    id: str
    action: str
    base_rev: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)
    client: str = ""


class Cards(Protocol):
    """What a kind of exercise knows of its cards (linkage/group_work/cards.py)."""

    @property
    def ENTITIES(self) -> Mapping[str, type]: ...  # noqa: N802  a constant of the module

    def find(self, exercise: Exercise, entity: str, public_id: str) -> Any: ...
    def is_taken(self, entity: str, public_id: str) -> bool: ...
    def create(self, exercise: Exercise, submission: Submission, public_id: str, entity: str,
               sent: Mapping[str, Any], staff: bool) -> Any: ...  # fmt: skip
    def check(self, exercise: Exercise, card: Any, changed: Mapping[str, Any], staff: bool) -> None: ...
    def check_restored(self, exercise: Exercise, card: Any, staff: bool) -> None: ...
    def fields_of(self, card: Any) -> dict[str, Any]: ...
    def read_field(self, card: Any, name: str, value: Any) -> Any: ...
    def write_field(self, card: Any, name: str, value: Any) -> None: ...
    def as_json(self, card: Any, submission: Submission) -> dict[str, Any]: ...


def is_id(text: str) -> bool:
    """Whether a text may be the id of a card or an op."""
    return _ID.fullmatch(text) is not None


def read_ops(sent: Any, entities: tuple[str, ...] = ("item", "link")) -> list[Op | dict[str, Any]]:
    """The ops of a request about such cards; one that cannot be read becomes its answer and blocks no other."""
    raw = sent.get("ops") if isinstance(sent, dict) else None
    if not isinstance(raw, list) or len(raw) > MOST_OPS:
        raise RuleBroken(UNREADABLE)
    return [_read_op(one, entities) for one in raw]


def _read_op(raw: Any, entities: tuple[str, ...]) -> Op | dict[str, Any]:
    part = raw if isinstance(raw, dict) else {}
    words: dict[str, Any] = {name: part.get(name) for name in ("op_id", "entity", "id", "action")}
    base_rev, sent, client = part.get("base_rev") or 0, part.get("fields") or {}, part.get("client") or ""
    readable = (
        all(isinstance(word, str) for word in words.values())
        and _ID.fullmatch(words["op_id"] or "")
        and _ID.fullmatch(words["id"] or "")
        and words["entity"] in entities
        and words["action"] in ACTIONS
        and isinstance(base_rev, int)
        and 0 <= base_rev < 2**31
        and isinstance(sent, dict)
        and isinstance(client, str)
    )
    if not readable:
        given = words["op_id"] if isinstance(words["op_id"], str) else None
        return {"op_id": given, "status": "invalid", "sentence": str(UNREADABLE)}
    return Op(**words, base_rev=base_rev, fields=sent, client=client[:40])
