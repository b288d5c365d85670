"""What the audit trail holds of people."""

TABLES = {"audit_entry": "Who did what, by numbers only; facts hold no names. Deleted after two years."}
