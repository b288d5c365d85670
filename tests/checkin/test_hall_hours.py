"""Before the check-point opens and after it closes: screen and scanners are told so, and nobody gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from app.checkin.hall import rotating, self_checkin
from app.checkin.ledger import presence
from app.core import clock
from app.database import db
from app.events.models import Role
from tests.checkin.door import at
from tests.checkin.test_self_check_in import press, qr_address, with_link, wrong_digits
from tests.make import make_member


@pytest.fixture
def frozen():
    with time_machine.travel(at(9), tick=False) as traveller:
        yield traveller


def digits_now(point) -> dict[str, str]:
    """The form with what the screen shows at this moment."""
    return {"digits": rotating.shown(point, clock.now()).digits}


@pytest.mark.parametrize(
    ("opens_at", "said"),
    [(at(9, 30), "เปิดเวลา 09.30 น."), (at(9, 30) + timedelta(days=1), "เปิดวันที่ 9 พฤศจิกายน 2561 เวลา 09.30 น.")],
)
def test_who_scans_the_screen_too_early_reads_when_to_come_again(app, morning, person, frozen, opens_at, said):
    morning.opens_at = opens_at
    db.session.commit()
    browser = with_link(app, person)
    early = browser.get(qr_address(morning))
    typed = browser.submit("/c/training/digits", digits_now(morning), page="/c/training")
    for answer in (early, typed):
        assert answer.status_code == 410
        assert said in answer.get_data(as_text=True)
        assert "หมดอายุ" not in answer.get_data(as_text=True)
    frozen.move_to(opens_at)
    press(browser)  # what was read too early is no ticket
    assert presence.present_at(morning) == {}


def test_digits_typed_too_early_stop_nobody_at_opening_time(app, morning, frozen, monkeypatch):
    monkeypatch.setattr(self_checkin, "WRONG_PER_HALL", 8)
    morning.opens_at = at(9, 5)
    db.session.commit()
    early = app.test_client()
    for _time in range(self_checkin.WRONG_PER_PHONE + 1):
        assert early.submit("/c/training/digits", digits_now(morning), page="/c/training").status_code == 410
    for _phone in range(4):
        app.test_client().submit("/c/training/digits", digits_now(morning), page="/c/training")
    frozen.move_to(at(9, 5))
    for browser in (early, app.test_client()):
        answer = browser.submit("/c/training/digits", digits_now(morning), page="/c/training")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/c/training")


def test_wrong_digits_are_counted_before_opening_time_too(app, morning, frozen):
    morning.opens_at = at(9, 30)
    db.session.commit()
    guesser = app.test_client()
    guesser.get("/c/training")
    statuses = [wrong_digits(guesser, morning) for _time in range(self_checkin.WRONG_PER_PHONE + 1)]
    assert statuses == [422] * self_checkin.WRONG_PER_PHONE + [429]


@pytest.mark.parametrize(("minutes", "said"), [(-1, "เปิดเวลา 09.30 น."), (0, ""), (60, "ปิดรับการลงทะเบียนแล้ว")])
def test_the_screen_itself_says_that_nobody_is_taken_now(app, event, morning, frozen, minutes, said):
    morning.opens_at, morning.closes_at = at(9, 30), at(10, 30)
    organiser = app.test_client()
    member = make_member(event, Role.ORGANISER)
    frozen.move_to(at(9, 30) + timedelta(minutes=minutes))
    organiser.sign_in(member)
    screen = organiser.fragment(f"/events/training/check-in/{morning.public_id}/projector/code").text
    assert said in screen
    assert ("hall-code-shut" in screen) is bool(said)
