"""The worker: mail that is due, large files, and what is deleted when its time is over. Any number may run."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import click

from app.database import transaction
from app.documents import print_jobs
from app.documents.books import jobs as book_jobs
from app.jobs import queue
from app.jobs.duties import Task, run_due
from app.notifications import delivery, outbox
from app.registration import retention

from .ready import database_command

PAUSE = 2.0  # seconds between two looks
MAIL_EVERY = 5.0
BEHIND = 10  # how far the worker stands back where it shares the processors with the server


def forget_old_mail() -> None:
    """Delete what the outbox settled long ago."""
    with transaction():
        outbox.forget_old()


TASKS = (
    Task(queue.HEARTBEAT, timedelta(seconds=MAIL_EVERY), delivery.send_due),
    Task("retention", timedelta(hours=24), retention.forget_overdue),
    Task("old mail", timedelta(hours=24), forget_old_mail),
    Task("old files", timedelta(hours=1), queue.forget_old),
)
# Files too large for a request, by what they are.
MAKERS = {book_jobs.KIND: book_jobs.make, print_jobs.KIND: print_jobs.make}


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and end.")
@database_command
def worker(once: bool) -> None:
    """Send mail, make large files, delete what is overdue, until stopped."""
    if not once:
        os.nice(BEHIND)  # whoever stands at a door goes first
    while True:
        run_due(TASKS)
        queue.run_waiting(MAKERS, book_jobs.moved)
        if once:
            return
        time.sleep(PAUSE)


@click.command("send-mail")
@database_command
def send_mail() -> None:
    """Send the mail that is due now, and say how much."""
    outcome = delivery.send_due()
    click.echo(", ".join(f"{state} {number}" for state, number in sorted(outcome.items())) or "nothing due")
