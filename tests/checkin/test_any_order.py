"""Whatever order scans arrive in, however often each is repeated: the same people, the same earliest times."""

from __future__ import annotations

import uuid

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.checkin.ledger import presence
from app.checkin.ledger.deciding import Attempt, record_scan
from app.checkin.models import Scan
from app.database import db
from tests.checkin.door import at, make_gate
from tests.make import make_registrant

PEOPLE, GATES = 4, 3

scans = st.tuples(st.integers(0, PEOPLE), st.integers(0, GATES - 1), st.integers(0, 300), st.booleans())


@st.composite
def deliveries(draw) -> tuple[list, list[int], list[int]]:
    """Some scans, and two orders in which they arrive, each of them with repeats."""
    made = draw(st.lists(scans, min_size=1, max_size=12))
    everyone = list(range(len(made)))
    extra = st.lists(st.sampled_from(everyone), max_size=6)
    return made, *(draw(st.permutations(everyone + draw(extra))) for _ in range(2))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries())
def test_presence_does_not_depend_on_the_order_or_the_repeats(event, morning, delivery):
    made, *orders = delivery
    people = [make_registrant(event, f"คน{n}", "ใดก็ได้") for n in range(PEOPLE)]
    gates = [make_gate(event, f"ประตู {n}") for n in range(GATES)]
    morning.opens_at, morning.closes_at = at(8, 30), at(12)
    db.session.commit()
    codes = [person.ticket_code for person in people] + ["no such badge"]
    results = []
    for order in orders:
        ids = [str(uuid.uuid4()) for _ in made]
        answers: dict[int, set[str]] = {}
        for place in order:
            who, gate, minute, is_offline = made[place]
            answer = record_scan(
                event,
                Attempt(
                    ids[place], morning, "staff_scan", codes[who], occurred_at=at(8 + minute // 60, minute % 60),
                    device_id=gates[gate].id, gate=gates[gate].name, is_offline=is_offline,
                ),
            )  # fmt: skip
            answers.setdefault(place, set()).add(answer)
        assert all(len(given) == 1 for given in answers.values()), "a repeat was answered differently"
        assert db.session.query(Scan).count() == len(made), "a repeat made a row, or a scan was lost"
        results.append(presence.present_at(morning))
        db.session.query(Scan).delete()
        db.session.commit()
    expected: dict[int, object] = {}
    for who, _gate, minute, _offline in made:
        moment = at(8 + minute // 60, minute % 60)
        if who < PEOPLE and at(8, 30) <= moment < at(12):
            expected[people[who].id] = min(moment, expected.get(people[who].id, moment))
    assert results == [expected, expected]
