"""What live topics hold of people."""

TABLES = {"live_topic": "none"}
