"""How mail leaves: into a folder (the default: nothing leaves a notebook unasked), onto the screen, or by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from app.core import clock

from .outbox import Mail

Backend = Callable[[EmailMessage], None]
_TIMEOUT = 20


def message_of(mail: Mail, *, sender: str, identity: str) -> EmailMessage:
    """The mail with its headers. The same identity each time, so that a repeated one is seen to be the same."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2].strip('>') or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def chosen(config: Mapping[str, Any]) -> Backend:
    """The backend that the settings name."""
    if config["MAIL_BACKEND"] == "smtp":
        return lambda message: _by_smtp(config, message)
    if config["MAIL_BACKEND"] == "console":
        return _onto_the_screen
    return lambda message: _into_folder(config["DATA_DIR"] / "mail", message)


def _into_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    identity = str(message["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{clock.now():%Y%m%d-%H%M%S}-{identity}.eml"
    path.touch(mode=0o600)
    path.write_bytes(message.as_bytes())


def _onto_the_screen(message: EmailMessage) -> None:
    print(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}", flush=True)


def _by_smtp(config: Mapping[str, Any], message: EmailMessage) -> None:
    security, context = config["MAIL_SECURITY"], ssl.create_default_context()
    where = (config["MAIL_SERVER"], config["MAIL_PORT"])
    plain = smtplib.SMTP(*where, timeout=_TIMEOUT) if security != "tls" else None
    with plain or smtplib.SMTP_SSL(*where, timeout=_TIMEOUT, context=context) as server:
        if security == "starttls":
            server.starttls(context=context)
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(message)
