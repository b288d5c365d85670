"""The team of an event: colleagues, their roles and lost passwords."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.database import db
from app.events.models import Role, TeamMember
from tests.events.setup import HOME, fresh, text
from tests.make import add_to_team, make_event, make_member, make_user


def test_a_colleague_without_an_account_gets_one_with_a_password_shown_once(browser, event, app):
    data = {"email": "New@Example.com", "name": "สมหญิง ช่วยงาน", "role": "registrar"}
    page = text(browser.submit(f"{HOME}/team", data))
    password = page.split('class="code">')[1].split("<")[0]
    assert password not in text(browser.get(f"{HOME}/team"))
    colleague = app.test_client()
    user = db.session.scalars(select(TeamMember).where(TeamMember.role == Role.REGISTRAR)).one().user
    colleague.sign_in(user, password)
    assert colleague.get(f"{HOME}/people").status_code == 200
    assert colleague.get(f"{HOME}/details").status_code == 403


def test_a_colleague_with_an_account_is_added_by_the_address(browser, event):
    user = make_user(email="known@example.com")
    answer = browser.submit(f"{HOME}/team", {"email": "known@example.com", "name": "", "role": "facilitator"})
    assert answer.status_code == 302
    again = browser.submit(f"{HOME}/team", {"email": "known@example.com", "name": "", "role": "facilitator"})
    assert "ด้วยหน้าที่นี้แล้ว" in text(again)
    browser.submit(f"{HOME}/team/{user.public_id}/facilitator/remove")
    assert db.session.scalar(select(func.count()).where(TeamMember.role == Role.FACILITATOR)) == 0


def test_an_unknown_address_needs_a_name(browser, event):
    page = browser.submit(f"{HOME}/team", {"email": "nobody@example.com", "name": "", "role": "viewer"})
    assert "ยังไม่มีบัญชี" in text(page)


def test_the_last_owner_stays(browser, owner):
    page = browser.submit(f"{HOME}/team/{owner.public_id}/owner/remove", follow_redirects=True)
    assert "อย่างน้อยหนึ่งคน" in text(page)


def test_an_organiser_makes_no_owners_and_takes_none_away(client, event, owner):
    client.sign_in(make_member(event, Role.ORGANISER))
    page = client.submit(f"{HOME}/team", {"email": "x@example.com", "name": "x", "role": "owner"})
    assert page.status_code == 422
    page = client.submit(f"{HOME}/team/{owner.public_id}/owner/remove", follow_redirects=True)
    assert "เฉพาะเจ้าของงาน" in text(page)


def test_a_lost_password_is_replaced_and_the_old_one_ends(browser, event, app):
    member = make_member(event, Role.FACILITATOR)
    theirs = app.test_client()
    theirs.sign_in(member)
    page = text(browser.submit(f"{HOME}/team/{member.public_id}/facilitator/password"))
    password = page.split('class="code">')[1].split("<")[0]
    assert password not in text(browser.get(f"{HOME}/team"))
    assert theirs.get("/events").status_code == 302  # signed out
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in text(
        theirs.submit("/sign-in", {"email": member.email, "password": "a long password"})
    )
    theirs.sign_in(member, password)


@pytest.mark.parametrize("reason", ["works elsewhere", "administrator", "oneself"])
def test_nobody_opens_an_account_that_is_not_the_events_own(browser, event, owner, reason):
    member = (
        owner
        if reason == "oneself"
        else make_member(event, Role.OWNER, is_administrator=reason == "administrator")
    )
    if reason == "works elsewhere":
        add_to_team(make_event("other"), member, Role.VIEWER)
        db.session.commit()
    assert f"{member.public_id}/owner/password" not in text(browser.get(f"{HOME}/team"))
    before = fresh(type(member), member).password
    page = browser.submit(f"{HOME}/team/{member.public_id}/owner/password", follow_redirects=True)
    assert "โปรดให้ผู้ดูแลระบบ" in text(page)
    assert fresh(type(member), member).password == before


def test_an_organiser_who_is_no_owner_resets_nothing(client, event):
    member = make_member(event, Role.FACILITATOR)
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "/password" not in text(client.get(f"{HOME}/team"))
    assert client.submit(f"{HOME}/team/{member.public_id}/facilitator/password").status_code == 403
