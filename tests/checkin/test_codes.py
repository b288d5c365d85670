"""What a scanner may hand over."""

from __future__ import annotations

import pytest

from app.checkin.door.codes import storable, ticket_in

CODE = "ABCDEFGHIJKLMNOPQ234"
# What a USB scanner types on a computer set to Thai, key by key.
KEDMANEE = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567:/.", 'ฤฺฉฏฎโฌ็ณ๋ษศ?์ฯญ๐ฑฆธ๊ฮ")ํ(/-ภถุึซฝใ', strict=True))


@pytest.mark.parametrize(
    "content",
    [
        CODE,
        CODE.lower(),
        f"  {CODE}\r\n",
        f"HTTPS://EVENTS.EXAMPLE.GO.TH/T/{CODE}",
        f"https://another.host:8000/t/{CODE.lower()}",
        f"http://localhost/T/{CODE}/",
        f"https://host/T/{CODE}?from=line#top",
        "ABCDE FGHIJ KLMNO PQ234",
        "ABCDE-FGHIJ-KLMNO-PQ234",
    ],
)
def test_a_ticket_is_found(content):
    assert ticket_in(content) == CODE


def test_a_usb_scanner_on_a_thai_keyboard_is_understood():
    typed = "".join(KEDMANEE[letter] for letter in f"HTTPS://SAMMANA.TH/T/{CODE}")
    assert ticket_in(typed) == CODE
    unshifted = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "ฟิแกำดเ้ร่าสทืนยๆพหะีอไปัผ/-ภถุึ")
    assert ticket_in(CODE.lower().translate(unshifted)) == CODE


@pytest.mark.parametrize(
    "content",
    ["", "javascript:alert(1)", "WIFI:S:hall;T:WPA;P:secret;;", "x" * 3000, "😀" * 20, "\x00\ud800", CODE + "A",
     CODE[:-1], "ABCDEFGHIJKLMNOPQ018", f"{CODE}/other", "A" * 5000 + "/" + CODE],
)  # fmt: skip
def test_anything_else_is_no_ticket(content):
    assert ticket_in(content) is None


def test_what_was_scanned_can_be_stored_and_shown():
    stored = storable("\x00\ud800‮<b>สวัสดี" + "x" * 3000)
    assert len(stored) == 200
    stored.encode("utf-8")
    assert "<b>สวัสดี" in stored
    assert stored.startswith("\ufffd\ufffd\ufffd")
