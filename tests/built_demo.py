"""The demo, built once for the whole run and copied for every test that wants it."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live_server import LiveServer


@dataclass(frozen=True)
class BuiltDemo:
    """A data folder with both events, and what the command printed when it built them."""

    folder: Path
    printed: str


def built_once(tmp_path_factory: pytest.TempPathFactory) -> BuiltDemo:
    """Whoever asks first builds it; the other workers wait and take the same."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, printed = shared / "demo", shared / "demo-printed.txt"
    with open(shared / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            folder.mkdir()
            printed.write_text(LiveServer(folder, 0).flask("demo").stdout)
    return BuiltDemo(folder, printed.read_text())
