"""What a scanner may hand over, and the ticket code in it: nothing else of the content is ever followed."""

from __future__ import annotations

import re

from app.core.ids import TICKET_LENGTH

STORED_LENGTH = 200
_LONGEST = 4000  # a QR code cannot hold more; what is longer was not scanned
_TICKET = re.compile(rf"[A-Z2-7]{{{TICKET_LENGTH}}}")

# A USB scanner is a keyboard: on a computer set to Thai it types ก for D. Kedmanee, key by key.
_LATIN_KEYS = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_THAI_KEYS = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_FROM_KEDMANEE = str.maketrans(_THAI_KEYS, _LATIN_KEYS)
_THAI = re.compile("[ก-๛]")


def ticket_in(content: str) -> str | None:
    """The ticket code in what was scanned or typed: bare, or the last part of an address of any host."""
    if len(content) > _LONGEST:
        return None
    return _ticket(content) or (_ticket(content.translate(_FROM_KEDMANEE)) if _THAI.search(content) else None)


def _ticket(content: str) -> str | None:
    last = content.strip().split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    code = last.replace(" ", "").replace("-", "").upper()
    return code if _TICKET.fullmatch(code) else None


def storable(content: str) -> str:
    """What was scanned as a database and a page can hold it: printable, cut to length."""
    cut = content[:STORED_LENGTH]
    if cut.isprintable():
        return cut
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut)
