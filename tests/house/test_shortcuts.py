"""Shortcuts answer as the routes do: the same requests both ways, to the last header and byte."""

from __future__ import annotations

import socket
import time
import uuid
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import create_environ, run_wsgi_app

import config
from app import create_app
from app.checkin.models import Scan
from app.core import clock
from app.core.intake import Intake
from app.core.shortcuts import Shortcuts
from app.database import db
from app.live import topics
from tests.checkin.door import make_gate
from tests.live_server import running
from tests.make import make_event, make_registrant

HOST = "http://localhost"


class Production(config.TestingConfig):
    """As behind a proxy that says what came over https."""

    ENVIRONMENT = "production"
    SESSION_COOKIE_SECURE = True
    BEHIND_PROXY = True


@pytest.fixture
def event(app):
    with time_machine.travel(clock.now(), tick=False):  # both ways at the same moment
        yield make_event()


@pytest.fixture
def gate(event):
    return make_gate(event, last_seen_at=clock.now())


@pytest.fixture
def both(app, monkeypatch):
    """Send a request by the routes alone, then with the shortcuts; (status, headers, body) of each."""
    shortcuts, said = shortcuts_of(app), []
    for address, shortcut in shortcuts._shortcuts.items():
        monkeypatch.setitem(shortcuts._shortcuts, address, heard(shortcut, said))

    def send(again=lambda: None, **request):
        found = []
        for road in (Intake(shortcuts._rest, lambda _environ: app.config["MAX_CONTENT_LENGTH"]), app.wsgi_app):
            db.session.commit()
            said.clear()
            body, status, headers = run_wsgi_app(road, create_environ(base_url=HOST, **request))
            dateless = sorted((name, value) for name, value in headers if name != "Date")  # the server dates all
            found.append((status, dateless, b"".join(body)))
            db.session.rollback()
            again()
        send.was_short = bool(said) and said[-1] is not None
        return found

    return send


def shortcuts_of(app):
    inner = app.wsgi_app
    while not isinstance(inner, Shortcuts):
        inner = inner.app
    return inner


def heard(shortcut, said):
    """The shortcut; what it says is written down."""

    def ask(request, body):
        said.append(shortcut(request, body))
        return said[-1]

    return ask


def scan_request(gate, point, person, road, **extra):
    fields = {"client_uuid": str(uuid.uuid4()), "check_point": point.public_id, "code": person.ticket_code}
    own = gate.bearer if road.startswith("/api") else {"Cookie": f"door={gate.token}"}
    return {"path": road, "method": "POST", "json": {"scans": [fields]}, "headers": {**own, **extra}}


def forget_scans():
    """So that the second road finds what the first one found."""
    for scan in db.session.scalars(select(Scan)):
        db.session.delete(scan)
    db.session.commit()


ROADS = ["/staff/scans", "/api/v1/scans"]
SAID = {
    "plain": {},
    "in English": {"Cookie": "lang=en"},
    "from our page": {"Sec-Fetch-Site": "same-origin", "Origin": HOST},
    "compressed": {"Accept-Encoding": "br"},
}


@pytest.mark.parametrize("said", SAID.values(), ids=list(SAID))
@pytest.mark.parametrize("road", ROADS)
def test_an_ordinary_scan(event, gate, both, road, said):
    person = make_registrant(event, "สมชาย", "ใจดี")
    request = scan_request(gate, event.check_points[0], person, road)
    cookies = "; ".join(filter(None, [request["headers"].get("Cookie"), said.get("Cookie")]))
    request["headers"] |= said | ({"Cookie": cookies} if cookies else {})
    by_route, by_shortcut = both(forget_scans, **request)
    assert by_route == by_shortcut
    assert by_route[0] == "200 OK"
    assert both.was_short


REFUSED = {
    "from another site": {"Sec-Fetch-Site": "cross-site"},
    "from another origin": {"Origin": "https://example.com"},
    "another host": {"Host": "example.com"},
    "no JSON": {"Content-Type": "text/plain"},
    "in pieces": {"Transfer-Encoding": "chunked"},
}


@pytest.mark.parametrize("said", REFUSED.values(), ids=list(REFUSED))
def test_what_a_route_refuses_no_shortcut_lets_in(event, gate, both, said):
    person = make_registrant(event, "สมชาย", "ใจดี")
    request = scan_request(gate, event.check_points[0], person, "/staff/scans", **said)
    by_route, by_shortcut = both(**request)
    assert by_route == by_shortcut
    assert by_route[0][0] == "4"
    assert not both.was_short
    assert db.session.scalar(select(Scan.id)) is None


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("ended", ["expires_at", "revoked_at"])
def test_a_phone_whose_time_is_over(event, both, road, ended):
    gate = make_gate(event, "เครื่องเก่า", **{ended: clock.now()})
    person = make_registrant(event, "สมชาย", "ใจดี")
    by_route, by_shortcut = both(**scan_request(gate, event.check_points[0], person, road))
    assert by_route == by_shortcut
    assert by_route[0].startswith("401")
    assert db.session.scalar(select(Scan.id)) is None


