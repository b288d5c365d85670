"""The server, as it runs in a hall: its addresses printed, the one for phones as a QR in the terminal."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
from flask import current_app
from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels

from app.core import addresses, qr
from app.database import db

from .beside import WorkerBeside
from .ready import database_command

DEFAULT_PORT = 8000
# One process on SQLite: two would wait for each other's locks.
SQLITE_PROCESSES, POSTGRES_PROCESSES = 1, 2
# A thread for every upload and download under way; they take turns at working (docs/decisions/0031).
THREADS = 512
# Kept connections of one process, idle ones too. A browser holds up to six; with the server's own limit of a
# thousand a newcomer to a full hall would wait until somebody leaves.
CONNECTIONS = 8192


@click.command("serve")
@click.option("--host", default="0.0.0.0", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=None, help="The port; PORT, or 8000, when not given.")
@click.option("--without-worker", is_flag=True, help="Start no worker beside the server; another one runs.")
@click.option("--quiet", is_flag=True, help="Print no addresses.")
@database_command
def serve(host: str, port: int | None, without_worker: bool, quiet: bool) -> None:
    """Serve the application until stopped. TLS=1 serves https with a certificate made for this machine."""
    port = port or int(os.environ.get("PORT") or DEFAULT_PORT)
    tls = _local_tls() if current_app.config["TLS"] else {}
    _refuse_plain_production(bool(tls))
    if not quiet:
        _print_addresses(port, tls)
    sqlite = db.engine.dialect.name == "sqlite"
    db.engine.dispose()  # the server's processes open their own connections
    with nullcontext() if without_worker else WorkerBeside(Path(current_app.root_path).parent):
        _serve(host, port, sqlite, tls)


def _is_news(record: logging.LogRecord) -> bool:
    """The server warns of many threads for fear that all of them work at once."""
    return "Python threads" not in record.getMessage()


def _serve(host: str, port: int, sqlite: bool, tls: dict[str, Any]) -> None:
    logging.getLogger("_granian").addFilter(_is_news)
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=SQLITE_PROCESSES if sqlite else POSTGRES_PROCESSES,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_access=False,  # paths hold tokens; the application logs rules, never paths
        http1_settings=HTTP1Settings(keep_alive=True),
        working_dir=Path(current_app.root_path).parent,
        **tls,
    ).serve()


def _local_tls() -> dict[str, Any]:
    folder = Path(current_app.config["DATA_DIR"]) / "tls"
    from app.core import local_certificate  # here: most servers make none

    certificate, key = local_certificate.ensure(folder, addresses.local_hosts())
    # Old Android phones stop at TLS 1.2.
    return {"ssl_cert": certificate, "ssl_key": key, "ssl_protocol_min": SSLProtocols.tls12}


def _refuse_plain_production(tls: bool) -> None:
    config = current_app.config
    if config["ENVIRONMENT"] == "production" and not (tls or config["BEHIND_PROXY"]):
        raise SystemExit("Production serves https only: put it behind a proxy (BEHIND_PROXY=1) or set TLS=1.")


def _print_addresses(port: int, tls: dict[str, Any]) -> None:
    """Say where the server is found; what it says to phones it also writes in links."""
    scheme = "https" if tls else "http"
    found = addresses.own_addresses()
    if found:
        # The server's processes have this one's configuration or, where they start afresh, its environment.
        current_app.config["PHONES_BASE_URL"] = os.environ["PHONES_BASE_URL"] = f"{scheme}://{found[0]}:{port}"
    click.echo(f"\nSammana · สัมมนา (SQLite {sqlite3.sqlite_version})")
    click.echo(f"  This machine:      {scheme}://localhost:{port}")
    for address in found:
        click.echo(f"  The same network:  {scheme}://{address}:{port}")
    if found:
        click.echo("\n" + qr.terminal(f"{scheme}://{found[0]}:{port}/") + "\n")
    if tls:
        _print_trust(scheme, found, port)
    else:
        click.echo("  Plain http: the scanner offers search and USB scanners. For cameras: make run TLS=1")
    click.echo("  Stop with Ctrl+C.\n")


def _print_trust(scheme: str, found: list[str], port: int) -> None:
    where = f"{scheme}://{found[0] if found else 'localhost'}:{port}/local-authority.crt"
    click.echo("  Cameras need phones to trust this machine. Once on each staff phone:")
    click.echo(f"    1. open {where} (go on past the warning), download the file")
    click.echo("    2. Android: Settings > Security > Install a certificate > CA certificate")
    click.echo("       iPhone: Settings > Profile Downloaded > Install, then General > About > Certificate Trust")
    click.echo("    3. open the address above again; remove the certificate after the event\n")
