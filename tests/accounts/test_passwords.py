"""Passwords: changing one's own, and what every new password must be, whoever sets it."""

from __future__ import annotations

import pytest

from app.accounts.passwords import WRONG_PER_ACCOUNT
from app.accounts.security import create_user, set_password
from app.core.errors import RuleBroken
from app.database import db
from tests.make import make_user

OLD, NEW = "a long password", "ข้าวหอมมะลิร้อยเอ็ด"
PAGE = "/account/password"


@pytest.fixture
def user(app):
    return make_user()


@pytest.fixture
def browser(client, user):
    client.sign_in(user)
    return client


def change(browser, *, now=OLD, new=NEW, again=None):
    fields = {"password": now, "new_password": new, "new_password_confirm": new if again is None else again}
    answer = browser.submit(PAGE, fields)
    db.session.rollback()
    return answer


def signs_in(app, user, password) -> bool:
    fresh = app.test_client()
    fresh.submit("/sign-in", {"email": user.email, "password": password})
    return fresh.get("/events").status_code == 200


def test_the_page_is_found_from_my_events_and_asks_for_signing_in(client, user):
    assert client.get(PAGE).status_code == 302
    assert "/sign-in" in client.get(PAGE).headers["Location"]
    client.sign_in(user)
    assert f'href="{PAGE}"' in client.get("/events").get_data(as_text=True)
    assert client.get(PAGE).status_code == 200


def test_the_new_password_signs_in_and_the_old_one_does_not(app, browser, user):
    answer = change(browser)
    assert answer.status_code == 302
    assert "เปลี่ยนรหัสผ่านแล้ว" in browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert signs_in(app, user, NEW)
    assert not signs_in(app, user, OLD)


def test_this_browser_stays_signed_in_and_every_other_is_signed_out(app, browser, user):
    other = app.test_client()
    other.sign_in(user)
    copied = browser.get_cookie("s").value
    change(browser)
    assert browser.get("/events").status_code == 200
    assert other.get("/events").status_code == 302
    thief = app.test_client()
    thief.set_cookie("s", copied)
    assert thief.get("/events").status_code == 302


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"now": "something else"}, "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        ({"now": ""}, "โปรดใส่รหัสผ่านปัจจุบัน"),
        ({"new": "สั้นไป"}, "รหัสผ่านต้องมีอย่างน้อย 10 ตัวอักษร"),
        ({"new": ""}, "โปรดตั้งรหัสผ่านใหม่"),
        ({"again": "something else"}, "รหัสผ่านใหม่สองช่องไม่ตรงกัน"),
        ({"new": OLD}, "รหัสผ่านใหม่เหมือนรหัสผ่านเดิม"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_changes(app, browser, user, sent, sentence):
    answer = change(browser, **sent)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert browser.get("/events").status_code == 200
    assert signs_in(app, user, OLD)


def test_who_finds_an_open_browser_cannot_guess_forever(app, browser, user):
    for _time in range(WRONG_PER_ACCOUNT):
        assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in change(browser, now="something else").get_data(as_text=True)
    assert "หลายครั้งเกินไป" in change(browser).get_data(as_text=True)
    assert signs_in(app, user, OLD)


def test_no_password_comes_back_in_the_page(browser):
    page = change(browser, now="something else", again="not the same").get_data(as_text=True)
    assert "something else" not in page
    assert NEW not in page
    assert "not the same" not in page


@pytest.mark.parametrize("password", ["น้ำใจงามยามเช้า", "Ｐａｓｓｗｏｒｄ１２３"])
def test_a_password_set_for_somebody_signs_in_however_its_letters_are_composed(app, user, password):
    set_password(user, password)
    db.session.commit()
    assert signs_in(app, user, password)


def test_nobody_gets_a_short_password(app, user):
    with pytest.raises(RuleBroken):
        set_password(user, "short")
    with pytest.raises(RuleBroken):
        create_user("another@example.com", "สมศรี ทดสอบ", "short")
