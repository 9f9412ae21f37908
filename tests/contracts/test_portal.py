"""What every portal promises about accounts: the fake, boto3, and boto3 in a child."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.fakes.center import ScriptedPortal
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.portal import AccessPortal
from tray.aws.remote import RemotePortal
from tray.core.accounts import MOST_ACCOUNTS, Account
from tray.core.errors import CannotTell, LoginRequired, Refused, SessionOver, TrayError
from tray.core.model import SsoSession
from tray.core.ports import Portal
from tray.demo.center import (
    Center,
    CenterSettings,
    Failure,
    Operation,
    User,
    some_accounts,
)
from tray.demo.center import Portal as PortalSettings
from tray.system.child import Child, worker_command
from tray.system.clock import Pauses, SystemClock

FAILURES: dict[type[TrayError], Failure] = {
    CannotTell: Failure.server_error(),
    Refused: Failure.forbidden(),
    SessionOver: Failure.unauthorized(),
}
"""What the portal says for each of our errors."""


@dataclass
class Case:
    """A portal with the levers that the contract needs."""

    portal: Portal
    session: SsoSession
    have: Callable[[int], None]
    fail: Callable[[type[TrayError]], None]
    leave: Callable[[], None]


def fake_case() -> Case:
    """Give the fake of the flows."""
    portal = ScriptedPortal()

    def have(count: int) -> None:
        made = some_accounts(count)
        portal.accounts = tuple(
            Account(one.account_id, one.name, one.email) for one in made
        )
        portal.roles = {one.account_id: one.roles for one in made}

    def fail(kind: type[TrayError]) -> None:
        portal.accounts = kind("It failed.", "")

    return Case(portal, a_session(), have, fail, lambda: fail(LoginRequired))


def real_case(server: Center, portal: Portal, tokens: TokenFiles) -> Case:
    """Give a real edge at our own small server."""
    session = SsoSession("corp", server.start_url("corp"), "eu-west-1")

    def have(count: int) -> None:
        user = User("alice", "Alice", some_accounts(count))
        portals = (PortalSettings("corp", "Corp", (user,)),)
        server.configure(replace(server.settings, portals=portals))
        tokens.write(session, server.issue("corp", "alice"))

    def fail(kind: type[TrayError]) -> None:
        for operation in (Operation.LIST_ACCOUNTS, Operation.LIST_ACCOUNT_ROLES):
            server.fail(operation, FAILURES[kind], None)

    return Case(portal, session, have, fail, lambda: tokens.remove(session.cache_key))


@pytest.fixture(params=["fake", "boto3", "child"])
def case(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, calm_world: Path
) -> Iterator[Case]:
    """Give each implementation."""
    if request.param == "fake":
        yield fake_case()
        return
    with Center(CenterSettings(), SystemClock().now) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", server.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", server.url)
        tokens = TokenFiles(calm_world / ".aws" / "sso" / "cache", Pauses().pause)
        if request.param == "boto3":
            portal = AccessPortal(tokens, Clients(), lambda _: None)
            yield real_case(server, portal, tokens)
            return
        child = Child(worker_command(), os.environ)
        yield real_case(server, RemotePortal(child), tokens)
        running = child._running
        child.close()
        if running:
            running._process.wait(20)


@pytest.mark.parametrize("count", [0, 1, 100, 101, MOST_ACCOUNTS])
def test_every_account_is_there_once(case: Case, count: int) -> None:
    """However many pages it takes, the list is whole and in the portal's order."""
    case.have(count)

    accounts = case.portal.list_accounts(case.session)

    assert accounts == tuple(
        Account(one.account_id, one.name, one.email) for one in some_accounts(count)
    )


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failing_list_is_told_as_what_it_is(
    case: Case, kind: type[TrayError]
) -> None:
    """A fault, forbidden or over: an error, never a part of the list."""
    case.have(3)
    case.fail(kind)

    with pytest.raises(kind):
        case.portal.list_accounts(case.session)


def test_without_a_token_nobody_can_list(case: Case) -> None:
    """Nobody is logged in: a log-in is needed, and an empty list would be a lie."""
    case.have(1)
    case.leave()

    with pytest.raises(LoginRequired):
        case.portal.list_accounts(case.session)


def test_every_role_of_an_account_is_there(case: Case) -> None:
    """Those of this account, in the portal's order."""
    case.have(2)
    first, second = some_accounts(2)

    assert case.portal.list_roles(case.session, first.account_id) == first.roles
    assert case.portal.list_roles(case.session, second.account_id) == second.roles


@pytest.mark.parametrize("kind", FAILURES)
def test_roles_that_do_not_come_are_told_as_what_it_is(
    case: Case, kind: type[TrayError]
) -> None:
    """A fault, forbidden or over: an error, never an account without roles."""
    case.have(3)
    case.fail(kind)

    with pytest.raises(kind):
        case.portal.list_roles(case.session, some_accounts(1)[0].account_id)


def test_without_a_token_nobody_can_list_roles(case: Case) -> None:
    """Nobody is logged in: a log-in is needed."""
    case.have(1)
    case.leave()

    with pytest.raises(LoginRequired):
        case.portal.list_roles(case.session, some_accounts(1)[0].account_id)
