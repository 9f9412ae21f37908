"""Renewals in bad weather: whatever the network does, a session is not ended by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.portal import AccessPortal
from tray.aws.registrations import RegistrationFiles
from tray.core.errors import CannotTell, LoginRequired, SessionOver
from tray.core.model import SsoSession
from tray.demo.center import Center, CenterSettings, Failure, Operation, Rotation
from tray.system.clock import Pauses, SystemClock

WEATHER = {
    "server error": Failure.server_error(500),
    "bad gateway": Failure.server_error(502),
    "throttled": Failure.throttled(),
    "closed": Failure.close(),
    "answer lost": Failure.close(after=True),
    "half an answer": Failure.half(),
    "not the JSON": Failure.wrong_json(),
    "other types": Failure.wrong_types(),
    "captive redirect": Failure.captive_redirect(),
    "captive page": Failure.captive_page(),
    "huge": Failure.huge(),
}


class World:
    """Our own small server, and the edge that talks to it."""

    def __init__(self, server: Center, home: Path) -> None:
        self.server = server
        folder, pause = home / ".aws" / "sso" / "cache", Pauses().pause
        self.session = SsoSession("corp", server.start_url("corp"), "eu-west-1")
        self.path = folder / f"{self.session.cache_key}.json"
        self.tokens = TokenFiles(folder, pause)
        clients = Clients()
        kept = RegistrationFiles(folder, pause)
        self.center = Oidc(self.tokens, kept, clients, SystemClock())
        self.portal = AccessPortal(self.tokens, clients)

    def log_in(self) -> None:
        """Put a token of the server's into the cache."""
        self.tokens.write(self.session, self.server.issue("corp", "alice"))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, calm_world: Path) -> Iterator[World]:
    """Give a world in which alice has just logged in."""
    with Center(CenterSettings(), SystemClock().now) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", server.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", server.url)
        made = World(server, calm_world)
        made.log_in()
        yield made


@pytest.mark.parametrize("weather", WEATHER)
def test_no_weather_ends_a_session(world: World, weather: str) -> None:
    """The renewal is asked for once, nothing is known, and the file is as it was."""
    before = world.path.read_bytes()
    world.server.fail(Operation.CREATE_TOKEN, WEATHER[weather])
    with pytest.raises(CannotTell):
        world.center.refresh(world.session)

    assert world.path.read_bytes() == before
    assert world.server.count(Operation.CREATE_TOKEN) == 1


@pytest.mark.parametrize("weather", WEATHER)
def test_no_weather_logs_out(world: World, weather: str) -> None:
    """A log-out that can't be told to the server says so, or is well."""
    world.server.fail(Operation.LOGOUT, WEATHER[weather])
    try:
        world.portal.logout(world.session)
    except CannotTell:
        pass
    else:
        # answers whose body does not matter: no page of somebody else's
        assert weather in {"half an answer", "not the JSON", "other types", "huge"}

    assert world.path.exists()


def test_an_outage_passes(world: World) -> None:
    """While nobody listens nothing is known; afterwards the renewal works."""
    world.server.stop()
    with pytest.raises(CannotTell, match="can't be reached"):
        world.center.refresh(world.session)
    world.server.start()

    world.center.refresh(world.session)


@pytest.mark.parametrize("rotation", Rotation)
def test_refresh_tokens_may_rotate_as_they_like(
    world: World, rotation: Rotation
) -> None:
    """New ones, the same one, none: renewals go on and on."""
    world.server.configure(replace(world.server.settings, rotation=rotation))
    world.log_in()
    for _ in range(3):
        world.center.refresh(world.session)

    assert world.server.count(Operation.CREATE_TOKEN) == 3


def test_the_session_ends_when_it_is_revoked(world: World) -> None:
    """A revoked session is over for renewals, and logging out of it is no error."""
    world.server.revoke("corp")
    with pytest.raises(SessionOver):
        world.center.refresh(world.session)
    world.portal.logout(world.session)


def test_logging_out_ends_the_renewals(world: World) -> None:
    """After a log-out the server refuses what the cache still holds."""
    world.portal.logout(world.session)
    with pytest.raises(SessionOver):
        world.center.refresh(world.session)


def test_a_forgotten_client_is_told(world: World) -> None:
    """When the registration is gone, people must log in."""
    world.server.forget_clients()
    with pytest.raises(LoginRequired):
        world.center.refresh(world.session)


def test_a_token_is_cut_to_its_session(world: World) -> None:
    """A token that ends with the portal session is kept with its true end."""
    short = replace(world.server.settings, session_life=timedelta(minutes=10))
    world.server.configure(short)
    world.log_in()

    end = world.center.refresh(world.session)

    assert end < SystemClock().now() + timedelta(minutes=11)
