"""Secrets: hashes of bearer tokens, signed links, rotating codes. Each purpose has its own derived key."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def token_hash(token: str) -> str:
    """SHA-256 of a random bearer token, in hex; random enough to need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def purpose_key(purpose: str) -> bytes:
    """A key for one purpose, derived from the application's secret: a token of one never serves another."""
    secret = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"sammana/{purpose}".encode(), hashlib.sha256).digest()


def sign(purpose: str, *parts: object, length: int = 32) -> str:
    """An HMAC-SHA256 over the parts, as URL-safe hex of ``length`` characters (4 bits each)."""
    message = "\x1f".join(str(part) for part in parts).encode()
    return hmac.new(purpose_key(purpose), message, hashlib.sha256).hexdigest()[:length]


def matches(given: str, purpose: str, *parts: object, length: int = 32) -> bool:
    """Whether ``given`` is the signature of the parts, compared in constant time."""
    expected = sign(purpose, *parts, length=length)
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
