"""The tables of an event and what it is made of."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime


class Role(StrEnum):
    """What a team member may do in one event. An owner may do everything."""

    OWNER = "owner"
    ORGANISER = "organiser"
    REGISTRAR = "registrar"  # the registration desk and the door
    FACILITATOR = "facilitator"  # own groups
    REVIEWER = "reviewer"  # screens projects
    VIEWER = "viewer"


class UnitKind(StrEnum):
    """Where a person comes from."""

    DISTRICT = "district"
    PROVINCE_AGENCIES = "province_agencies"  # ส่วนราชการประจำจังหวัด: belongs to no district
    TAMBON = "tambon"
    LOCAL_GOVERNMENT = "local_government"
    AGENCY = "agency"


class Event(Model):
    """A training. ``slug`` is in printed addresses and never changes."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    province_code: Mapped[str] = mapped_column(String(2))
    venue: Mapped[str] = mapped_column(String(300), default="")
    organiser_name: Mapped[str] = mapped_column(String(200), default="")  # the office, as printed on documents
    contact: Mapped[str] = mapped_column(String(200), default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    is_demo: Mapped[bool] = mapped_column(default=False)
    registration_open: Mapped[bool] = mapped_column(default=True)
    edit_until: Mapped[date | None]  # the last day on which people correct their own data; None: no end
    asks_approval: Mapped[bool] = mapped_column(default=False)  # who answers by the form waits for a yes
    has_waiting_list: Mapped[bool] = mapped_column(default=True)  # full: บัญชีสำรอง, or a refusal
    seats: Mapped[int | None]  # of the whole event; None where there is no limit
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    days: Mapped[list[Day]] = relationship(back_populates="event", order_by="Day.date")
    rooms: Mapped[list[Room]] = relationship(back_populates="event", order_by="Room.id")
    units: Mapped[list[Unit]] = relationship(back_populates="event", order_by="Unit.position")
    sessions: Mapped[list[EventSession]] = relationship(back_populates="event", order_by="EventSession.starts_at")
    check_points: Mapped[list[CheckPoint]] = relationship(back_populates="event", order_by="CheckPoint.position")


class Day(Model):
    """One day of an event."""

    __tablename__ = "event_day"
    __table_args__ = (UniqueConstraint("event_id", "date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    date: Mapped[date]

    event: Mapped[Event] = relationship(back_populates="days")


class Room(Model):
    """A hall or meeting room."""

    __tablename__ = "event_room"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))

    event: Mapped[Event] = relationship(back_populates="rooms")


class Unit(Model):
    """A district, the provincial agencies as one unit, or something below a district."""

    __tablename__ = "event_unit"
    __table_args__ = (UniqueConstraint("event_id", "parent_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"))
    kind: Mapped[UnitKind] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(10), default="")  # "2103"; empty for agencies
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    target: Mapped[int] = mapped_column(default=0)  # how many people are expected
    seats: Mapped[int | None]  # how many may come, units below it included; None where there is no limit

    event: Mapped[Event] = relationship(back_populates="units")

    @property
    def full_name(self) -> str:
        """As a letter writes it: อำเภอแกลง. Lists and tables say แกลง."""
        is_bare = self.kind == UnitKind.DISTRICT and not self.name.startswith("อำเภอ")
        return f"อำเภอ{self.name}" if is_bare else self.name


class EventSession(Model):
    """A slot in the programme: a lecture, lunch, group work."""

    __tablename__ = "event_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("event_day.id", ondelete="CASCADE"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("event_room.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(300))
    speaker: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship(back_populates="sessions")
    day: Mapped[Day] = relationship()
    room: Mapped[Room | None] = relationship()


def admitted(audience: dict[str, list[str]], unit_id: str, category: str) -> bool:
    """Whether a check-point's audience takes in people of this unit (public id) and category."""
    units, categories = audience.get("units"), audience.get("categories")
    return (not units or unit_id in units) and (not categories or category in categories)


class CheckPoint(Model):
    """What a person can be present at: a half-day, a session, a meal, the hand-out of materials.

    Without ``opens_at`` and ``closes_at`` it is always open.
    """

    __tablename__ = "event_check_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    day_id: Mapped[int | None] = mapped_column(ForeignKey("event_day.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"))
    half: Mapped[str | None] = mapped_column(String(10))  # "morning", "afternoon", or None
    purpose: Mapped[str] = mapped_column(String(20), default="attend")  # attend, meal, materials
    name: Mapped[str] = mapped_column(String(200))
    starts: Mapped[time | None]  # the half-day's wall-clock time, for headings
    position: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # {"units": [public ids], "categories": [names]}; what is empty or missing lets everybody in
    audience: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)

    event: Mapped[Event] = relationship(back_populates="check_points")
    day: Mapped[Day | None] = relationship()
    session: Mapped[EventSession | None] = relationship()

    def is_for(self, unit: Unit, category: str) -> bool:
        """Whether people of this unit and category are meant to come here."""
        return self.admits(unit.public_id, category)

    def admits(self, unit_id: str, category: str) -> bool:
        """The same by a unit's public id; without an audience everybody is meant."""
        return admitted(self.audience, unit_id, category)

    def target_of(self, unit: Unit) -> int:
        """How many of a unit are expected here; 0 where only some categories are, whose number nobody has set."""
        return 0 if self.audience.get("categories") else unit.target * self.is_for(unit, "")


class TeamMember(Model):
    """A user's role in one event."""

    __tablename__ = "event_team_member"
    __table_args__ = (UniqueConstraint("event_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(String(20))

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()
