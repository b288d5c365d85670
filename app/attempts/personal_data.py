"""What the counts hold of people."""

TABLES = {
    "attempt_count": "A random browser id or a keyed hash of an address, with a count; overwritten by the next.",
}
