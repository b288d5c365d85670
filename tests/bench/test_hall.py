"""The five minutes of ``make load`` at the same rates, in half a minute: all are let in, nobody sees an error."""

from __future__ import annotations

import asyncio

from bench import hall
from bench._halls import hall as running_hall


def test_a_hall_checks_itself_in_while_every_page_stays_open():
    with running_hall({}, people=hall.PEOPLE) as ours:
        load = asyncio.run(hall.run(ours, seconds=30))
    assert load.wrong == []
    assert load.people == 53
    assert len(load.checking_in) == 53 * 5
    assert len(load.asking) > hall.PEOPLE * 5, "every page went on asking"
