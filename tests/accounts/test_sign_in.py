"""Signing in and out: sentences for mistakes, and a sign-in that really ends."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from app.accounts.login_sessions import revoke_all
from app.accounts.models import LoginSession
from app.accounts.signing_in import WRONG_PER_ADDRESS, WRONG_PER_KNOWN_BROWSER
from app.attempts.models import AttemptCount
from app.core import clock
from app.database import db
from tests.make import make_user


def test_signing_in_leads_to_my_events(client):
    response = client.sign_in(make_user())
    assert response.headers["Location"].endswith("/events")
    assert client.get("/events").status_code == 200


def test_a_wrong_password_keeps_the_address_and_says_so(client):
    user = make_user()
    response = client.submit("/sign-in", {"email": user.email, "password": "something else"})
    assert response.status_code in (200, 401, 422)
    page = response.get_data(as_text=True)
    assert user.email in page
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in page
    assert "ยังเข้าสู่ระบบไม่ได้" in page  # nothing was to be saved
    assert "ยังบันทึกไม่ได้" not in page


def test_unknown_address_and_wrong_password_answer_alike(client):
    user = make_user()
    answers = [
        client.submit("/sign-in", {"email": email, "password": "something else"})
        .get_data(as_text=True)
        .count("อีเมลหรือรหัสผ่าน")
        for email in (user.email, "nobody@example.com")
    ]
    assert answers[0] == answers[1] > 0


def test_without_the_forms_token_nobody_signs_in(client):
    user = make_user()
    response = client.post("/sign-in", data={"email": user.email, "password": "a long password"})
    assert response.status_code == 400
    assert client.get("/events").status_code == 302


def test_a_copied_cookie_is_worthless_after_signing_out(client, app):
    client.sign_in(make_user())
    copied = client.get_cookie("s")
    client.submit("/sign-out", page="/events")
    thief = app.test_client()
    thief.set_cookie("s", copied.value)
    assert thief.get("/events").status_code == 302


def test_revoking_ends_every_sign_in(client):
    user = make_user()
    client.sign_in(user)
    revoke_all(user)
    db.session.commit()
    assert client.get("/events").status_code == 302


def test_only_the_tokens_hash_is_kept(client):
    client.sign_in(make_user())
    with client.session_transaction() as session:
        token = session["login"]
    assert db.session.query(LoginSession).one().token_hash != token


def test_signing_out_needs_a_post(client):
    client.sign_in(make_user())
    assert client.get("/sign-out").status_code == 405
    assert client.get("/events").status_code == 200


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_after_signing_in_nobody_is_sent_elsewhere(client, elsewhere):
    user = make_user()
    response = client.submit(
        "/sign-in",
        {"email": user.email, "password": "a long password", "next": elsewhere},
        query_string={"next": elsewhere},
    )
    target = urlsplit(response.headers.get("Location", ""))
    assert not target.scheme and not target.netloc


def test_a_page_asks_to_sign_in_and_comes_back(client):
    response = client.get("/events")
    assert response.status_code == 302
    assert "next=/events" in response.headers["Location"] or "next=%2Fevents" in response.headers["Location"]


def guess(client, email: str, times: int) -> str:
    """Wrong passwords; the last page."""
    for _time in range(times):
        page = client.submit("/sign-in", {"email": email, "password": "something else"})
    return page.get_data(as_text=True)


def test_after_ten_wrong_passwords_even_the_right_one_waits_for_ten_minutes(client):
    user = make_user()
    assert "หลายครั้งเกินไป" not in guess(client, user.email, WRONG_PER_ADDRESS)
    right = {"email": user.email, "password": "a long password"}
    assert "หลายครั้งเกินไป" in client.submit("/sign-in", right).get_data(as_text=True)
    assert client.get("/events").status_code == 302
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client.submit("/sign-in", right)
        assert client.get("/events").status_code == 200


def test_who_guesses_at_an_address_does_not_shut_out_the_browser_that_knows_it(app, client):
    user = make_user()
    client.sign_in(user)
    client.submit("/sign-out", page="/events")
    guess(app.test_client(), user.email, WRONG_PER_ADDRESS + 5)
    client.sign_in(user)
    assert client.get("/events").status_code == 200


def test_a_known_browser_cannot_guess_forever_nor_at_another_address(app, client):
    user, other = make_user(), make_user(email="other@example.com")
    client.sign_in(user)
    client.submit("/sign-out", page="/events")
    assert "หลายครั้งเกินไป" in guess(client, user.email, WRONG_PER_KNOWN_BROWSER + 1)
    guess(app.test_client(), other.email, WRONG_PER_ADDRESS)
    assert "หลายครั้งเกินไป" in guess(client, other.email, 1)


def test_the_counts_do_not_hold_the_address(client):
    guess(client, "someone@example.com", 1)
    assert all("someone" not in row.scope for row in db.session.query(AttemptCount))


def test_passwords_are_hashed_at_the_price_that_is_set(app):
    """The library ignores a setting whose name it does not know, and hashes at a price of its own."""
    price = app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"]
    hashed = make_user().password
    assert f"m={price['argon2__memory_cost']},t={price['argon2__time_cost']},p=1$" in hashed
