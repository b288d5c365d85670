"""In which part people come, as it is shown and printed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from .models import Part

LABELS = {
    Part.PARTICIPANT: _l("ผู้เข้าร่วม"),
    Part.GUEST: _l("ประธาน / แขก"),
    Part.SPEAKER: _l("วิทยากร"),
    Part.STAFF: _l("เจ้าหน้าที่"),
    Part.PRESS: _l("สื่อมวลชน"),
}
OTHERS = tuple(part for part in Part if part != Part.PARTICIPANT)
