"""Months later: each office reports on its own projects through its link."""

from __future__ import annotations

import html
import re

import pytest

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.following import reporting
from app.exercises.linkage.following.models import Report, Standing
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind
from app.exercises.linkage.merging.undoing import undo
from app.exercises.models import Exercise, Status
from tests.conftest import FIXTURES
from tests.make import make_event, make_member


@pytest.fixture
def rayong(app) -> Exercise:
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    db.session.commit()
    return exercise


@pytest.fixture
def user(rayong):
    user = make_member(rayong.event, Role.ORGANISER)
    reporting.set_up(rayong, user)
    db.session.commit()
    return user


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def project(exercise: Exercise, code: str):
    return next(one for one in reporting.follow_ups_of(exercise) if one.item.code == code)


def path_of(reporter) -> str:
    return f"/follow/{reporter.public_id}/{reporting.token_of(reporter)}"


def test_every_project_is_followed_once_and_its_lead_agency_reports(rayong, user):
    found = reporting.follow_ups_of(rayong)
    assert len(found) == 13
    assert all(one.reporter.name == one.item.lead_name for one in found if one.item.lead_name)
    names = [one.name for one in reporting.reporters_of(rayong)]
    assert len(names) == len(set(names))
    assert reporting.set_up(rayong, user) == 0


def test_a_link_opens_the_offices_own_projects_and_a_report_is_taken(rayong, user, client):
    one = project(rayong, "L2")
    phone = client.application.test_client()
    opened = phone.get(path_of(one.reporter))
    assert opened.status_code == 302
    assert reporting.token_of(one.reporter) not in opened.location
    assert "โครงการอบรมเกษตรกร" in words(phone.get(opened.location))
    said = {
        "project": one.public_id,
        "status": "running",
        "percent": "๔๐",
        "spent": "1,200",
        "note": "อบรมแล้ว 1 รุ่น",
    }
    assert phone.submit(opened.location, said).status_code == 302
    [made] = db.session.query(Report).all()
    assert (made.status, made.percent, made.spent_satang, made.said_by) == (
        "running",
        40,
        120_000,
        one.reporter.name,
    )
    client.sign_in(user)
    page = words(client.get(f"/events/kbo/exercises/{rayong.public_id}/follow-up"))
    assert "อบรมแล้ว 1 รุ่น" in page
    assert "12 ยังไม่เคยรายงาน" in page


def test_another_offices_project_does_not_exist(rayong, user, client):
    one = project(rayong, "L2")
    other = next(f for f in reporting.follow_ups_of(rayong) if f.reporter != one.reporter)
    phone = client.application.test_client()
    home = phone.get(path_of(one.reporter)).location
    assert phone.submit(home, {"project": other.public_id, "status": "done"}).status_code == 404
    assert phone.get(f"/follow/{other.reporter.public_id}").status_code == 404
    assert db.session.query(Report).count() == 0


def test_a_new_link_stops_the_old_one_and_every_browser_that_came_by_it(rayong, user, client):
    reporter = project(rayong, "L2").reporter
    old = path_of(reporter)
    phone = client.application.test_client()
    home = phone.get(old).location
    reporting.reissue(reporter, user)
    db.session.commit()
    assert phone.get(old).status_code == 404
    assert phone.get(home).status_code == 404
    assert phone.get(path_of(reporter)).status_code == 302
    assert phone.get(home).status_code == 200
    assert phone.get(f"/follow/{reporter.public_id}/wrong").status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (reporting.Said("somewhere"), "status"),
        (reporting.Said("running", percent="101"), "percent"),
        (reporting.Said("running", percent="มาก"), "percent"),
        (reporting.Said("delayed", percent="10"), "note"),
        (reporting.Said("running", spent="-5"), None),
    ],
)
def test_a_report_that_cannot_be_right_is_refused(rayong, user, said, field):
    with pytest.raises(RuleBroken) as refused:
        reporting.report(project(rayong, "L2"), said, "ใครก็ได้")
    assert refused.value.field == field
    assert db.session.query(Report).count() == 0


def test_the_newest_report_stands_and_the_others_stay(rayong, user):
    one = project(rayong, "L2")
    reporting.report(one, reporting.Said("running", "60"), "ก")
    reporting.report(one, reporting.Said("done"), "ก")
    db.session.refresh(one)
    assert reporting.latest_of(one).percent == 100
    assert [report.percent for report in one.reports] == [60, 100]
    found = reporting.summary(reporting.follow_ups_of(rayong))
    assert {str(words): count for words, count in found.counts}["แล้วเสร็จ"] == 1
    assert (found.silent, found.percent) == (12, round(100 / 13))


def test_another_office_takes_a_project_over(rayong, user, client):
    one = project(rayong, "L2")
    client.sign_in(user)
    base = f"/events/kbo/exercises/{rayong.public_id}/follow-up"
    client.submit(f"{base}/assign", {"project": one.public_id, "name": "เกษตรอำเภอแกลง"})
    db.session.refresh(one)
    assert one.reporter.name == "เกษตรอำเภอแกลง"
    page = words(client.get(f"{base}/links"))
    assert path_of(one.reporter) in page
    client.submit(f"{base}/reissue", {"reporter": one.reporter.public_id})
    assert path_of(one.reporter) not in page
    assert client.submit(f"{base}/reissue", {"reporter": "x"}).status_code == 404


def test_done_is_a_hundred_and_not_begun_is_nothing(rayong, user):
    one = project(rayong, "L2")
    assert reporting.report(one, reporting.Said("done", "3"), "ก").percent == 100
    assert reporting.report(one, reporting.Said("planned", "3"), "ก").percent == 0
    assert reporting.report(one, reporting.Said("running"), "ก").status == Standing.RUNNING


def test_what_is_merged_or_rejected_is_followed_no_more_until_it_is_undone(rayong, user, client):
    one, other, third = (project(rayong, code) for code in ("L2", "L9", "L4"))
    merge = decide(
        rayong, [one.item.public_id, other.item.public_id], Decision(MergeKind.MERGE, "ซ้ำ", budget="sum"), user
    )
    third.item.status = Status.REJECTED
    assert reporting.set_up(rayong, user) == 1
    followed = reporting.follow_ups_of(rayong)
    assert len(followed) == 13 - 3 + 1
    assert reporting.summary(followed).silent == len(followed)
    db.session.commit()
    client.get(path_of(one.reporter))
    page = words(client.get(f"/follow/{one.reporter.public_id}"))
    assert " L2 " not in page
    assert f" {merge.item.code} " in page
    undo(merge, user)
    assert {"L2", "L9"} <= {kept.item.code for kept in reporting.follow_ups_of(rayong)}
