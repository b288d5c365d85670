"""Who may open what: every route declares it, and the table in access_table.txt is the one a customer reads."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.core.access import access_of

TABLE = Path(__file__).with_name("access_table.txt")


def table_of(app: Flask) -> list[str]:
    """One line a route: address, methods, access."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule:<70} {methods:<10} {access_of(app, rule.endpoint)}")
    return sorted(lines)


def test_every_route_declares_its_access(app):
    closed = [rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None]
    assert not closed, f"add an access decorator (app/<domain>/access.py) to: {closed}"


def test_the_table_of_routes_is_as_written_down(app):
    now = table_of(app)
    written = TABLE.read_text().splitlines()
    assert now == written, (
        "Routes or their access changed. If that is meant, write the table anew with "
        "`python -m tests.house.write_access_table` and look at the difference.\n"
        + "\n".join(f"+ {line}" for line in now if line not in written)
        + "\n".join(f"- {line}" for line in written if line not in now)
    )


def test_event_routes_load_their_event(app):
    """A route with an event's slug must be scoped by a decorator that loads the event."""
    loose = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "<slug>" in rule.rule and getattr(access_of(app, rule.endpoint), "scope", None) is None
    ]
    assert not loose, f"these routes name an event but no decorator loads it: {loose}"


def test_an_undeclared_route_is_closed(_app):
    from app import create_app

    other = create_app()
    other.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert other.test_client().get("/forgotten").status_code == 403
