"""The outbox: mail is a row of the transaction that caused it, and leaves afterwards."""
