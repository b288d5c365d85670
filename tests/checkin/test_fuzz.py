"""Whatever anybody sends to the pages of the hall and the door: an answer, never a crash."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.checkin.hall import rotating
from app.core import clock
from app.database import db

NASTY = ["", "\x00", "\ud800", "๑๒๓๔", "1e400", "' OR 1=1", "%", "{{7*7}}", "../..", "\u202e", "A" * 20]
NASTY += ["😀" * 40, "9" * 300]
text = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
value = st.one_of(text, st.none(), st.integers(), st.booleans(), st.lists(text, max_size=2), st.floats())
forms = st.dictionaries(
    st.sampled_from(["digits", "who", "client_uuid", "q", "code", "action", "name", "unit"]), text
)
typed = st.dictionaries(st.sampled_from(["name", "unit", "phone", "for", "position"]), value)
scans = st.builds(
    lambda plain, more: {**plain, **more},
    st.dictionaries(
        st.sampled_from(["client_uuid", "check_point", "code", "occurred_at", "action", "who", "offline"]), value
    ),
    st.dictionaries(st.sampled_from(["walk_in", "stand_in"]), st.one_of(typed, value), max_size=1),
)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def posted(form: dict[str, str]) -> dict[str, bytes]:
    """As a browser's form encoding carries it: lone surrogates as the bytes some clients send."""
    return {name: sent.encode("utf-8", "surrogatepass") for name, sent in form.items()}


@SETTINGS
@given(forms, st.sampled_from(["digits", "who", "check-in"]), text)
def test_the_hall(app, event, morning, form, path, code):
    db.session.rollback()
    browser = app.test_client()
    browser.get(f"/c/training/{rotating.shown(morning, clock.now()).qr_code}")
    assert browser.submit(f"/c/training/{path}", posted(form), page="/c/training").status_code < 500
    assert browser.get("/c/training/" + code.encode("utf-8", "replace").decode()).status_code < 500


@SETTINGS
@given(forms, st.sampled_from(["/staff/check-in", "{here}/search", "{here}/walk-in"]), scans)
def test_the_door(app, event, morning, gate, form, path, scan):
    db.session.rollback()
    phone = app.test_client()
    phone.set_cookie("door", gate.token)
    here = f"/staff/at/{morning.public_id}"
    form = {"check_point": morning.public_id, **form}
    assert phone.submit(path.format(here=here), posted(form), page=here).status_code < 500
    headers = {"Content-Type": "application/json"}
    answer = phone.post("/staff/scans", data=json.dumps({"scans": [scan]}), headers=headers)
    assert answer.status_code == 200
    assert answer.json["results"][0]["outcome"] in ("refused", "pending_review")


@SETTINGS
@given(st.lists(st.one_of(scans, value), max_size=5))
def test_the_api(app, event, gate, batch):
    db.session.rollback()
    headers = {**gate.bearer, "Content-Type": "application/json"}
    answer = app.test_client().post("/api/v1/scans", data=json.dumps({"scans": batch}), headers=headers)
    assert answer.status_code == 200
    assert len(answer.json["results"]) == len(batch)
