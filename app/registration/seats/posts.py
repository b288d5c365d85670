"""Posts as people write them: which are one and the same, who stands in for whom, which a district has once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.text import clean_name

_JOINERS = re.compile(r"[\s.\-()]+")
_STAND_INS = ("ผู้แทน", "รักษาราชการแทน", "รักษาการแทน", "ปฏิบัติราชการแทน", "ปฏิบัติหน้าที่แทน", "แทน")
# A district has one of each; its name may follow: เกษตรอำเภอ, เกษตรอำเภอแกลง.
_ONCE_A_DISTRICT = (
    *("นายอำเภอ", "ท้องถิ่นอำเภอ", "สาธารณสุขอำเภอ", "เกษตรอำเภอ", "พัฒนาการอำเภอ", "ปศุสัตว์อำเภอ", "ประมงอำเภอ"),
    *("สัสดีอำเภอ", "สรรพากรพื้นที่สาขา", "ประชาสัมพันธ์อำเภอ", "วัฒนธรรมอำเภอ", "ผู้อำนวยการกศนอำเภอ", "ผู้อำนวยการสกรอำเภอ"),
)


@dataclass(frozen=True)
class Post:
    """A post as it is compared; ``is_stand_in`` for ผู้แทนนายอำเภอ, whose post is นายอำเภอ."""

    key: str
    is_stand_in: bool = False


def read_post(position: str, unit_name: str = "") -> Post:
    """What post somebody holds, or stands in for: without spaces, dots and the unit's own name at the end."""
    text = _JOINERS.sub("", clean_name(position)).casefold()
    stand_in = next((word for word in _STAND_INS if text.startswith(word) and len(text) > len(word)), "")
    text = text.removeprefix(stand_in)
    unit = _JOINERS.sub("", clean_name(unit_name)).casefold().removeprefix("อำเภอ")
    if unit and text.endswith(unit) and len(text) > len(unit):
        text = text.removesuffix(unit)
    return Post(text, bool(stand_in))


def is_held_once(post: Post) -> bool:
    """Whether one district has one person in this post; who stands in for that person does not hold it."""
    return not post.is_stand_in and post.key in _ONCE_A_DISTRICT
