"""The door: an append-only ledger of scans, paired phones, self check-in by a rotating code."""
