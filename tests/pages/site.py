"""The application behind a real port in this process, with routes of the test's own beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app
from app.database import db
from tests.browser import PHONE


@contextmanager
def served(*blueprints: Blueprint) -> Iterator[str]:
    """The address of the site, without a slash at its end."""
    app = create_app()
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = False  # closing waits for requests under way: they hold this test's database
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()  # the next test puts a fresh file in the place of this one


def open_page(browser: Browser, *, width: int = PHONE["width"], height: int = PHONE["height"]) -> Page:
    """A page of a Thai visitor. What the content security policy stopped gathers in ``page.stopped``."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="th-TH",
        timezone_id="Asia/Bangkok",
        has_touch=width < 1000,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.stopped = []  # type: ignore[attr-defined]
    page.on("console", lambda line: page.stopped.append(line.text) if "Content Security" in line.text else None)
    page.on("pageerror", lambda problem: page.stopped.append(str(problem)))
    return page
