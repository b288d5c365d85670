"""The demo's accounts. Their password is printed, which is why production refuses the demo."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import User
from app.accounts.security import create_user
from app.database import db
from app.events.creating import add_to_team
from app.events.models import Event, Role

PASSWORD = "demo-sammana-2561"


def demo_user(email: str, name: str) -> User:
    """The account of that address, made where it is missing."""
    found = db.session.scalar(select(User).where(User.email == email))
    return found or create_user(email, name, PASSWORD)


def add_team(event: Event, place: str, organiser: str, facilitators: list[str]) -> None:
    """An organiser who owns the event, and its facilitators."""
    add_to_team(event, demo_user(f"organiser@{place}.example.com", organiser), Role.OWNER)
    for number, name in enumerate(facilitators, start=1):
        add_to_team(event, demo_user(f"facilitator{number}@{place}.example.com", name), Role.FACILITATOR)
    db.session.flush()