ODD_BODIES = [
    b"",
    b"{",
    b"[]",
    b'{"scans": 7}',
    b'{"scans": []}',
    b'{"scans": [7]}',
    b"[" * 5000,
    b"\xff\xfe",
    b"x" * 70000,
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=lambda body: repr(body[:12]))
@pytest.mark.parametrize("road", ROADS)
def test_odd_bodies_are_the_routes(event, gate, both, road, body):
    request = scan_request(gate, event.check_points[0], make_registrant(event, "สมชาย", "ใจดี"), road)
    del request["json"]
    by_route, by_shortcut = both(**request, data=body, content_type="application/json")
    assert by_route == by_shortcut
    assert not both.was_short


def test_a_cut_body_is_the_routes(event, gate, app):
    request = scan_request(gate, event.check_points[0], make_registrant(event, "สมชาย", "ใจดี"), "/api/v1/scans")
    environ = create_environ(base_url=HOST, **request)
    whole = environ["wsgi.input"].read()
    environ["wsgi.input"] = BytesIO(whole[:-1])
    _body, status, _headers = run_wsgi_app(app.wsgi_app, environ)
    assert status.startswith("400")
    db.session.rollback()
    assert db.session.scalar(select(Scan.id)) is None


def test_a_body_that_comes_in_two_pieces_is_taken_whole():
    with running() as server, socket.create_connection(("127.0.0.1", server.port), timeout=20) as link:
        body = b'{"scans": [{"client_uuid": "12345678"}]}'
        head = b"POST /api/v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        link.sendall(head + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:10])
        time.sleep(0.3)
        link.sendall(body[10:])
        assert link.recv(65536).startswith(b"HTTP/1.1 401"), "and not 400"


LIVE = [
    "",
    "?t=",
    "?t=a.b.c",
    "?t={topic}",
    "?t={topic}&t={topic}",
    "?t={topic}&here={here}&me=abc",
    "?" + "t={topic}&" * 25,
]
HELD = {
    "nothing": None,
    "another": '"17"',
    "this one": "{tag}",
    "weakly": "W/{tag}",
    "several": '"17", {tag}',
    "any": "*",
    "no tag": "abc",
}


@pytest.mark.parametrize("held", HELD.values(), ids=list(HELD))
@pytest.mark.parametrize("query", LIVE, ids=lambda query: query[:40])
def test_what_moved(event, both, query, held):
    topics.touch(event, "checkin")
    topic = topics.signed(event, "checkin")
    asked = query.format(topic=topic, here=topic.partition(":")[0])
    tag = '"1"' if "{topic}" in query else '"none"'
    headers = {"If-None-Match": held.format(tag=tag)} if held else {}
    by_route, by_shortcut = both(path="/live" + asked, method="GET", headers=headers)
    assert by_route == by_shortcut
    assert both.was_short == (held in (None, '"17"', "{tag}"))
    assert by_route[0][:3] == ("304" if held and "{tag}" in held or held == "*" else "200")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "OPTIONS"])
def test_other_methods_are_the_routes(both, method):
    by_route, by_shortcut = both(path="/live", method=method)
    assert by_route == by_shortcut
    assert not both.was_short


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_in_production_nothing_goes_over_plain_http(event, scheme):
    app = create_app(Production())
    # What the proxy says is believed outside of the shortcuts.
    said = {"X-Forwarded-Proto": scheme}
    environ = create_environ(path="/live", method="GET", headers=said, base_url=HOST)
    _body, status, headers = run_wsgi_app(app.wsgi_app, environ)
    assert status[:3] == ("200" if scheme == "https" else "403")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_shortcut_that_fails_leaves_the_request_to_its_route(event, gate, app, monkeypatch, caplog):
    def fails(_request, _body):
        raise ZeroDivisionError

    monkeypatch.setitem(shortcuts_of(app)._shortcuts, ("POST", "/api/v1/scans"), fails)
    person = make_registrant(event, "สมชาย", "ใจดี")
    request = scan_request(gate, event.check_points[0], person, "/api/v1/scans")
    db.session.commit()
    body, status, _headers = run_wsgi_app(app.wsgi_app, create_environ(base_url=HOST, **request))
    assert (status, b'"accepted"' in b"".join(body)) == ("200 OK", True)
    assert "the shortcut of /api/v1/scans failed" in caplog.text


# What every request passes (Flask's hooks), and who sees to it where a shortcut answers.
BEFORE = {
    "choose_mode": "a shortcut begins nothing through the session",
    "guard": "the route of the same address declares its access",
    "whole_body": "Shortcuts",
    "csrf_protect": "both routes are exempt, /live only reads",
    "still_valid": "no account is asked for",
    "only_where_accounts_count": "no account is asked for",
    "begin_counting": "only blocks of pages are counted",
}
AFTER = {
    "finish": "a shortcut commits by itself",
    "add_headers": "Shortcuts",
    "compress": "answers are short",
    "_update_remember_cookie": "no account is asked for",
    "tell_the_rest": "only blocks of pages are counted",
}


def test_a_new_hook_is_looked_at_here_too(app):
    assert {hook.__name__ for hook in app.before_request_funcs[None]} == set(BEFORE)
    assert {hook.__name__ for hook in app.after_request_funcs[None]} == set(AFTER)
