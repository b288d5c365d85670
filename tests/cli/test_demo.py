"""``flask demo``: what it builds, that it is built once, and that production refuses it."""

from __future__ import annotations

import re
import shutil
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.checkin.models import Scan
from app.core import files
from app.dashboard.linkage.frame import exercises_of
from app.database import db
from app.events.access import find_event
from app.events.models import Event
from app.exercises.linkage.following import reporting
from app.exercises.linkage.merging import candidates
from app.exercises.linkage.reviewing import fates
from app.exercises.linkage.snapshots import keeping
from app.exercises.linkage.snapshots.differences import difference
from app.exercises.linkage.voting import rounds
from app.exercises.models import Status, Submission
from app.groups import queries as groups
from app.materials.models import Material
from app.registration.models import Registrant
from tests.client import Client
from tests.live_server import LiveServer
from tests.make import make_event


@pytest.fixture
def run(app):
    def run(*options):
        db.session.rollback()  # or this test's own session holds the lock the command waits for
        result = app.test_cli_runner().invoke(args=["demo", *options])
        db.session.rollback()
        db.session.expire_all()
        return result

    return run


@pytest.fixture(scope="module")
def server(built_demo, tmp_path_factory):
    """The built demo's copy; nothing is served."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(built_demo.folder, folder, dirs_exist_ok=True)
    return LiveServer(folder, 0)


def count(table, event):
    return db.session.scalar(select(func.count()).select_from(table).where(table.event_id == event.id))


def newest_exercise(event):
    """What phones and the linkage pages open."""
    return exercises_of(event)[0]


def test_two_trainings_stand_mid_way_through_their_day(server):
    with server.inside():
        for slug, people, tables, half_days in (("rayong-2561", 200, 24, 2), ("roiet-2561", 530, 60, 2)):
            looks_real(find_event(slug), people, tables, half_days)


def looks_real(event, people, tables, half_days):
    assert event.is_demo
    assert count(Registrant, event) == people
    grouping = groups.current_grouping(event)
    assert len(groups.groups_of(grouping)) == tables
    assert all(group.facilitator_id for group in groups.groups_of(grouping))
    accepted = select(Scan.check_point_id).where(Scan.event_id == event.id, Scan.outcome == "accepted")
    arrived = Counter(db.session.scalars(accepted))
    assert len(arrived) == half_days
    assert all(0.7 * people < number < people for number in arrived.values())
    exercise = newest_exercise(event)
    statuses = {row.status for row in exercise.submissions}
    assert statuses == {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.PASSED}
    assert len(exercise.submissions) == tables
    assert exercise.grouping == grouping, "the drafts belong to the tables people sit at"
    material = select(Material).where(Material.event_id == event.id)
    hidden = [one.opens_at is not None for one in db.session.scalars(material)]
    assert sorted(hidden) == [False, True]


def test_the_first_training_has_something_of_every_later_page(server):
    """Nobody who tries the demo meets only empty pages: decisions, votes, versions, review, follow-up."""
    with server.inside():
        event = find_event("rayong-2561")
        exercise, review, former = exercises_of(event)
        assert [
            (m.kind, m.stands, m.item is not None)
            for m in sorted(candidates.decisions(exercise), key=lambda one: one.id)
        ] == [
            ("merge", True, True),
            ("bundle", True, True),
            ("escalate", True, True),
        ]
        second, first = rounds.rounds_of(exercise)
        assert (first.state, second.state) == ("closed", "open")
        assert rounds.results(first)[0].raw_place == 1 and rounds.turnout(first).cast > 100
        assert 0 < rounds.turnout(second).cast < rounds.turnout(first).cast, "people still vote"
        newer, older = keeping.versions_of(exercise)
        changes = difference(keeping.document_in(older), keeping.document_in(newer))
        assert changes.items.added and changes.items.changed
        assert fates.review_of(review).former_id == former.id
        decided = {one.fate for one in fates.former_items(review)}
        assert decided == {"", "kept", "changed", "dropped", "done"}
        told = [report for one in reporting.follow_ups_of(former) for report in one.reports]
        assert {report.status for report in told} >= {"done", "delayed"}
        at = [m.at for m in candidates.decisions(exercise)] + [first.opened_at, first.closed_at, newer.at]
        assert all(moment.date() == event.first_day for moment in at), "it all happened on the day"
        assert all(report.at.date() < event.first_day for report in told)


def test_a_second_run_changes_nothing(server, built_demo):
    again = server.flask("demo")
    assert (again.stdout, again.stderr) == (built_demo.printed, "")


def test_what_is_printed_lets_one_in(server, built_demo):
    email = re.search(r"organiser@rayong\S+", built_demo.printed)[0]
    password = re.search(r"Password of every account: (\S+)", built_demo.printed)[1]
    with server.inside() as app:
        app.test_client_class = Client
        client = app.test_client()
        sent = {"email": email, "password": password}
        assert client.submit("/sign-in", sent).headers["Location"].endswith("/events")
        assert find_event("rayong-2561").name in client.get("/events").get_data(as_text=True)


def test_again_builds_anew_and_leaves_no_files_behind(server):
    with server.inside():
        before = find_event("rayong-2561").public_id
    server.flask("demo", "--again")
    with server.inside():
        assert find_event("rayong-2561").public_id != before
        assert db.session.scalar(select(func.count()).select_from(Event)) == 2
        kept = {path.name for path in files.folder().rglob("*") if path.is_file()}
        assert set(db.session.scalars(select(Material.file_key))) <= kept
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 84 + 2 + 2


def test_production_refuses_passwords_that_everybody_knows(run, app, monkeypatch):
    monkeypatch.setitem(app.config, "ENVIRONMENT", "production")
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "production" in result.stderr
    assert find_event("rayong-2561") is None


def test_a_real_event_of_that_name_is_left_alone(run):
    own = make_event("rayong-2561")
    result = run("--again")
    assert result.exit_code == 2
    assert find_event("rayong-2561").id == own.id
