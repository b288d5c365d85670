"""The demo's accounts. Their password is printed, which is why production refuses the demo."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import User
from app.accounts.security import create_user
from app.core.ids import new_secret
from app.database import db
from app.events.creating import add_to_team
from app.events.models import Event, Role

PASSWORD = "demo-sammana-2561"


def add_team(event: Event, place: str, organiser: str, facilitators: list[str]) -> None:
    """An organiser who owns the event, and its facilitators."""
    owner = demo_user(f"organiser@{place}.example.com", organiser)
    add_to_team(event, owner, Role.OWNER)
    for number, name in enumerate(facilitators, start=1):
        add_to_team(event, demo_user(f"facilitator{number}@{place}.example.com", name, owner), Role.FACILITATOR)
    db.session.flush()


def demo_user(email: str, name: str, colleague: User | None = None) -> User:
    """The account of that address, made where it is missing; with a colleague's hash, hashing being slow."""
    found = db.session.scalar(select(User).where(User.email == email))
    if found is not None:
        return found
    if colleague is None:
        return create_user(email, name, PASSWORD)
    user = User(email=email, name=name, password=colleague.password, fs_uniquifier=new_secret(), active=True)
    db.session.add(user)
    return user
