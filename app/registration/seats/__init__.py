"""Seats: how many may come, who waits, which posts are held before names are known, what units answered."""
