"""Commands for who runs this installation."""

from __future__ import annotations

import click
from sqlalchemy import select

from app.accounts.models import User
from app.accounts.security import canonical_email, create_user, set_password
from app.database import db, transaction

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


@click.command("password-set")
@click.argument("email")
@click.password_option(help="At least ten characters; asked for when not given.")
@database_command
def set_somebodys_password(email: str, password: str) -> None:
    """Give an account another password; whoever is signed in with the old one is signed out."""
    with transaction():
        user = db.session.scalar(select(User).where(User.email == canonical_email(email)))
        if user is None:
            raise click.ClickException(f"No account has the address {email}.")
        set_password(user, password)
    click.echo(f"{email} has the new password.", err=True)
