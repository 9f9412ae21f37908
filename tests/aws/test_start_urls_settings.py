"""Whom start URLs are asked through and whom is trusted: botocore's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.secure import Authority, saying, secure_server
from tray.aws.start_urls import resolve
from tray.core.errors import CannotTell

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"
MOVED = saying("302 Found", f"Location: {PORTAL}/start/#/?tab=accounts")


@pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_certificates_are_botocores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Who set a bundle for the AWS tools has set it for us, a lost profile or not."""
    made = Authority(tmp_path)
    monkeypatch.setenv(variable, str(made.path))
    monkeypatch.setenv("AWS_PROFILE", "gone")
    with secure_server(made.context(), MOVED) as server:
        assert resolve(server.url()).start_url == f"{PORTAL}/start"


def test_a_bundle_in_the_config_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm_world: Path
) -> None:
    """The profile's `ca_bundle` counts, as for all AWS tools."""
    made = Authority(tmp_path)
    (calm_world / ".aws").mkdir()
    config = calm_world / ".aws" / "config"
    config.write_text(f"[profile dev]\nca_bundle = {made.path}\n")
    monkeypatch.setenv("AWS_PROFILE", "dev")
    with secure_server(made.context(), MOVED) as server:
        assert resolve(server.url()).region == "eu-west-1"


def test_a_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a proxy the question goes through it; one that wants a password is told."""
    with secure_server(None, saying("407 Proxy Authentication Required")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(CannotTell, match=r"(?i)proxy"):
            resolve("https://sso.corp.example/start", "eu-west-1")
    assert [line.rpartition(" ")[0] for line in proxy.asked] == [
        "CONNECT sso.corp.example:443"
    ]
