"""The boto3 clients: whatever the environment holds, they can be made."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.fakes.aws import Canned, canned_service
from tests.fakes.basics import FakeClock
from tray.aws.clients import Clients
from tray.aws.faults import Doing, told_as_ours
from tray.core.errors import ConfigError, TrayError

CORP = a_session()


def test_one_client_a_region() -> None:
    """A client is made once for each service and region, and signs nothing."""
    clients = Clients()

    assert clients.oidc(CORP) is clients.oidc(CORP)
    assert clients.portal(CORP) is clients.portal(CORP)
    url = clients.oidc(CORP).meta.endpoint_url
    assert url == "https://oidc.eu-west-1.amazonaws.com"


def test_a_missing_profile_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS_PROFILE may name a profile that is gone."""
    monkeypatch.setenv("AWS_PROFILE", "gone")

    assert Clients().oidc(CORP).meta.region_name == "eu-west-1"


def test_a_profiles_settings_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An endpoint that the named profile sets is used, as the AWS CLI would."""
    config = tmp_path / "config"
    config.write_text("[profile dev]\nendpoint_url = http://127.0.0.1:9\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", "dev")

    assert Clients().oidc(CORP).meta.endpoint_url == "http://127.0.0.1:9"


def asked(answer: Canned, date: str) -> timedelta | None:
    """Give how far the clock that shows noon is ahead of a service with this date."""
    with (
        canned_service(answer) as service,
        pytest.MonkeyPatch.context() as patch,
    ):
        service.date = date
        patch.setenv("AWS_ENDPOINT_URL", service.url)
        clients = Clients(FakeClock())
        assert clients.ahead(CORP) is None
        with contextlib.suppress(TrayError), told_as_ours(CORP, Doing.PORTAL):
            clients.portal(CORP).logout(accessToken="x")
        return clients.ahead(CORP)


@pytest.mark.parametrize(
    ("date", "ahead"),
    [
        ("Mon, 02 Mar 2026 12:00:00 GMT", timedelta()),
        ("Mon, 02 Mar 2026 11:48:00 GMT", timedelta(minutes=12)),
        ("Tue, 03 Mar 2026 12:00:00 GMT", -timedelta(days=1)),
        ("noon", None),
        ("Mon, 99 Mar 2026 12:00:00 GMT", None),
        ("Mon, 02 Mar 2026 12:00:00", None),
    ],
)
def test_the_clocks_are_compared(date: str, ahead: timedelta | None) -> None:
    """The `Date` of an answer tells how wrong our clock is; one without sense, not."""
    assert asked(Canned(200, b"{}", {}), date) == ahead
    assert asked(Canned(401, b"{}", {}), date) == ahead


def test_a_strangers_clock_is_not_believed() -> None:
    """A captive portal's page says nothing about AWS's time."""
    page = Canned(200, b"<html>", {"Content-Type": "text/html"})

    assert asked(page, "Mon, 02 Mar 2026 11:48:00 GMT") is None


@pytest.mark.parametrize("url", ["nonsense", "http://[", "https://"])
def test_a_bad_endpoint_is_told(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """An endpoint setting that is no address is the config's fault."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)

    with pytest.raises(ConfigError), told_as_ours(CORP, Doing.LOGIN):
        Clients().oidc(CORP)


@pytest.mark.parametrize("region", ["not a region", "a_b", "x" * 70])
def test_a_bad_region_is_told(region: str) -> None:
    """A region that can't be one is the config's fault, and no request is made."""
    session = a_session()
    bad = type(session)(session.name, session.start_url, region)

    with (
        pytest.raises(ConfigError, match="no AWS region"),
        told_as_ours(bad, Doing.LOGIN),
    ):
        Clients().oidc(bad)


def test_a_broken_config_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A config that botocore can't parse is told as that."""
    config = tmp_path / "config"
    config.write_text("[profile\nnothing")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    with (
        pytest.raises(ConfigError, match="ConfigParseError"),
        told_as_ours(CORP, Doing.LOGIN),
    ):
        Clients().oidc(CORP)
