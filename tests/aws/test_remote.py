"""The daemon's side of the child's operations, and what it must not import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, hours
from tests.fakes.basics import FakeClock
from tests.fakes.center import DictCache, ScriptedCenter, ScriptedPortal, ScriptedSts
from tray.aws.operations import operations
from tray.aws.remote import RemoteIdentityCenter, RemotePortal
from tray.core.accounts import Account
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, SessionOver
from tray.core.model import ClientRegistration, Grant, PkceRequest, Secret
from tray.system.answering import Operations

CORP = a_session()
LEGACY = a_session(legacy=True)
PKCE = PkceRequest("http://127.0.0.1:1/oauth/callback", "state-1", Secret("v" * 64))


class Direct:
    """A channel without a pipe: whatever passes could have been JSON."""

    def __init__(self, served: Operations) -> None:
        self._served = served

    def call(
        self, operation: str, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Serve at once."""
        answer = self._served[operation](json.loads(json.dumps(arguments)))
        parsed = json.loads(json.dumps(answer))
        assert isinstance(parsed, dict)
        return parsed


class Rigged:
    """A channel that answers what a test says."""

    def __init__(self, answer: Mapping[str, object]) -> None:
        self._answer = answer

    def call(
        self, operation: str, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Give the answer, whatever was asked."""
        assert operation
        assert arguments
        return self._answer


def a_center() -> tuple[ScriptedCenter, ScriptedPortal, Direct]:
    """Give a scripted service and a channel to it."""
    center, portal = ScriptedCenter(FakeClock(), DictCache()), ScriptedPortal()
    return (
        center,
        portal,
        Direct(operations(center, portal, portal, center, ScriptedSts())),
    )


@pytest.mark.parametrize("session", [CORP, LEGACY])
def test_every_operation_passes_whole(session: object) -> None:
    """What goes through the channel is the same on both sides."""
    assert isinstance(session, type(CORP))
    center, portal, channel = a_center()
    remote = RemoteIdentityCenter(channel)
    device = remote.registration(session, Grant.DEVICE_CODE)
    code = remote.registration(session, Grant.AUTHORIZATION_CODE)

    assert device == center.registration(session, Grant.DEVICE_CODE)
    assert remote.authorize_url(session, code, PKCE) == center.authorize_url(
        session, code, PKCE
    )
    started = remote.start_device_authorization(session, device)
    assert started == center.start_device_authorization(session, device)
    end = remote.redeem_device_code(session, device, started.device_code)
    assert end == NOON + hours(1)
    given = Secret("code for state-1")
    assert remote.redeem_authorization_code(session, code, given, PKCE) == end
    center.answers = [timedelta(minutes=7)]
    assert remote.refresh(session) == NOON + timedelta(minutes=7)
    assert session.cache_key in center.cache.entries
    RemotePortal(channel).logout(session)
    assert portal.ended == [session.name]
    portal.accounts = (Account("111122223333", "Prod\n\u202e", "a@b"), Account("1"))
    assert RemotePortal(channel).list_accounts(session) == portal.accounts
    keys = RoleCredentials("ASIA1", Secret("key"), Secret("token"), NOON + hours(1))
    portal.credentials = [keys]
    assert (
        RemotePortal(channel).role_credentials(session, a_profile(session=session.name))
        == keys
    )


@pytest.mark.parametrize("ahead", [None, timedelta(minutes=-7), timedelta(hours=1)])
def test_the_services_clock_passes(ahead: timedelta | None) -> None:
    """How wrong our clock is comes through; not knowing it too."""
    center, _, channel = a_center()
    center.clock_ahead = ahead

    assert RemoteIdentityCenter(channel).ahead(CORP) == ahead


def test_errors_pass() -> None:
    """What the service says is said on this side."""
    center, _, channel = a_center()
    center.answers = [SessionOver("Over.", "Log in.")]

    with pytest.raises(SessionOver, match="Over"):
        RemoteIdentityCenter(channel).refresh(CORP)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"expires_at": 7},
        {"expires_at": "2026-03-02T12:00:00"},
        {"client_id": "a", "client_secret": "b", "expires_at": "soon"},
        {"client_id": "a", "client_secret": "b", "scopes": [], "grant": "magic"},
        {"client_id": 7, "grant": "device_code"},
        {"interval": "soon", "device_code": "a"},
    ],
)
def test_an_answer_of_another_version_is_told(answer: Mapping[str, object]) -> None:
    """An answer that can't be read is no success and no crash."""
    remote = RemoteIdentityCenter(Rigged(answer))
    registration = ClientRegistration("a", Secret("b"), NOON)

    for call in (
        lambda: remote.refresh(CORP),
        lambda: remote.registration(CORP, Grant.DEVICE_CODE),
        lambda: remote.start_device_authorization(CORP, registration),
    ):
        with pytest.raises(CannotTell):
            call()


@pytest.mark.parametrize(
    "accounts", [None, {}, "x", [7], [[]], [["1", "a"]], [["1", "a", None]]]
)
def test_accounts_of_another_version_are_told(accounts: object) -> None:
    """A list that can't be read is an error, and never an empty or shorter list."""
    with pytest.raises(CannotTell):
        RemotePortal(Rigged({"accounts": accounts})).list_accounts(CORP)


@pytest.mark.parametrize("missing", ["session", "grant"])
def test_a_request_of_another_version_is_refused(missing: str) -> None:
    """Operations refuse what they can't read by `ValueError`, not by a guess."""
    _, _, channel = a_center()
    arguments = {
        "session": {
            "name": "corp",
            "start_url": "https://x",
            "region": "eu-west-1",
            "scopes": [],
            "legacy": False,
        },
        "grant": "authorization_code",
    }
    del arguments[missing]

    with pytest.raises(ValueError, match=missing):
        channel.call("registration", arguments)


def test_the_daemons_side_imports_nothing_heavy() -> None:
    """The daemon reads the cache and asks the child without boto3 in its memory."""
    program = (
        "import sys, tray.aws.cache, tray.aws.callback, tray.aws.remote, "
        "tray.aws.registrations, tray.system.child\n"
        "heavy = {'boto3', 'botocore', 'urllib3', 'http', 'email', 'tempfile'}\n"
        "sys.stdout.write(' '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout == ""
