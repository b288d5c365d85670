"""Topics people may ask to work on, and who asked for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import Event
from app.registration.models import Registrant
from app.registration.queries import taking_part

from .models import Topic, TopicWish

MOST_TOPICS, MOST_WISHES, LONGEST_TITLE, MOST_SEATS = 20, 3, 200, 5000


def topics_of(event: Event) -> list[Topic]:
    """The event's topics in their order."""
    query = select(Topic).where(Topic.event_id == event.id).order_by(Topic.position, Topic.id)
    return list(db.session.scalars(query))


def set_topics(event: Event, pasted: str) -> list[Topic]:
    """One topic a line, with ``| 40`` behind it for its seats. A title that stays keeps its wishes."""
    wanted = [_read(line) for line in clean_text(pasted, multiline=True).splitlines() if line.strip()]
    if len(wanted) > MOST_TOPICS:
        raise RuleBroken(_l("ใส่ได้ไม่เกิน %(most)d หัวข้อ", most=MOST_TOPICS), "topics")
    there = {topic.title: topic for topic in topics_of(event)}
    for position, (title, seats) in enumerate(dict(wanted).items(), start=1):
        topic = there.pop(title, None) or Topic(event_id=event.id, title=title)
        topic.position, topic.seats = position, seats
        db.session.add(topic)
    for topic in there.values():
        db.session.delete(topic)
    db.session.flush()
    return topics_of(event)


def _read(line: str) -> tuple[str, int]:
    title, bar, seats = line.rpartition("|")
    if not bar:
        title, seats = line, ""
    title, seats = clean_text(title), seats.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise RuleBroken(_l("หัวข้อต้องมีข้อความ ไม่เกิน %(most)d ตัวอักษร", most=LONGEST_TITLE), "topics")
    if seats and not (seats.isascii() and seats.isdigit() and 0 < int(seats) <= MOST_SEATS):
        raise RuleBroken(_l("จำนวนที่นั่งหลังเครื่องหมาย | ต้องเป็นตัวเลข เช่น %(example)s", example="| 40"), "topics")
    return title, int(seats or 0)


def as_text(topics: Sequence[Topic]) -> str:
    """The topics as the paste box shows them."""
    return "\n".join(f"{topic.title} | {topic.seats}" if topic.seats else topic.title for topic in topics)


def wish(registrant: Registrant, topics: Sequence[Topic]) -> None:
    """What somebody would like to work on, the dearest first; instead of what was said before."""
    chosen = list(dict.fromkeys(topics))[:MOST_WISHES]
    if any(topic.event_id != registrant.event_id for topic in chosen):
        raise RuleBroken(_l("ไม่พบหัวข้อนี้ โปรดโหลดหน้าใหม่แล้วเลือกอีกครั้ง"))
    db.session.execute(delete(TopicWish).where(TopicWish.registrant_id == registrant.id))
    db.session.add_all(
        TopicWish(registrant=registrant, topic=topic, rank=rank) for rank, topic in enumerate(chosen, start=1)
    )
    db.session.flush()


def wishes_of(event: Event) -> dict[int, list[int]]:
    """Registrant id → topic ids, the dearest first."""
    query = (
        select(TopicWish.registrant_id, TopicWish.topic_id)
        .join(TopicWish.topic)
        .where(Topic.event_id == event.id)
        .order_by(TopicWish.registrant_id, TopicWish.rank)
    )
    found: dict[int, list[int]] = {}
    for registrant_id, topic_id in db.session.execute(query):
        found.setdefault(registrant_id, []).append(topic_id)
    return found


def wishes_by(registrant: Registrant) -> list[Topic]:
    """What one person asked for."""
    query = (
        select(TopicWish)
        .where(TopicWish.registrant_id == registrant.id)
        .options(joinedload(TopicWish.topic))
        .order_by(TopicWish.rank)
    )
    return [wish.topic for wish in db.session.scalars(query)]


def asked_first(event: Event) -> Counter[int]:
    """Topic id → how many would like it most."""
    query = (
        select(TopicWish.topic_id)
        .join(TopicWish.registrant)
        .where(Registrant.event_id == event.id, TopicWish.rank == 1, *taking_part())
    )
    return Counter(db.session.scalars(query))


def seats(event: Event, people: int) -> dict[int, int]:
    """Topic id → how many it takes: what was set, else an even share of whoever is left."""
    topics = topics_of(event)
    if not topics:
        raise RuleBroken(_l("ยังไม่มีหัวข้อให้เลือก โปรดใส่หัวข้อก่อน"), "mode")
    fixed = sum(topic.seats for topic in topics)
    even = [topic for topic in topics if not topic.seats]
    share = -(-max(0, people - fixed) // len(even)) if even else 0
    if not even and fixed < people:
        raise RuleBroken(
            _l("ที่นั่งของทุกหัวข้อรวม %(seats)d ที่ น้อยกว่า %(people)d คน โปรดเพิ่มที่นั่ง", seats=fixed, people=people),
            "mode",
        )
    return {topic.id: topic.seats or share for topic in topics}
