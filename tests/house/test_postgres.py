"""The same application on PostgreSQL, chosen by DATABASE_URL alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.cli.ready import prepare_database
from app.database import db
from app.events.models import Event
from app.registration import candidates, coordinators, merging, queries, signup, substitution
from app.registration.questions import answering, asking
from app.registration.questions.models import Kind
from app.registration.seats import fullness, places, telling, waiting
from tests import postgres
from tests.live_server import LiveServer, free_port
from tests.make import make_event, make_registrant, unit_named

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[LiveServer]:
    with postgres.running(durable=False) as database:
        if database is None:
            pytest.skip("no PostgreSQL server programs here")
        yield LiveServer(tmp_path_factory.mktemp("live"), free_port(), {"DATABASE_URL": database.url})


def test_commands_make_the_database_and_use_it(server: LiveServer):
    server.flask("administrator-create", "a@example.com", "--name", "ก", "--password", "a long password")
    again = server.flask(
        "administrator-create", "a@example.com", "--name", "ก", "--password", "x" * 12, check=False
    )
    assert again.returncode != 0, "the first account was not kept"
    assert not (server.folder / "sammana.db").exists()


@pytest.fixture
def event(server: LiveServer) -> Iterator[Event]:
    """An event on PostgreSQL, in the process of the test."""
    with server.inside() as app, app.test_request_context("/"):
        prepare_database()
        yield make_event()


def test_candidates_are_found_united_and_parted(event: Event):
    one = make_registrant(event, "น้ำค้าง", "ใสดี", phone="0812345678")
    other = make_registrant(event, "นํ้าค้าง", "ใสดี", unit=unit_named(event, "บ้านค่าย"), email="a@example.com")
    question = asking.save(event, None, asking.Wanted(Kind.SEVERAL, "มื้อ", options=["เช้า", "เย็น"]), actor="test")
    answering.store(other, [question], {question.id: ["เย็น"]})
    (pair,) = candidates.pairs_of(event)
    assert (pair.one_id, pair.other_id) == (one.id, other.id)
    merger = merging.merge(one, other, actor="test")
    db.session.commit()
    assert (one.email, other.merged_into_id) == ("a@example.com", one.id)
    assert answering.values_of(one) == {question.id: ["เย็น"]} and candidates.pairs_of(event) == []
    assert [person.id for person in queries.people(event).items] == [one.id]
    merging.undo(merger, actor="test")
    db.session.commit()
    assert one.email == "" and answering.values_of(other) == {question.id: ["เย็น"]}
    merging.keep_apart(one, other, actor="test")
    merging.keep_apart(other, one, actor="test")
    db.session.commit()
    assert candidates.pairs_of(event) == [] and len(queries.kept_apart(event)) == 1


def test_a_substitute_takes_the_seat_and_who_waits_is_seated_in_turn(event: Event):
    unit = unit_named(event, "แกลง")
    unit.seats = 2
    places.hold(event, [unit], [("นายอำเภอ", 1)], actor="test")
    gone, seated, first, second = (
        signup.register(
            event, first_name=name, last_name="ทดสอบ", unit=unit, position=post, phone=f"08123456{place}0"
        )
        for place, (name, post) in enumerate([("ก", "นายอำเภอ"), ("ข", "กำนัน"), ("ค", "กำนัน"), ("ง", "กำนัน")])
    )
    db.session.commit()
    assert [one.standing for one in (gone, seated, first, second)] == ["registered"] * 2 + ["waiting"] * 2
    come = substitution.substitute(gone, actor="test", first_name="จ", last_name="มาแทน", phone="0898765432")
    db.session.commit()
    assert (gone.standing, come.standing, come.replaces_id) == ("withdrawn", "registered", gone.id)
    assert [place.registrant_id for place in places.places_of(event)] == [come.id]
    assert waiting.place_of(second) == 2
    signup.withdraw(seated)
    db.session.commit()
    assert (first.standing, second.standing) == ("registered", "waiting")
    assert telling.untold(event) == [first] and waiting.place_of(second) == 1
    assert fullness.full_now(event).units == {unit.public_id}


def test_a_coordinators_link_opens_until_it_is_renewed_or_closed(event: Event):
    coordinator = coordinators.of_unit(event, unit_named(event, "แกลง"))
    db.session.commit()
    assert coordinators.of_unit(event, coordinator.unit).id == coordinator.id
    public_id, token = coordinators.link_of(coordinator).rsplit("/", 2)[1:]
    assert coordinators.find_by_link(public_id, token) is not None
    coordinators.renew(coordinator, actor="test")
    db.session.commit()
    assert coordinators.find_by_link(public_id, token) is None
    public_id, token = coordinators.link_of(coordinator).rsplit("/", 2)[1:]
    coordinators.close(coordinator, actor="test")
    db.session.commit()
    assert coordinators.find_by_link(public_id, token) is None


def test_the_list_is_in_thai_order_and_counts_by_index(event: Event):
    for name in ("เขมิกา", "กานดา", "แก้ว", "ขวัญ"):
        make_registrant(event, name)
    assert [one.first_name for one in queries.people(event).items] == ["กานดา", "แก้ว", "ขวัญ", "เขมิกา"]
    assert queries.heads(event) == {(event.units[0].id, "registered", "participant"): 4}


def test_the_server_answers(server: LiveServer):
    import requests

    server.start()
    try:
        assert requests.get(f"{server.url}/", timeout=10).status_code == 200
    finally:
        server.kill()
