"""Whether the services can be reached, and what their clocks say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.fakes.aws import Canned, canned_service
from tests.fakes.basics import FakeClock
from tray.aws.clients import Clients
from tray.aws.endpoints import authority, reach

CORP = a_session()


@pytest.mark.parametrize(
    ("date", "ahead"),
    [
        ("Mon, 02 Mar 2026 11:50:00 GMT", timedelta(minutes=10)),
        ("some day", None),
    ],
)
def test_an_answer_is_enough(
    monkeypatch: pytest.MonkeyPatch, date: str, ahead: timedelta | None
) -> None:
    """Any answer will do; nothing but its address is asked for."""
    with canned_service(Canned(404), Canned(403)) as service:
        service.date = date
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        clock = FakeClock()
        found = reach(CORP, Clients(clock), clock)

    assert [one.fault for one in found] == [None, None]
    assert [one.ahead for one in found] == [ahead, ahead]
    assert [(seen.method, seen.path) for seen in service.seen] == [("GET", "/")] * 2


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is away is told with the remedy of every other way."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    for found in reach(CORP, Clients(), FakeClock()):
        assert found.host == "127.0.0.1"
        assert found.fault is not None
        assert found.fault.remedy
        assert found.ahead is None


def test_the_authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Certificates of people's own are named, and missing ones found."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    bundle = tmp_path / "ca.pem"

    assert authority({}) is None
    assert authority({"AWS_CA_BUNDLE": str(bundle)}) == (str(bundle), False)
    bundle.touch()
    assert authority({"AWS_CA_BUNDLE": str(bundle)}) == (str(bundle), True)
