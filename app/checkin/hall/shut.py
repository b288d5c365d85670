"""What the hall is told while its check-point takes nobody: on the screen, and to who scans it all the same."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app.core import clock
from app.core.formatting import thai_date, thai_time
from app.core.languages import language
from app.events.models import CheckPoint

from ..ledger.hours import why_shut


def sentence(check_point: CheckPoint, now: datetime) -> str:
    """Not yet open, and when it will be; or closed; "" while people are taken."""
    reason = why_shut(check_point, now)
    if reason == "closed":
        return _("ปิดรับการลงทะเบียนแล้ว โปรดติดต่อโต๊ะลงทะเบียน")
    return _not_yet(check_point.opens_at, now) if check_point.opens_at is not None and reason else ""


def _not_yet(opens_at: datetime, now: datetime) -> str:
    time = thai_time(opens_at, locale=language())
    if clock.local(opens_at).date() == clock.local(now).date():
        return _("ยังไม่ถึงเวลาลงทะเบียน เปิดเวลา %(time)s โปรดสแกนหรือพิมพ์รหัสบนจออีกครั้งเมื่อถึงเวลา", time=time)
    day = thai_date(opens_at, locale=language())
    return _(
        "ยังไม่ถึงเวลาลงทะเบียน เปิดวันที่ %(day)s เวลา %(time)s โปรดสแกนหรือพิมพ์รหัสบนจออีกครั้งเมื่อถึงเวลา", day=day, time=time
    )
