"""The OpenAPI document is valid, and what it promises by example is what the server does."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from app.checkin.devices import pairing
from app.checkin.ledger import presence
from app.database import db
from tests.checkin.door import at, make_gate
from tests.make import make_event, make_registrant

BASE = "/api/v1"


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(at(8, 42), tick=False):
        yield


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def person(event):
    return make_registrant(
        event, "สมชาย", "ใจดี", title="นาย", organisation="อบต.ตัวอย่าง", ticket_code="ABCDEFGHIJKLMNOPQRST"
    )


@pytest.fixture
def gate(event):
    return make_gate(event)


@pytest.fixture
def document(app) -> dict[str, Any]:
    return app.test_client().get(f"{BASE}/openapi.json").json


def check(document: dict[str, Any], schema: dict[str, Any], value: object) -> None:
    """The value is of the schema, which may point into the document."""
    OAS31Validator({**schema, "components": document["components"]}).validate(value)


def contents(operation: dict[str, Any]):
    """(schema, example) of the request and of the good answer."""
    status = "201" if "201" in operation["responses"] else "200"
    request = operation.get("requestBody", {}).get("content", {}).get("application/json")
    answer = operation["responses"][status]["content"]["application/json"]
    return int(status), request, answer


def test_the_document_is_openapi_and_every_address_of_the_interface_is_in_it(app, document):
    validate(document, cls=OpenAPIV31SpecValidator)
    written = {(f"{BASE}{path}", method.upper()) for path, item in document["paths"].items() for method in item}
    real = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(f"{BASE}/") and not rule.rule.endswith("openapi.json")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert written == real


def test_every_example_is_of_its_schema(document):
    for item in document["paths"].values():
        for operation in item.values():
            for part in contents(operation)[1:]:
                if part is not None:
                    check(document, part["schema"], part["example"])


def test_every_example_holds(app, document, event, person, gate):
    """Each example request is sent with this event's ids, and the answer is as the example says."""
    code = pairing.invite(event, "ประตู 1", "test")
    db.session.commit()
    place = event.check_points[0].public_id
    for path in ("/pair", "/check-points", "/search", "/roster", "/scans", "/undo"):
        [(method, operation)] = document["paths"][path].items()
        status, request, answer = contents(operation)
        headers = {} if operation.get("security") == [] else gate.bearer
        body = with_ids(request["example"], place, code) if request else None
        said = app.test_client().open(f"{BASE}{path}", method=method.upper(), json=body, headers=headers)
        assert said.status_code == status, (path, said.json)
        check(document, answer["schema"], said.json)
        assert shape(said.json) == shape(answer["example"]), path
        if path == "/scans":
            assert said.json["results"] == answer["example"]["results"]
            assert presence.is_present(event.check_points[0], person)
        if path == "/undo":
            assert said.json == answer["example"]
    assert not presence.is_present(event.check_points[0], person)


def with_ids(example: Any, place: str, code: str) -> Any:
    text = json.dumps(example).replace("3x7mq2kd9fhv5t", place)
    return {"code": code} if "code" in example else json.loads(text)


def shape(value: Any) -> Any:
    """Names of fields all the way down; of a list its first."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_without_a_token_or_with_a_used_code_it_refuses_as_described(app, document, event):
    code = pairing.invite(event, "ประตู 1", "test")
    db.session.commit()
    client = app.test_client()
    address = f"https://sammana.test/staff/pair/{code}"
    assert client.post(f"{BASE}/pair", json={"code": address}).status_code == 201
    refused = [client.post(f"{BASE}/pair", json={"code": odd}) for odd in (address, 7, "", None)]
    assert {answer.status_code for answer in refused} == {410}
    refused += [client.get(f"{BASE}/{path}") for path in ("roster", "check-points")]
    refused += [client.post(f"{BASE}/{path}", json={}) for path in ("scans", "search", "undo")]
    assert {answer.status_code for answer in refused} == {410, 401}
    for answer in refused:
        check(document, {"$ref": "#/components/schemas/Problem"}, answer.json)


def test_the_roster_holds_nothing_but_what_a_door_needs(app, event, person, gate):
    client = app.test_client()
    answer = client.get(f"{BASE}/roster", headers=gate.bearer)
    [one] = answer.json["people"]
    assert set(one) == {"id", "title", "name", "unit", "group", "table", "code_hashes"}
    assert (one["title"], one["name"]) == ("นาย", "สมชาย ใจดี")
    for secret in (person.ticket_code, person.organisation, "0812345678"):
        assert secret not in answer.get_data(as_text=True)
    again = client.get(f"{BASE}/roster", headers={**gate.bearer, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    make_registrant(event, "มาใหม่", "ทีหลัง")
    changed = client.get(f"{BASE}/roster", headers={**gate.bearer, "If-None-Match": answer.headers["ETag"]})
    assert len(changed.json["people"]) == 2
