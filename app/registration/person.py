"""What is written about a person: cleaned, measured against the columns, with the keys beside the name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.national_id import holds_national_id
from app.core.text import TextTooLong, UnreadableText, clean_name, clean_text, search_key, sort_key

from .models import Registrant

# Column lengths; ``True`` where the one spelling of a name is wanted (units, offices and people).
FIELDS: dict[str, tuple[int, bool]] = {
    "title": (60, True),
    "first_name": (120, True),
    "last_name": (120, True),
    "position": (200, False),
    "organisation": (200, True),
    "category": (100, False),
    "phone": (20, False),
    "email": (255, False),
    "food": (60, False),
}
_NEEDED = {
    "first_name": _l("โปรดใส่ชื่อ"),
    "last_name": _l("โปรดใส่นามสกุล หากไม่มีนามสกุลให้ใส่ขีด -"),
}


def cleaned(values: dict[str, str]) -> dict[str, str]:
    """Clean and check what was typed about a person; RuleBroken names the field that cannot be kept."""
    unknown = values.keys() - FIELDS.keys()
    if unknown:
        raise TypeError(f"no such fields of a person: {', '.join(sorted(unknown))}")
    found = {field: _clean(field, value) for field, value in values.items()}
    if "email" in found:
        found["email"] = found["email"].casefold()
    for field, value in found.items():
        if holds_national_id(value):
            raise RuleBroken(_l("ไม่ต้องใส่เลขประจำตัวประชาชน ระบบไม่เก็บ โปรดลบออก"), field)
    for field, sentence in _NEEDED.items():
        if field in found and not found[field]:
            raise RuleBroken(sentence, field)
    return found


def _clean(field: str, value: str) -> str:
    length, is_name = FIELDS[field]
    try:
        return (clean_name if is_name else clean_text)(value, max_length=length)
    except TextTooLong as problem:
        raise RuleBroken(_l("ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", max=length), field) from problem
    except UnreadableText as problem:
        raise RuleBroken(_l("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่"), field) from problem


def name_keys(first_name: str, last_name: str) -> dict[str, str]:
    """The columns beside a name by which it is found and sorted, no longer than the columns are."""
    name = f"{first_name} {last_name}"
    # Case-folding can lengthen foreign letters; Thai never does.
    return {"search_key": search_key(name)[:255], "sort_key": sort_key(name)[:520]}


def write(registrant: Registrant, values: dict[str, str]) -> list[str]:
    """Put cleaned values into a registrant and renew its keys; return the names of the fields that changed."""
    changed = [field for field, value in values.items() if getattr(registrant, field) != value]
    for field in changed:
        setattr(registrant, field, values[field])
    for key, value in name_keys(registrant.first_name, registrant.last_name).items():
        setattr(registrant, key, value)
    return changed
