"""The real server for tests: the same command as in a hall, its own data folder, its own process group."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING
from unittest.mock import patch

import requests

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class LiveServer:
    """A running server. ``url`` has no trailing slash; ``kill`` is SIGKILL to the whole group."""

    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    worker: bool = False  # whether the server starts its own, as in a hall; most tests need none
    process: subprocess.Popen[bytes] | None = None
    _app: Flask | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        scheme = "https" if self.environment.get("TLS") == "1" else "http"
        return f"{scheme}://{self.host}:{self.port}"

    @property
    def authority(self) -> str | bool:
        """What proves the server's certificate: its own authority's file when it serves https."""
        path = self.folder / "tls" / "sammana-local-authority.crt"
        return str(path) if path.exists() else True

    @property
    def variables(self) -> dict[str, str]:
        clean = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SAMMANA_ENV")}
        return {**clean, "SAMMANA_ENV": "local", "DATA_DIR": str(self.folder), **self.environment}

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The application on this server's data, in this process and in its context: for building and reading.

        A process of its own would spend two seconds on its start.
        """
        from app.database import db

        self._app = self._app or self._own_app()
        with self._app.app_context():
            try:
                yield self._app
            finally:
                db.session.rollback()
                db.session.remove()
                db.engine.dispose()  # the server may be killed and its files looked at

    def flask(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the application on this server's data, in this process."""
        with self.inside() as app:
            done = app.test_cli_runner().invoke(args=list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        if check and done.exit_code:
            raise subprocess.CalledProcessError(done.exit_code, arguments, done.stdout, done.stderr)
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    def _own_app(self) -> Flask:
        """Configured as the server is, but for the price of a password's hash."""
        from app import create_app  # here: the tests choose their environment before the application is imported
        from config import LocalConfig, TestingConfig

        with patch.dict(os.environ, self.variables, clear=True):
            config = LocalConfig()
        config.SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = TestingConfig.SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS
        return create_app(config)

    def command(self) -> list[str]:
        """What starts the server, as a hall does it."""
        program = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--quiet"]
        program += [] if self.worker else ["--without-worker"]
        return [*program, "--host", "0.0.0.0", "--port", str(self.port)]

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process = subprocess.Popen(
            self.command(),
            cwd=ROOT, env=self.variables, start_new_session=True,
            stdout=self._log_file(), stderr=subprocess.STDOUT,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log()[-2000:]}")
            try:
                if requests.get(f"{self.url}/livez", timeout=2, verify=self.authority).ok:
                    return
            except (requests.RequestException, OSError):
                time.sleep(0.05)  # not listening yet, or its certificate is being written
        raise RuntimeError(f"the server did not answer: {self.log()[-2000:]}")

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """End the server as Ctrl+C would."""
        self._signal(signal.SIGTERM)

    def log(self) -> str:
        """What the server wrote."""
        path = self.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def worker_process(self) -> int | None:
        """The number of the worker's process that the server started, while there is one."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it may end while one looks
                state, parent = stat.read_text().rpartition(")")[2].split()[:2]
                command = stat.with_name("cmdline").read_bytes()
                if self.process and int(parent) == self.process.pid and state != "Z" and b"\0worker\0" in command:
                    return int(stat.parent.name)
        return None

    def _log_file(self) -> IO[bytes]:
        return open(self.folder / "server.log", "ab")

    def _signal(self, number: int) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, number)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=15)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*, data: Path | None = None, worker: bool = False, **environment: str) -> Iterator[LiveServer]:
    """A started server with a folder of its own, gone afterwards; it begins with a copy of ``data``."""
    with tempfile.TemporaryDirectory(prefix="sammana-live-") as folder:
        if data is not None:
            shutil.copytree(data, folder, dirs_exist_ok=True)
        server = LiveServer(Path(folder), free_port(), environment, worker=worker)
        server.start()
        try:
            yield server
        finally:
            server.kill()
