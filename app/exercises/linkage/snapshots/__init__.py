"""Versions of a plan: kept to the letter with a hash, compared, settled, and changed only by number."""
