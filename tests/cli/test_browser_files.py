"""Fetching the browser libraries: an allow-list, nothing half copied, exactly what the lock file names."""

from __future__ import annotations

import gzip
import json
import re

import brotli
import pytest

from app.cli import browser_files
from app.cli.browser_files import COPIES, ROOT, SetupFailed, compress_all, copy_allowed


@pytest.fixture
def node_modules(tmp_path):
    folder = tmp_path / "node_modules"
    for source in COPIES:
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text("export const one = 1;\n")
    return folder


def test_only_what_is_on_the_list_leaves_node_modules(node_modules, tmp_path):
    (node_modules / "idb/build/umd.js").write_text("not wanted")
    copy_allowed(node_modules, tmp_path / "vendor", COPIES)
    copied = {path.relative_to(tmp_path / "vendor").as_posix() for path in (tmp_path / "vendor").rglob("*.*")}
    assert copied == set(COPIES.values())


@pytest.mark.parametrize(
    "line",
    [
        'import { x } from "../share.js";',
        'import("./late.js")',
        'export * from "./other.js";',
        "import './side.js'",
    ],
)
def test_a_relative_import_left_behind_stops_set_up(node_modules, tmp_path, line):
    """Copied without it, the file would die in the browser without a word."""
    (node_modules / "idb/build/index.js").write_text(line)
    with pytest.raises(SetupFailed, match="imports .*which is not copied"):
        copy_allowed(node_modules, tmp_path / "vendor", COPIES)


def test_a_file_that_the_package_no_longer_has_stops_set_up(node_modules, tmp_path):
    (node_modules / "idb/build/index.js").unlink()
    with pytest.raises(SetupFailed, match="idb/build/index.js"):
        copy_allowed(node_modules, tmp_path / "vendor", COPIES)


def test_a_failed_set_up_leaves_what_was_there(monkeypatch, tmp_path, capsys):
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.js").write_text("still here")
    monkeypatch.setattr(browser_files, "VENDOR", vendor)
    monkeypatch.setattr(browser_files, "fetch_packages", lambda: browser_files.run(["false"]))
    assert browser_files.main() == 1
    assert (vendor / "old.js").read_text() == "still here"
    assert "connected to the internet" in capsys.readouterr().err


def test_an_npm_that_does_not_work_gives_way_to_the_wheels(monkeypatch, tmp_path):
    broken = tmp_path / "npm"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    called = []
    monkeypatch.setattr(browser_files, "npm_from_wheel", lambda: called.append("wheel") or ["/bin/true"])
    browser_files.fetch_packages()
    assert called == ["wheel"]


def test_compressed_files_come_out_the_same(tmp_path):
    body = b"export const one = 1;\n" * 50
    (tmp_path / "x.js").write_bytes(body)
    (tmp_path / "x.woff2").write_bytes(body)
    compress_all(tmp_path)
    assert gzip.decompress((tmp_path / "x.js.gz").read_bytes()) == body
    assert brotli.decompress((tmp_path / "x.js.br").read_bytes()) == body
    assert not (tmp_path / "x.woff2.gz").exists()


def test_versions_are_exact_and_the_lock_names_no_registry():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values()), wanted
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in lock.items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock.items() if name)
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
