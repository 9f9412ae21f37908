"""What every identity center promises: the fake, boto3, and boto3 in the child."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_session, minutes
from tests.contracts.centers import TROUBLES, Case, FakeCase, RealCase
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles
from tray.aws.remote import RemoteIdentityCenter
from tray.core.errors import (
    AuthorizationPending,
    CannotTell,
    CodeExpired,
    Refused,
    RegistrationOver,
    SessionOver,
    SlowDown,
    TrayError,
)
from tray.core.model import CachedToken, CacheEntry, Grant, SsoSession
from tray.demo.center import Center, CenterSettings
from tray.system.child import Child, worker_command
from tray.system.clock import Pauses, SystemClock

GRANTS = [Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE]


@pytest.fixture(params=["fake", "boto3", "child"])
def case(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, calm_world: Path
) -> Iterator[Case]:
    """Give each implementation."""
    if request.param == "fake":
        yield FakeCase(a_session())
        return
    clock, pause = SystemClock(), Pauses().pause
    with Center(CenterSettings(), clock.now) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", server.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", server.url)
        session = SsoSession("corp", server.start_url("corp"), "eu-west-1")
        folder = calm_world / ".aws" / "sso" / "cache"
        tokens = TokenFiles(folder, pause)
        child = Child(worker_command(), os.environ)
        oidc = Oidc(tokens, RegistrationFiles(folder, pause), Clients(), clock)
        remote = RemoteIdentityCenter(child)
        yield RealCase(
            remote if request.param == "child" else oidc,
            tokens,
            clock,
            session,
            server,
            lambda: tokens.write(session, server.issue("corp", "alice")),
        )
        running = child._running
        child.close()
        if running:
            running._process.wait(20)


def stored(case: Case) -> CacheEntry | None:
    """Give what the cache holds for the session."""
    key = case.session.cache_key
    return case.tokens.read_all([key]).get(key)


def usable_until(case: Case, end: object) -> CachedToken:
    """Give the cached token, which ends at that moment and can be renewed."""
    entry = stored(case)
    assert isinstance(entry, CachedToken)
    # AWS's files know whole seconds only
    assert isinstance(end, type(entry.token.expires_at))
    assert abs(end - entry.token.expires_at) < minutes(1) / 60
    assert entry.token.expires_at > case.clock.now()
    assert entry.token.renewable_at(case.clock.now())
    return entry


@pytest.mark.parametrize("grant", GRANTS)
def test_a_registration_is_for_its_grant(case: Case, grant: Grant) -> None:
    """It lives for more than 15 minutes and is the same until it nears its end."""
    first = case.center.registration(case.session, grant)

    assert first.grant is grant
    assert first.expires_at > case.clock.now() + minutes(15)
    assert case.center.registration(case.session, grant) == first


def test_a_device_code_becomes_a_token(case: Case) -> None:
    """Pending until a person allows it; then the token is in the cache on return."""
    registration = case.center.registration(case.session, Grant.DEVICE_CODE)
    started = case.center.start_device_authorization(case.session, registration)
    case.trouble(AuthorizationPending)
    with pytest.raises(AuthorizationPending):
        case.center.redeem_device_code(case.session, registration, started.device_code)
    assert stored(case) is None
    case.approve(started)
    end = case.center.redeem_device_code(
        case.session, registration, started.device_code
    )

    assert started.expires_at > case.clock.now()
    usable_until(case, end)


def test_an_authorization_code_becomes_a_token(case: Case) -> None:
    """The browser brings a code; the token is in the cache on return."""
    registration = case.center.registration(case.session, Grant.AUTHORIZATION_CODE)
    code, pkce = case.come_back(registration)
    end = case.center.redeem_authorization_code(case.session, registration, code, pkce)

    usable_until(case, end)


def test_a_renewal_is_in_the_cache(case: Case) -> None:
    """A renewal needs nobody, and another one works with what it left."""
    case.issue()
    before = stored(case)
    case.center.refresh(case.session)
    between = stored(case)
    after = usable_until(case, case.center.refresh(case.session))

    assert isinstance(before, CachedToken)
    assert isinstance(between, CachedToken)
    marks = {before.fingerprint, between.fingerprint, after.fingerprint}
    assert len(marks) == 3


@pytest.mark.parametrize(
    "kind", [SessionOver, RegistrationOver, Refused, SlowDown, CannotTell]
)
def test_a_refused_renewal_changes_nothing(case: Case, kind: type[TrayError]) -> None:
    """Each refusal is told as what it is, and the cache is as it was."""
    case.issue()
    before = stored(case)
    case.trouble(kind)
    with pytest.raises(kind) as caught:
        case.center.refresh(case.session)

    assert type(caught.value) is kind
    assert caught.value.title
    assert stored(case) == before


@pytest.mark.parametrize("kind", sorted(set(TROUBLES) - {SessionOver}, key=str))
def test_a_refused_log_in_leaves_no_token(case: Case, kind: type[TrayError]) -> None:
    """A device code that is refused is told as what it is; nothing is written."""
    registration = case.center.registration(case.session, Grant.DEVICE_CODE)
    started = case.center.start_device_authorization(case.session, registration)
    case.trouble(kind)
    with pytest.raises(kind) as caught:
        case.center.redeem_device_code(case.session, registration, started.device_code)

    assert type(caught.value) is kind
    assert stored(case) is None


def test_an_expired_code_is_told(case: Case) -> None:
    """An authorization code that came too late is told as that."""
    registration = case.center.registration(case.session, Grant.AUTHORIZATION_CODE)
    code, pkce = case.come_back(registration)
    case.trouble(CodeExpired)
    with pytest.raises(CodeExpired):
        case.center.redeem_authorization_code(case.session, registration, code, pkce)

    assert stored(case) is None
