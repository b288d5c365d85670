"""Commands for who runs this installation."""

from __future__ import annotations

import click

from app.accounts.security import create_user
from app.database import transaction

from .ready import database_command


@click.command("administrator-create")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.password_option(help="At least ten characters; asked for when not given.")
@database_command
def create_administrator(email: str, name: str, password: str) -> None:
    """Make an account that may manage every event."""
    with transaction():
        create_user(email, name, password, is_administrator=True)
    click.echo(f"{email} may sign in now.", err=True)
