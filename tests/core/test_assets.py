"""Browser files: for ever at an address that changes with them, precompressed, never outside their folders."""

from __future__ import annotations

import gzip

import brotli
import pytest


@pytest.fixture
def address(app):
    return app.jinja_env.globals["asset"]


def test_the_style_sheet_is_one_file_and_stays_for_ever(client, address):
    response = client.get(address("css/main.css"))
    assert response.mimetype == "text/css"
    assert "immutable" in response.headers["Cache-Control"]
    assert b"--target: 48px" in response.data and b".table-scroll" in response.data


def test_another_build_is_not_found(client, address):
    path = address("js/main.js")
    build = path.split("/")[2]
    assert client.get(path).status_code == 200
    assert client.get(path.replace(build, "0" * 12)).status_code == 404


@pytest.mark.parametrize(
    "path", ["../../config.py", "vendor/../../config.py", "css/../../__init__.py", "vendor/../../app/__init__.py"]
)
def test_nothing_outside_is_served(client, address, path):
    assert client.get(address(path)).status_code == 404


def test_the_readers_worker_alone_may_compile_wasm(client, address):
    assert "wasm-unsafe-eval" in client.get(address("js/workers/qr_reader.js")).headers["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in client.get(address("js/main.js")).headers["Content-Security-Policy"]


def test_wasm_comes_precompressed_with_its_type(client, address):
    response = client.get(address("vendor/zxing/zxing_reader.wasm"), headers={"Accept-Encoding": "br"})
    assert response.mimetype == "application/wasm"
    assert response.headers["Content-Encoding"] == "br"
    assert brotli.decompress(response.data)[:4] == b"\0asm"


def test_pages_are_compressed_as_the_browser_allows(client):
    plain = client.get("/").data
    squeezed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert len(squeezed.data) < len(plain) / 2
    assert b"<h1>" in gzip.decompress(squeezed.data)
