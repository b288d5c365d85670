"""What the settings promise, and what they refuse."""

from __future__ import annotations

import multiprocessing
import os

import pytest

import config
from app.core import secret_key
from app.core.redirects import safe_path


def test_production_needs_hosts_and_https(monkeypatch):
    monkeypatch.delenv("TRUSTED_HOSTS", raising=False)
    with pytest.raises(SystemExit, match="TRUSTED_HOSTS"):
        config.ProductionConfig()
    monkeypatch.setenv("TRUSTED_HOSTS", "sammana.example.go.th")
    monkeypatch.setattr(config.Config, "PUBLIC_BASE_URL", "http://sammana.example.go.th")
    with pytest.raises(SystemExit, match="https"):
        config.ProductionConfig()


def test_production_cookies_are_secure(monkeypatch):
    monkeypatch.setenv("TRUSTED_HOSTS", "sammana.example.go.th")
    monkeypatch.setattr(config.Config, "PUBLIC_BASE_URL", "https://sammana.example.go.th")
    settings = config.ProductionConfig()
    assert settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_NAME == "__Host-s"


def test_production_refuses_plain_http(monkeypatch, tmp_path):
    from app import create_app

    monkeypatch.setenv("TRUSTED_HOSTS", "sammana.test")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(config.Config, "PUBLIC_BASE_URL", "https://sammana.test")
    browser = create_app(config.ProductionConfig()).test_client()
    assert browser.get("/local-authority.crt", base_url="http://sammana.test").status_code == 403
    assert browser.get("/local-authority.crt", base_url="https://sammana.test").status_code == 404


@pytest.mark.parametrize("weak", ["dev", "changeme", "short"])
def test_a_weak_secret_is_refused(monkeypatch, tmp_path, weak):
    monkeypatch.setenv("SECRET_KEY", weak)
    with pytest.raises(SystemExit):
        secret_key.load_or_create(tmp_path)


def test_a_secret_that_others_can_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    secret_key.load_or_create(tmp_path)
    os.chmod(tmp_path / "secret_key", 0o644)
    with pytest.raises(SystemExit, match="chmod"):
        secret_key.load_or_create(tmp_path)


def test_processes_starting_together_share_one_secret(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    for attempt in range(5):
        with multiprocessing.get_context("fork").Pool(8) as pool:
            keys = pool.map(secret_key.load_or_create, [tmp_path / str(attempt)] * 8)
        assert len(set(keys)) == 1


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.com", "/\\evil.com", "\\\\evil.com", "https:evil.com", "///evil.com", "/..//evil.com", "http://evil.com",
     "javascript:alert(1)", "/\tevil", " /x", "", "/%0d/\nevil", "evil.com"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(elsewhere):
    assert safe_path(elsewhere) == "/"


def test_our_own_paths_are_kept():
    assert safe_path("/e/rayong-2561/register?page=2") == "/e/rayong-2561/register?page=2"
