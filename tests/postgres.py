"""A private PostgreSQL for tests: its own folder and port on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live_server import free_port
from tests.system_packages import postgres_binaries

IN_MEMORY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Postgres:
    """A running cluster. ``url`` is a DATABASE_URL for it."""

    def __init__(self, folder: Path, binaries: Path, port: int) -> None:
        self.folder, self.binaries, self.port = folder, binaries, port
        self.url = f"postgresql://sammana@127.0.0.1:{port}/sammana"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs, as a user PostgreSQL accepts: it refuses root."""
        command = [str(self.binaries / program), *arguments]
        user = _unprivileged()
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        subprocess.run(
            command,
            check=True,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            **options,  # type: ignore[call-overload]
        )

    def start(self, more: str = "") -> None:
        """Start and wait until it answers."""
        flags = f"{more} -p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", flags, "-l", str(self.folder / "log"), "-w", "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop; "immediate" is what a power cut looks like."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")


def _unprivileged() -> pwd.struct_passwd | None:
    """Another user to run the server as, when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def running(*, durable: bool = True) -> Iterator[Postgres | None]:
    """A started cluster with an empty database, or None where no server programs are installed.

    Where no power is cut it need not be ``durable``: then nothing waits for the disk.
    """
    binaries = postgres_binaries()
    if binaries is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="sammana-pg-"))
    user = _unprivileged()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    server = Postgres(folder, binaries, free_port())
    try:
        server.run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "sammana",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        server.start("" if durable else IN_MEMORY)
        server.run("createdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "sammana", "sammana")
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
