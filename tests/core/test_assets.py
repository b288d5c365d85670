"""Browser files: for ever at an address that changes with them, precompressed, never outside their folders."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Response


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
    folder = address("js/main.js").removesuffix("js/main.js")
    assert client.get(folder + path).status_code == 404


def test_a_misspelt_file_fails_where_it_is_named(address):
    with pytest.raises(LookupError, match="js/mian.js"):
        address("js/mian.js")


def test_the_readers_worker_alone_may_compile_wasm(client, address):
    assert "wasm-unsafe-eval" in client.get(address("js/workers/qr_reader.js")).headers["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in client.get(address("js/main.js")).headers["Content-Security-Policy"]


def test_wasm_comes_precompressed_with_its_type(client, address):
    response = client.get(address("vendor/zxing/zxing_reader.wasm"), headers={"Accept-Encoding": "br"})
    assert response.mimetype == "application/wasm"
    assert response.headers["Content-Encoding"] == "br"
    assert brotli.decompress(response.data)[:4] == b"\0asm"


@pytest.mark.parametrize("path", ["css/main.css", "js/main.js", "vendor/idb/index.js", "img/icon.svg"])
def test_every_text_file_is_compressed_and_comes_out_the_same(client, address, path):
    plain = client.get(address(path))
    assert "Content-Encoding" not in plain.headers
    gzipped = client.get(address(path), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(gzipped.data) == plain.data
    assert gzipped.headers["Vary"] == "Accept-Encoding"
    best = client.get(address(path), headers={"Accept-Encoding": "gzip, br"})
    assert brotli.decompress(best.data) == plain.data


def test_files_do_not_depend_on_the_visitor(client, address):
    """With Vary: Cookie a phone would fetch everything again after its personal link set a cookie."""
    client.get("/sign-in")
    response = client.get(address("js/main.js"))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in response.headers


def test_fonts_have_their_type_and_are_sent_as_they_are(client, address):
    response = client.get(address("vendor/fonts/thai-400.woff2"), headers={"Accept-Encoding": "gzip, br"})
    assert response.mimetype == "font/woff2"
    assert "Content-Encoding" not in response.headers
    assert response.data[:4] == b"wOF2"


def test_an_entity_tag_becomes_weak_when_the_page_is_squeezed(app):
    page = Response("ก" * 2000, mimetype="text/html")
    page.set_etag("v1")
    with app.test_request_context("/", headers={"Accept-Encoding": "gzip"}):
        assert app.process_response(page).headers["ETag"] == 'W/"v1"'


def test_pages_are_compressed_as_the_browser_allows(client):
    plain = client.get("/").data
    squeezed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert len(squeezed.data) < len(plain) / 2
    assert b"<h1>" in gzip.decompress(squeezed.data)
