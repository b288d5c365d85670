"""The kinds of post that a table should hold a mixture of."""

from __future__ import annotations

DISTRICT_HEADS = "นายอำเภอและปลัดอำเภอ"
LOCAL_EXECUTIVES = "ผู้บริหารท้องถิ่น"
_LOCAL = ("นายก", "รองนายก", "ปลัดองค์การ", "รองปลัดองค์การ", "ปลัดเทศบาล", "รองปลัดเทศบาล")


def position_class(position: str, category: str) -> str:
    """The class of a post: those who lead the district or a local body apart, others by their category."""
    if position.startswith(("นายอำเภอ", "ปลัดอำเภอ")):
        return DISTRICT_HEADS
    if position.startswith(_LOCAL):
        return LOCAL_EXECUTIVES
    return category
