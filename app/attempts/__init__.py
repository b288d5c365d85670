"""Limits on guessing: digits at the door, passwords at the sign-in."""
