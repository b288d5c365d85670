"""Hostile posts on the public form: never a 5xx, never a row that could not have been typed.

500 in the suite; ``make fuzz`` sends 10,000 (FUZZ=10000). The seed is printed and can be set with FUZZ_SEED.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from urllib.parse import quote_from_bytes, urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.text import clean_name
from app.database import db
from app.registration.models import Registrant, Standing
from app.registration.person import FIELDS, name_keys
from tests.make import make_event, unit_named

URL = "/e/training/register"
POSTS = int(os.environ.get("FUZZ", "500"))
SEED = int(os.environ.get("FUZZ_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)

NASTY = [
    "", " ", "\x00", "a\x00b", "\ud800", "x\udfffy", "\u202eabc\u202c", "\u200d\u200c\u200b", "\ufeffชื่อ", "\ufffe",
    "นํ้า", "น้ํา", "เเก้ว", "ก" + "\u0e49" * 400, "e" + "\u0301" * 2000, "ฺ" * 50, "ๆ", "ΐ" * 120, "ß" * 120, "İ" * 119,
    "1" * 25, "-1", "0", "1e400", "nan", "inf", "-inf", "NaN", "9" * 400, "๑๒๓", "٣", "²", "½",
    "a" * 300, "ก" * 121, "ก" * 5000, "😀" * 120, "x" * 100_000, "ก" * 30_000,
    "\r\n", "a\r\nSet-Cookie: x=1", "%00", "%s%s%n", "{{7*7}}", "{0.__class__}", "%(name)s",
    "' OR 1=1 --", '"; DROP TABLE registrant; --', "\\", "%", "_", "<script>alert(1)</script>", "<img onerror=x>",
    "</textarea>", "javascript:alert(1)", "=1+1", "@SUM(A1)", "+66812345678", "1-1037-02071-81-1", "0812345678",
    "a@example.com", "a" * 250 + "@example.com", "@", "a@b@c", "ก@ก.ไทย", "(" * 200 + "@x.com",
    '"a b"@example.com',
    "other", "None", "null", "true", "[]", "{}", "../../etc/passwd", "C:\\NUL", "\U0010ffff", "\ue000", "\uf70a",
    "+" + "6" * 5000, "0-" * 3000, "ต่อ " * 2000, ("08" + "1" * 8 + " ") * 300,
]  # fmt: skip
EXTRA = [
    "is_admin",
    "event_id",
    "id",
    "standing",
    "ticket_code",
    "public_id",
    "merged_into_id",
    "source",
    "__class__",
]
TYPES = [
    "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/xml",
    "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16", "", "x" * 3000,
    "application/x-www-form-urlencoded; charset=tis-620", "multipart/form-data; boundary=" + "y" * 300,
]  # fmt: skip


def good_answers(unit: str) -> dict[str, list[str]]:
    return {
        "title": ["นาย", "นาง", "นางสาว", "other"],
        "title_other": ["", "", "พระครู"],
        "first_name": ["สมชาย", "น้ำเพชร"],
        "last_name": ["ใจดี", "มานะ", "-"],
        "position": ["กำนัน"],
        "organisation": ["ตำบลแกลง", "เทศบาลตำบลแกลง"],
        "category": ["ส่วนราชการ"],
        "unit": [unit],
        "phone": ["0812345678", "081-234-5679", "๐๓๘ ๖๑๑ ๑๐๔"],
        "email": ["", "a@example.com"],
        "food": ["", "", "ฮาลาล"],
        "food_consent": ["y"],
        "notice_read": ["y"],
        "submission_key": ["0" * 32, "f" * 32, "", "x"],
        "step": ["send", "send", "send", "who", "back"],
    }


def one_post(chance: random.Random, good: dict[str, list[str]], token: str) -> tuple[bytes, str]:
    """A body and its content type."""
    spoilt = chance.choice([0.0, 0.05, 0.2, 0.6])
    pairs: list[tuple[str, str]] = []
    for name, values in good.items():
        if chance.random() < spoilt / 4:
            continue  # the field is missing
        for _ in range(chance.choice([1, 1, 1, 1, 1, 2, 5]) if chance.random() < spoilt else 1):
            pairs.append((name, chance.choice(NASTY if chance.random() < spoilt else values)))
    if chance.random() < spoilt:
        pairs += [(chance.choice(EXTRA), chance.choice(NASTY)) for _ in range(chance.choice([1, 3, 900]))]
    pairs.append(("csrf_token", token if chance.random() < 0.95 else chance.choice(NASTY)))
    chance.shuffle(pairs)
    if chance.random() < 0.03:
        return other_body(chance, pairs), chance.choice(TYPES)
    body = urlencode([(k, v.encode("utf-8", "surrogatepass")) for k, v in pairs]).encode()
    if chance.random() < spoilt / 3:
        body = body[: chance.randrange(len(body) + 1)]  # cut anywhere, also inside a %-sequence
    return body, "application/x-www-form-urlencoded"


def other_body(chance: random.Random, pairs: list[tuple[str, str]]) -> bytes:
    return chance.choice(
        [
            b"",
            b"\xff\xfe" * 50,
            b"[" * 100_000,
            b'{"a":' * 5_000,
            json.dumps(dict(pairs)).encode(),
            json.dumps({name: chance.choice([None, 5, [], {}, True]) for name, _value in pairs}).encode(),
            b'--x\r\nContent-Disposition: form-data; name="first_name"\r\n\r\nabc',
            b'--x\r\nContent-Disposition: form-data; name="first_name"; filename="\x00"\r\n\r\nabc\r\n--x--\r\n',
            b"first_name=" + quote_from_bytes(bytes(range(256))).encode(),
            b"&" * 1999,
            b"&" * 2001,
            b"=" * 5000,
            b"first_name=%" + b"z" * 100,
        ]
    )


@pytest.mark.timeout(120 + POSTS)
def test_no_post_on_the_public_form_breaks_the_server(app):
    print(f"FUZZ_SEED={SEED}")
    event = make_event("training")
    chance = random.Random(SEED)
    good = good_answers(unit_named(event, "แกลง").public_id)
    browser = FlaskClient(app, app.response_class)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(URL).get_data(as_text=True))
    assert token
    seen: Counter[int] = Counter()
    for number in range(POSTS):
        body, kind = one_post(chance, good, token[1])
        status = browser.post(URL, data=body, content_type=kind).status_code
        seen[status] += 1
        assert status < 500, f"post {number} of seed {SEED} answered {status}: {kind[:80]} {body[:2000]!r}"
    print(dict(seen))
    assert seen[302] > POSTS / 50, "hardly any post was good: the test does not reach the rules"
    assert seen[422] > POSTS / 10
    check_rows()


def check_rows() -> None:
    """Nothing is stored that the rules would not store."""
    rows = list(db.session.scalars(select(Registrant)))
    assert rows
    keys = [row.submission_key for row in rows if row.submission_key]
    assert len(keys) == len(set(keys))
    for row in rows:
        for field, (length, is_name) in FIELDS.items():
            value = getattr(row, field)
            assert len(value) <= length and "\x00" not in value, field
            assert not is_name or clean_name(value) == value, field
        assert row.first_name and row.last_name and (row.phone or row.email)
        assert (row.standing, row.source, row.merged_into_id) == (Standing.REGISTERED, "form", None)
        expected = name_keys(row.first_name, row.last_name)
        assert (row.search_key, row.sort_key) == (expected["search_key"], expected["sort_key"])
        assert re.fullmatch(r"[A-Z2-7]{20}", row.ticket_code)
