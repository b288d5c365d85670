"""The negative control: the same application, but it answers before it commits. The storm must lose scans here.

``python -m chaos.early PORT`` serves it.
"""

from __future__ import annotations

import sys
import threading
import time

from flask import Response, request
from granian import Granian
from granian.constants import Interfaces

from app import create_app, database
from app.checkin.ledger.ordinary import recording
from app.database import SAFE_METHODS, db

LATER = 0.06  # seconds; far more than between two answers, so that a kill nearly always meets one


def _finish_later(response: Response) -> Response:
    if request.method in SAFE_METHODS or response.status_code >= 400:
        db.session.rollback()
        return response
    session = db.session()
    db.session.registry.clear()  # the end of the request would roll it back

    def commit() -> None:
        time.sleep(LATER)
        session.commit()
        session.close()

    threading.Thread(target=commit).start()
    return response


database._finish = _finish_later
recording.session_is_idle = lambda: False  # so every scan takes the road whose commit is the request's own
app = create_app()


if __name__ == "__main__":
    Granian(
        "chaos.early:app", port=int(sys.argv[1]), interface=Interfaces.WSGI, blocking_threads=4, log_access=False
    ).serve()
