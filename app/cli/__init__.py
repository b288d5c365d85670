"""Commands: everything the web offers for batch work, for scripts and for the first set-up."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

# The command, and where it stands. Its module is imported when it is called: a server needs none of the others.
_COMMANDS = {
    "administrator-create": "administration:create_administrator",
    "demo": "demo.command:demo",
    "device-token": "device_token:device_token",
    "event-create": "event_create:event_create",
    "export": "export:export",
    "import-exercise": "exercise_files:import_exercise",
    "import-roster": "import_roster:import_roster",
    "linkage-analyse": "linkage_analyse:linkage_analyse",
    "password-set": "administration:set_somebodys_password",
    "send-mail": "worker:send_mail",
    "serve": "serve:serve",
    "worker": "worker:worker",
}


class Commands(AppGroup):
    """Sammana's commands by name, each loaded when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, for the help."""
        return sorted({*super().list_commands(context), *_COMMANDS})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in _COMMANDS:
            return super().get_command(context, name)
        module, attribute = _COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), attribute)
        return command


def register_commands(app: Flask) -> None:
    """Attach the commands to ``flask``."""
    own = Commands(name=app.cli.name)
    own.commands = app.cli.commands  # what extensions have attached already
    app.cli = own
