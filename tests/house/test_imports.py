"""A package may import from an earlier line of the order, never from a later one or its own line's neighbours."""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "app"

ORDER = [
    {"core"},
    {"thai_pdf"},
    {"database", "prepared"},  # files, between what knows nothing and what has tables
    {"driver"},
    {"attempts", "audit", "live", "notifications", "jobs"},
    {"accounts"},
    {"events"},
    {"registration"},
    {"groups"},
    {"checkin"},
    {"materials", "evaluation"},
    {"exercises"},
    {"documents"},
    {"dashboard", "privacy"},
    {"api", "cli"},
    {"reactions", "blueprints"},
    {"__init__"},
]
PLACE = {name: place for place, names in enumerate(ORDER) for name in names}


def imports_of(path: Path) -> list[tuple[int, str]]:
    """(line, package of ours) for every absolute import of ``app.…`` in a file, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] == "app":
            parts = (node.module or "").split(".")
            names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
            found += [(node.lineno, name) for name in names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, a.name.split(".")[1]) for a in node.names if a.name.startswith("app.")]
    return found


def test_packages_import_only_earlier_packages():
    wrong = []
    for path in sorted(APP.rglob("*.py")):
        own = path.relative_to(APP).parts[0].removesuffix(".py")
        assert own in PLACE, f"{own} has no place in the order of the house; give it one in {Path(__file__).name}"
        for line, other in imports_of(path):
            # errors.py answers with the database's refusal; database.py may use core's errors, not the reverse
            if other != own and (PLACE.get(other, 99) >= PLACE[own]):
                wrong.append(f"{path.relative_to(APP.parent)}:{line} ({own}) imports {other}, which comes later")
    assert not wrong, "Move the code to the later package, or send a signal:\n" + "\n".join(wrong)


def test_only_routes_meet_the_request():
    """Rules, queries and models never import flask's request, session or flash."""
    allowed = {
        "routes",
        "access",
        "core",
        "accounts",
        "live",
        "api",
        "dashboard",
        "database.py",
        "cli",
        "documents",
    }
    wrong = []
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(APP).parts
        if set(parts) & allowed or parts[-1] in ("routes.py", "access.py") or len(parts) == 1:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                names = {alias.name for alias in node.names} & {"request", "session", "flash", "redirect", "g"}
                if names:
                    wrong.append(
                        f"{path.relative_to(APP.parent)}:{node.lineno} imports {', '.join(sorted(names))}"
                    )
    assert not wrong, "Read the request in routes and pass plain values:\n" + "\n".join(wrong)
