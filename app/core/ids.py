"""Random identifiers: what stands in URLs, on tickets and in people's links."""

from __future__ import annotations

import secrets

# Crockford-like: no 0/O, 1/I/L confusion for ids read aloud; lower case for URLs.
_URL_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
# RFC 4648 base32 is within QR's alphanumeric mode, which keeps the symbol small.
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

TICKET_LENGTH = 20


def new_public_id() -> str:
    """14 characters (69 bits): names a thing in a URL; access is still checked."""
    return "".join(secrets.choice(_URL_ALPHABET) for _ in range(14))


def is_public_id(text: object) -> bool:
    """Whether the text can be a public id at all: what a database refuses to compare never reaches it."""
    return isinstance(text, str) and len(text) == 14 and all(letter in _URL_ALPHABET for letter in text)


def new_ticket_code() -> str:
    """20 characters of uppercase base32 (100 bits): admits at the door, shows nothing personal."""
    return "".join(secrets.choice(_BASE32) for _ in range(TICKET_LENGTH))


def new_secret() -> str:
    """A bearer token of 256 bits, kept by its holder alone; we store its hash (core/tokens.py)."""
    return secrets.token_urlsafe(32)
