"""An event on a running server, made as the office would have made it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.accounts.security import create_user
from app.cli.demo.people import add_people
from app.core import clock, files
from app.core.text import clean_text
from app.database import db, transaction
from app.events.creating import create_event
from app.events.models import Event, EventSession
from app.materials import library
from app.materials.models import Audience, Release
from app.registration.links import token_of
from app.registration.queries import everybody

if TYPE_CHECKING:
    from tests.live_server import LiveServer

PASSWORD = "a long password"
EMAIL = "organiser@example.com"

NAME = "โครงการพัฒนาศักยภาพคณะกรรมการบริหารงานอำเภอ (กบอ.) เพื่อสนับสนุนการพัฒนาในระดับพื้นที่"
PROGRAMME = (
    ((8, 0), (9, 0), "ลงทะเบียนและรับเอกสาร"),
    ((9, 0), (12, 0), "พิธีเปิดและบรรยายพิเศษ เรื่อง ขอบเขต อำนาจ หน้าที่ แนวทางปฏิบัติของ กบอ."),
    ((12, 0), (13, 0), "พักรับประทานอาหารกลางวัน"),
    ((13, 0), (16, 30), "ประชุมกลุ่มย่อยรายอำเภอ"),
)


def _moment(day: object, hour: tuple[int, int]) -> datetime:
    return clock.at_local(day, *hour)  # type: ignore[arg-type]


def make_live_event(server: LiveServer) -> dict[str, Any]:
    """200 people of the sample list, a programme of today, two files; returns slugs, ids and a personal link."""
    with server.inside(), transaction():
        event = _make()
        person = everybody(event)[0]
        link = f"/p/{person.public_id}/{token_of(person)}"
        return {"slug": event.slug, "link": link, "name": person.full_name}


def _make() -> Event:
    user = create_user(EMAIL, "ผู้จัดงาน ตัวอย่าง", PASSWORD)
    today = clock.today()
    event = create_event("training", clean_text(NAME), "21", today, today, owner=user, venue="โรงแรมโกลเด้นซิตี้")
    day = event.days[0]
    for starts, ends, title in PROGRAMME:
        db.session.add(
            EventSession(
                event_id=event.id, day_id=day.id, title=title,
                starts_at=_moment(day.date, starts), ends_at=_moment(day.date, ends),
            )
        )  # fmt: skip
    add_people(event, "rayong_200.csv", clock.now())
    far = _moment(today + timedelta(days=3000), (9, 0))
    for title, release in (("สไลด์บรรยาย", Release.AT_ONCE), ("เฉลยใบงาน", Release.AT_TIME)):
        library.attach(
            event, files.store(b"%PDF-1.7\n%%EOF"), session=None, title=title, file_name=f"{title}.pdf",
            mime_type="application/pdf", release=release, opens_at=far, audience=Audience.REGISTERED, actor="test",
        )  # fmt: skip
    return event
