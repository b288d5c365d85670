"""``flask demo``: two believable trainings to look at, and how to get in."""

from __future__ import annotations

import click
from flask import current_app
from sqlalchemy import delete, select

from app.core import files
from app.core.errors import RuleBroken
from app.database import db, transaction
from app.events.access import find_event
from app.events.models import Event
from app.materials.models import Material

from ..ready import database_command
from .building import build
from .programmes import TRAININGS, Training
from .sign_ins import sign_ins


@click.command("demo")
@click.option("--again", is_flag=True, help="Build both events anew; what was done in them is lost.")
@database_command
def demo(again: bool) -> None:
    """Load two sample trainings mid-way through their day and print how to get in; again changes nothing."""
    if current_app.config["ENVIRONMENT"] == "production":
        raise RuleBroken("รหัสผ่านของตัวอย่างเป็นที่รู้กัน จึงไม่โหลดข้อมูลตัวอย่างในระบบจริง (SAMMANA_ENV=production)")
    for training in TRAININGS:
        _load(training, again)
    for line in sign_ins([training.slug for training in TRAININGS]):
        click.echo(line)


def _load(training: Training, again: bool) -> None:
    found = find_event(training.slug)
    if found is not None and not found.is_demo:
        raise RuleBroken(f"มีงานจริงชื่อ {training.slug} อยู่แล้ว จึงไม่สร้างงานตัวอย่างทับ")
    if found is not None and again:
        _remove(found)
    elif found is not None:
        return
    click.echo(f"{training.slug} …", err=True)
    with transaction():
        build(training)


def _remove(event: Event) -> None:
    keys = list(db.session.scalars(select(Material.file_key).where(Material.event_id == event.id)))
    with transaction():
        db.session.execute(delete(Event).where(Event.id == event.id))
    db.session.expunge_all()
    for key in keys:
        files.remove(key)
