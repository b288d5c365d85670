"""Commands: everything the web offers for batch work, for scripts and for the first set-up."""

from __future__ import annotations

from flask import Flask

from .administration import create_administrator
from .demo.command import demo
from .device_token import device_token
from .event_create import event_create
from .exercise_files import import_exercise
from .export import export
from .import_roster import import_roster
from .linkage_analyse import linkage_analyse
from .serve import serve
from .worker import send_mail, worker

_COMMANDS = (
    *(create_administrator, demo, device_token, event_create, export),
    *(import_exercise, import_roster, linkage_analyse, send_mail, serve, worker),
)


def register_commands(app: Flask) -> None:
    """Attach the commands to ``flask``."""
    for command in _COMMANDS:
        app.cli.add_command(command)
