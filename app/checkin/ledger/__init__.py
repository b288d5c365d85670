"""The ledger: who came in is decided, written, read and taken back here."""
