"""The real child with boto3 in it: it does what the daemon asks, and nothing shows."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_session, a_token, hours
from tests.fakes.aws import TOKEN_ANSWER, CannedService, canned, canned_service, refusal
from tray.aws.cache import TokenFiles
from tray.aws.remote import RemoteIdentityCenter, RemotePortal
from tray.core.errors import SessionOver
from tray.core.model import CachedToken, Secret
from tray.system.child import Child, worker_command
from tray.system.clock import Pauses

CORP = a_session()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[CannedService]:
    """Give a service at which every address of AWS's ends."""
    with canned_service(canned(200, **TOKEN_ANSWER)) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        monkeypatch.setenv("AWS_PROFILE", "gone")
        yield service


@pytest.fixture
def child(service: CannedService) -> Iterator[Child]:
    """Give the real child, which inherits the settings."""
    assert service.url
    one = Child(worker_command(), os.environ)
    yield one
    running = one._running
    one.close()
    if running:
        running._process.wait(20)


def test_a_renewal_is_in_the_cache(
    calm_world: Path, service: CannedService, child: Child
) -> None:
    """The child reads the refresh token and writes the new one by itself."""
    tokens = TokenFiles(calm_world / ".aws" / "sso" / "cache", Pauses().pause)
    tokens.write(CORP, a_token(now=datetime.now(UTC)).token)
    end = RemoteIdentityCenter(child).refresh(CORP)

    entry = tokens.read(CORP.cache_key)
    assert isinstance(entry, CachedToken)
    assert entry.token.value == Secret("access-new")
    assert abs(end - entry.token.expires_at) < hours(1) / 1000
    assert service.seen[0].members["refreshToken"] == "refresh of access-1"


def test_a_refusal_comes_back(
    calm_world: Path, service: CannedService, child: Child
) -> None:
    """The end of a session is told as it is on this side; logging out is asked too."""
    tokens = TokenFiles(calm_world / ".aws" / "sso" / "cache", Pauses().pause)
    tokens.write(CORP, a_token(now=datetime.now(UTC)).token)
    service.answers = [refusal(400, "InvalidGrantException"), canned()]
    with pytest.raises(SessionOver):
        RemoteIdentityCenter(child).refresh(CORP)
    RemotePortal(child).logout(CORP)

    assert [seen.path for seen in service.seen] == ["/token", "/logout"]


def test_no_secret_is_in_view(
    calm_world: Path, service: CannedService, child: Child
) -> None:
    """Neither the command line nor the environment of the child holds a token."""
    tokens = TokenFiles(calm_world / ".aws" / "sso" / "cache", Pauses().pause)
    tokens.write(CORP, a_token().token)
    RemotePortal(child).logout(CORP)
    assert service.seen
    assert child._running
    process = Path("/proc") / str(child._running._process.pid)
    shown = b"".join((process / name).read_bytes() for name in ("cmdline", "environ"))

    assert b"tray.worker" in shown
    assert b"access-1" not in shown
    assert json.dumps(CORP.start_url).encode() not in shown


def test_it_ends_with_the_pipe(child: Child, service: CannedService) -> None:
    """When the daemon lets go, the child is gone soon."""
    RemotePortal(child).logout(CORP)
    assert not service.seen
    running = child._running
    assert running
    child.close()
    began = time.monotonic()
    assert running._process.wait(20) == 0

    assert time.monotonic() - began < 10
