"""What live topics hold of people."""

TABLES = {"live_topic": "none", "live_presence": "none: how many phones have a page open, not whose."}
