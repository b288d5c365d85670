"""How figures leave the analyses: rates to four places, money as whole numbers where it is whole."""

from __future__ import annotations

from fractions import Fraction


def rate(part: int | Fraction, whole: int | Fraction) -> float:
    """part / whole to four places; 0.0 of nothing."""
    return rounded(Fraction(part) / whole) if whole else 0.0


def rounded(value: Fraction | float, places: int = 4) -> float:
    """A plain float with so many places."""
    return round(float(value), places)


def money(baht: Fraction) -> int | float:
    """Baht: an int when there are no satang."""
    return int(baht) if baht.denominator == 1 else float(baht)
