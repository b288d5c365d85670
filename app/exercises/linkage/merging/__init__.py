"""Joining what several groups wrote: a new item, the sources kept and linked, everything reversible."""
