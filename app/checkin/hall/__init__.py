"""Checking oneself in by the code on the hall's screen."""
