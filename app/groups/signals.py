"""What groups ask of later domains; app/reactions.py connects who answers."""

from __future__ import annotations

from blinker import Namespace

from app.events.models import Event

# Sent with the Event; an answer is the ids of the people recorded present so far.
asking_who_is_present = Namespace().signal("asking-who-is-present")


def present_people(event: Event) -> set[int]:
    """The ids of everyone recorded present; empty while nobody was."""
    answers = asking_who_is_present.send(event)
    return set().union(*(answer for _, answer in answers)) if answers else set()
