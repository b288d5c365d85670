"""Every table is named by its package's personal_data.py: what it holds of people, how that is erased."""

from __future__ import annotations

import importlib
from pathlib import Path

from app.database import db

APP = Path(__file__).resolve().parents[2] / "app"


def test_every_table_is_named_once(app):
    named: dict[str, str] = {}
    for path in APP.rglob("personal_data.py"):
        module = importlib.import_module(".".join(path.relative_to(APP.parent).with_suffix("").parts))
        for table, sentence in module.TABLES.items():
            assert table not in named, f"{table} is named twice"
            assert sentence.strip()
            named[table] = sentence
    missing = set(db.metadata.tables) - set(named)
    assert not missing, (
        f"say in the package's personal_data.py what these tables hold of people: {sorted(missing)}"
    )
    assert not set(named) - set(db.metadata.tables), "personal_data.py names tables that do not exist"
