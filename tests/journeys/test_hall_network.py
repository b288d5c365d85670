"""A notebook in a hall: plain http by the machine's own name, and https with the certificate it made for itself.

The browser maps the machine's name to loopback, so the page is what a phone in the hall would get: not localhost.
"""

from __future__ import annotations

import socket

import pytest
import requests

from app.core.local_certificate import AUTHORITY
from tests.browser import launch
from tests.live_server import running

pytestmark = pytest.mark.browser

HOST = f"{socket.gethostname()}.local"
EMAIL, PASSWORD = "organiser@example.com", "a long password"


def sign_in(page) -> None:
    page.goto("/sign-in")
    page.get_by_label("อีเมล").fill(EMAIL)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/events")


@pytest.mark.parametrize("tls", [False, True], ids=["plain http", "https"])
def test_signing_in_by_the_machines_own_name(tls):
    with running(**({"TLS": "1"} if tls else {})) as server:
        server.flask("administrator-create", EMAIL, "--name", "ผู้จัดงาน ตัวอย่าง", "--password", PASSWORD)
        base = f"{'https' if tls else 'http'}://{HOST}:{server.port}"
        with launch(f"--host-resolver-rules=MAP {HOST} 127.0.0.1") as browser:
            context = browser.new_context(base_url=base, ignore_https_errors=tls)
            page = context.new_page()
            sign_in(page)
            assert page.evaluate("() => window.isSecureContext") is tls
            cookie = next(cookie for cookie in context.cookies() if cookie["name"] in ("s", "__Host-s"))
            assert cookie["secure"] is tls
            assert cookie["name"] == ("__Host-s" if tls else "s")


def test_the_certificate_names_this_machine_and_its_authority_is_handed_out():
    with running(TLS="1") as server:
        authority = server.folder / "tls" / AUTHORITY
        url = f"https://localhost:{server.port}"
        answer = requests.get(f"{url}/local-authority.crt", verify=str(authority), timeout=10)
        assert answer.content == authority.read_bytes()
        assert (server.folder / "tls" / "server.key").stat().st_mode & 0o077 == 0
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(url, timeout=10)


def test_a_foreign_host_is_refused():
    with running() as server:
        answer = requests.get(server.url, headers={"Host": "evil.example"}, timeout=10)
        assert answer.status_code == 400
        assert requests.get(server.url, headers={"Host": f"{HOST}:{server.port}"}, timeout=10).status_code == 200
