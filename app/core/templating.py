"""What every template may use: dates in พ.ศ., times as 08.41 น., the language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, render_template
from markupsafe import Markup

from . import clock, formatting
from .languages import language


def init_templating(app: Flask) -> None:
    """Register filters and globals."""
    filters: dict[str, Any] = {
        "date": lambda day: formatting.thai_date(_day(day), locale=language()),
        "date_short": lambda day: formatting.thai_date_short(_day(day), locale=language()),
        "time": lambda moment: formatting.thai_time(moment, locale=language()),
        "datetime": lambda moment: formatting.thai_datetime(moment, locale=language()),
        "number": formatting.thai_number,
        "baht": formatting.baht,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(
        date_range=lambda first, last: formatting.thai_date_range(first, last, locale=language()),
        language=language,
        now=clock.now,
        has_page=lambda endpoint: endpoint in app.view_functions,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def rendered(template: str, **values: Any) -> Markup:
    """A template's own output, for another template to place: escaped already, once."""
    return Markup(render_template(template, **values))


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
