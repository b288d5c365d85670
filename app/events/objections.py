"""May this be removed? Later domains answer: whoever holds something that would hang in the air says so."""

from __future__ import annotations

from blinker import Namespace

from app.core.errors import RuleBroken

# Receivers get a Day, Room, Unit, EventSession or CheckPoint and return a sentence, or None when they do not mind.
about_to_remove = Namespace().signal("about-to-remove")


def check_removable(thing: object) -> None:
    """Refuse with the first objection."""
    for _receiver, sentence in about_to_remove.send(thing):
        if sentence:
            raise RuleBroken(sentence)
