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


taps = st.tuples(st.integers(0, 1), st.integers(0, 300), st.booleans())  # who, when, taken back at once


@st.composite
def queues(draw) -> tuple[list[list], list[int], list[int]]:
    """What each gate keeps without a network, and two orders in which the gates are heard."""
    kept = [draw(st.lists(taps, max_size=4)) for _gate in range(GATES)]
    turns = [
        gate for gate, made in enumerate(kept) for _who, _minute, is_undone in made for _ in range(1 + is_undone)
    ]
    return kept, *(draw(st.permutations(turns)) for _ in range(2))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queues())
def test_what_was_taken_back_at_one_gate_costs_no_other_in_whatever_order(event, morning, delivery):
    """Each gate sends in its own order; between the gates anything goes."""
    kept, *orders = delivery
    people = [make_registrant(event, f"คน{n}", "ใดก็ได้") for n in range(2)]
    gates = [make_gate(event, f"ประตู {n}") for n in range(GATES)]
    db.session.commit()
    results = []
    for order in orders:
        queued = [list(_with_undos(made)) for made in kept]
        for gate in order:
            client_uuid, who, minute, undoes = queued[gate].pop(0)
            code = undoes or people[who].ticket_code
            record_scan(
                event,
                Attempt(
                    client_uuid, morning, "staff_scan", code, action="void" if undoes else "enter",
                    occurred_at=at(8 + minute // 60, minute % 60), device_id=gates[gate].id,
                    gate=gates[gate].name, actor=f"device:{gates[gate].id}", is_offline=True,
                ),
            )  # fmt: skip
        results.append(presence.present_at(morning))
        db.session.query(Scan).delete()
        db.session.commit()
    expected: dict[int, object] = {}
    for made in kept:
        for place, (who, minute, is_undone) in enumerate(made):
            # Taking one back takes back what this gate has of the same person until then.
            later = any(other == who and undone for other, _minute, undone in made[place + 1 :])
            if not is_undone and not later:
                moment = at(8 + minute // 60, minute % 60)
                expected[people[who].id] = min(moment, expected.get(people[who].id, moment))
    assert results == [expected, expected]


def _with_undos(made):
    for who, minute, is_undone in made:
        client_uuid = str(uuid.uuid4())
        yield client_uuid, who, minute, ""
        if is_undone:
            yield str(uuid.uuid4()), who, minute, client_uuid
