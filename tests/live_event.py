"""An event on a running server, made in its own process as the office would have made it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.live_server import ROOT, LiveServer

PASSWORD = "a long password"
EMAIL = "organiser@example.com"

_SCRIPT = Path(__file__).with_name("live_event_script.py")


def make_live_event(server: LiveServer) -> dict[str, Any]:
    """200 people of the sample list, a programme of today, two files; returns slugs, ids and a personal link."""
    done = subprocess.run(
        [sys.executable, str(_SCRIPT)],
        cwd=ROOT,
        env={**server.variables, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))
