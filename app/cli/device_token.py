"""A door device's token, so that a script can do what a paired phone does."""

from __future__ import annotations

import click
from flask_babel import gettext as _

from app.checkin.devices.pairing import enrol
from app.core.errors import RuleBroken
from app.database import transaction
from app.events.access import find_event

from .ready import database_command


@click.command("device-token")
@click.argument("event")
@click.argument("name")
@database_command
def device_token(event: str, name: str) -> None:
    """Make a door device NAME for EVENT (its slug) and print its token, alone on standard output."""
    with transaction():
        found = find_event(event)
        if found is None:
            raise RuleBroken(_("ไม่พบงาน %(slug)s", slug=event))
        device, token = enrol(found, name, actor="command")
        expires_at = device.expires_at
    click.echo(token)
    click.echo(f"{name}: until {expires_at.isoformat()}", err=True)
