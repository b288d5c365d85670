"""The worker beside the server: a process of its own, started again when it ends by itself."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "worker")
# Seconds before it is started again; doubled each time, or one that cannot start would keep the machine busy.
SOON, LATEST = 1.0, 60.0
# Having run so long it counts as well: the next time it is started again soon.
WELL = 60.0


class WorkerBeside:
    """While the server runs, a worker runs: a notebook needs one command, and a killed worker is replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ending = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep, name="worker", daemon=True)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(COMMAND, cwd=self._folder)

    def _keep(self) -> None:
        pause = SOON
        while not self._ending.is_set():
            try:
                self._process.wait(WELL)
            except subprocess.TimeoutExpired:
                pause = SOON
                continue
            if not self._ending.wait(pause):
                pause = min(pause * 2, LATEST)
                self._process = self._start()

    def __enter__(self) -> WorkerBeside:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._process.terminate()
        self._watch.join(LATEST)
