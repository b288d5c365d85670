"""The privacy notice (ประกาศความเป็นส่วนตัว) shown before anything is asked; its version is kept with each answer.

The wording is a template under a number; a changed wording is a new template. What differs by office — who is
responsible, whom to ask, who receives the data, how long it is kept — the organiser fills in, and each change is a
new version that stays readable. Until then the event's office and contact stand there.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.audit import trail
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event

from .consents import KINDS
from .models import Notice

VERSION = "1"
_NEWEST = select(Notice).where(Notice.event_id == bindparam("event")).order_by(Notice.version.desc()).limit(1)
_TEMPLATES = {"1": "registration/_notice_1.html"}
WORDS = ("controller", "contact", "dpo", "recipients", "retention")
_NEEDED = {
    "controller": _l("โปรดใส่ชื่อหน่วยงานที่รับผิดชอบข้อมูล"),
    "contact": _l("โปรดใส่ที่อยู่ โทรศัพท์ หรืออีเมลที่ติดต่อได้"),
    "recipients": _l("โปรดบอกว่าข้อมูลไปถึงใครบ้าง หากไม่มีให้เขียนว่า ไม่เปิดเผยต่อผู้อื่น"),
    "retention": _l("โปรดบอกว่าเก็บข้อมูลไว้นานเท่าใด"),
}


@dataclass(frozen=True)
class Shown:
    """The notice as a page shows it: the template, the whole version, and the office's own words, if any."""

    template: str
    version: str
    words: Notice | None

    @property
    def consents(self) -> list[str]:
        """The kinds of optional consent that are asked for beside it."""
        return [kind for kind in KINDS if self.words is not None and kind in self.words.consents]


def shown(event: Event) -> Shown:
    """The notice in force."""
    return _as_shown(current(event))


def _as_shown(words: Notice | None) -> Shown:
    return Shown(_TEMPLATES[VERSION], f"{VERSION}.{words.version}" if words else VERSION, words)


def current(event: Event) -> Notice | None:
    """The office's words in force, or None before anybody filled them in."""
    return db.session.scalar(_NEWEST, {"event": event.id})


def versions(event: Event) -> list[Shown]:
    """Every version that was shown, the newest first."""
    query = select(Notice).where(Notice.event_id == event.id).order_by(Notice.version.desc())
    return [_as_shown(words) for words in db.session.scalars(query)]


def save(event: Event, words: dict[str, str], consents: list[str], *, actor: object) -> Notice:
    """Put the office's words into force as a new version; unchanged words make none."""
    for name, sentence in _NEEDED.items():
        if not words.get(name):
            raise RuleBroken(sentence, name)
    chosen = [kind for kind in KINDS if kind in consents]
    now = current(event)
    if now is not None and now.consents == chosen and all(getattr(now, name) == words[name] for name in WORDS):
        return now
    new = Notice(event_id=event.id, version=now.version + 1 if now else 1, consents=chosen, **words)
    db.session.add(new)
    db.session.flush()
    trail.record(actor, event, "notice.changed", new, version=new.version, consents=chosen)
    return new
