"""Making an event from the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.audit.trail import record
from app.core.formatting import parse_date, thai_date_range
from app.database import transaction
from app.events.creating import create_event

from .ready import database_command


class DayType(click.ParamType):
    """A date with a year of either era: 2018-11-08, 2561-11-08, 8/11/2561, "8 พ.ย. 61"."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> date:
        """Read the date, or end with a sentence."""
        try:
            return value if isinstance(value, date) else parse_date(value)
        except ValueError:
            self.fail(f"อ่านวันที่ {value!r} ไม่ได้ โปรดเขียนแบบ 2561-11-08 หรือ 2018-11-08", param, context)


@click.command("event-create")
@click.argument("slug")
@click.option("--name", required=True, help="The event's name, in Thai as it is printed.")
@click.option("--province", required=True, help="The province's two-digit code: 21 is Rayong.")
@click.option("--from", "first_day", required=True, type=DayType(), help="First day, ISO or with a พ.ศ. year.")
@click.option("--to", "last_day", required=True, type=DayType(), help="Last day.")
@click.option("--venue", default="", help="Where it is held.")
@click.option("--organiser", "organiser_name", default="", help="The office that holds it, as printed.")
@database_command
def event_create(
    slug: str, name: str, province: str, first_day: date, last_day: date, venue: str, organiser_name: str
) -> None:
    """Make an event with its units, and an open check-point for every half-day. Prints the slug."""
    with transaction():
        event = create_event(slug, name, province, first_day, last_day, venue=venue, organiser_name=organiser_name)
        record("command", event, "event.created", event)
        made = (len(event.units), len(event.check_points))
    click.echo(event.slug)
    click.echo(
        f"{event.name} · {thai_date_range(first_day, last_day)} · {made[0]} หน่วย · {made[1]} ช่วงลงทะเบียน", err=True
    )
