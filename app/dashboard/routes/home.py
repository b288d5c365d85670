"""The front page, and what a machine or a phone asks before anything else."""

from __future__ import annotations

from pathlib import Path

from flask import abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.events import queries as events

from . import bp


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """The front page: open trainings, and the way in for organisers."""
    return render_template("dashboard/home.html", events=events.public_events())


@bp.get("/livez")
@public
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return {"ok": True}


@bp.get("/local-authority.crt")
@public
def local_authority() -> ResponseReturnValue:
    """The certificate staff phones trust when this notebook serves https by itself; public by nature."""
    if not current_app.config["TLS"]:
        abort(404)
    from app.core.local_certificate import AUTHORITY  # here: it brings what makes certificates

    path = Path(current_app.config["DATA_DIR"]) / "tls" / AUTHORITY
    if not path.exists():
        abort(404)
    return send_file(path, mimetype="application/x-x509-ca-cert", as_attachment=True, download_name=AUTHORITY)
