"""Figures measured through the real application, each beside its limit; ``python -m bench`` or ``make bench``."""
