"""Registrations in log-ins at our own center: new ones in time, before any browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.basics import FakeClock
from tray.aws.cache import TokenFiles
from tray.aws.callback import LoopbackRedirects
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles, registration_key
from tray.core.errors import RegistrationOver, TrayError
from tray.core.model import Grant, PkceRequest, Secret, SsoSession
from tray.demo.center import Center, CenterSettings, Operation
from tray.demo.person import Person

GRANTS = [Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE]


class World:
    """One center, one cache folder, and our clock, which need not be the center's."""

    def __init__(self, server: Center, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
        self.session = SsoSession("corp", server.start_url("corp"), "eu-west-1")
        self.path = folder / f"{registration_key(self.session)}.json"
        self.kept = RegistrationFiles(folder, lambda _: None)
        self.tokens = TokenFiles(folder, lambda _: None)
        self.oidc = self.anew()

    def anew(self) -> Oidc:
        """Give what a new process has."""
        return Oidc(self.tokens, self.kept, Clients(self.clock), self.clock)

    @property
    def registered(self) -> int:
        """How many registrations the center has given."""
        return self.server.count(Operation.REGISTER_CLIENT)

    def log_in(self, grant: Grant) -> None:
        """Log in as alice, by the real pages."""
        registration = self.oidc.registration(self.session, grant)
        if grant is Grant.DEVICE_CODE:
            device = self.oidc.start_device_authorization(self.session, registration)
            Person("alice").visit(device.verification_uri_complete, device.user_code)
            self.oidc.redeem_device_code(self.session, registration, device.device_code)
            return
        with (
            LoopbackRedirects().listen("corp") as redirect,
            ThreadPoolExecutor() as pool,
        ):
            pkce = PkceRequest(redirect.uri, "state-1", Secret("v" * 64))
            url = self.oidc.authorize_url(self.session, registration, pkce)
            visit = pool.submit(Person("alice").visit, url)
            code = redirect.wait("state-1", timedelta(seconds=20))
            assert visit.result(20)
        self.oidc.redeem_authorization_code(self.session, registration, code, pkce)

    def age(self, left: timedelta) -> None:
        """Let the registration that is kept end so soon."""
        members = json.loads(self.path.read_text())
        end = self.clock.now() + left
        members["expiresAt"] = f"{end:%Y-%m-%dT%H:%M:%SZ}"
        self.path.write_text(json.dumps(members))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[World]:
    """Give a world whose clocks agree."""
    with Center(CenterSettings(), lambda: datetime.now(UTC)) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", server.url)
        yield World(server, tmp_path / "cache")


@pytest.mark.parametrize("grant", GRANTS)
def test_one_registration_serves_log_in_after_log_in(
    world: World, grant: Grant
) -> None:
    """What has worked is used again, by the next process too."""
    for _ in range(3):
        world.log_in(grant)
        world.oidc = world.anew()

    assert world.registered == 1
    assert world.path.exists()


@pytest.mark.parametrize("grant", GRANTS)
def test_what_is_about_to_end_is_made_anew(world: World, grant: Grant) -> None:
    """With less than 15 minutes left nobody is sent to the browser with it."""
    world.log_in(grant)
    world.age(timedelta(minutes=14))
    world.log_in(grant)

    assert world.registered == 2
    assert json.loads(world.path.read_text())["expiresAt"] > f"{world.clock.now():%Y}"


@pytest.mark.parametrize("grant", GRANTS)
@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"clientId": 7}'])
def test_damage_is_healed_by_the_next_log_in(
    world: World, grant: Grant, content: str
) -> None:
    """A torn or foreign file is replaced, and nobody notices."""
    world.log_in(grant)
    world.path.write_text(content)
    world.log_in(grant)

    assert world.registered == 2
    assert json.loads(world.path.read_text())["clientId"]


def test_each_way_to_log_in_has_its_own(world: World) -> None:
    """No client is registered for both ways: the service refuses such."""
    for grant in (*GRANTS, *GRANTS):
        world.log_in(grant)
        grants = json.loads(world.path.read_text()).get("grantTypes", [])
        assert Grant.DEVICE_CODE.value not in grants
        assert bool(grants) is (grant is Grant.AUTHORIZATION_CODE)

    assert world.registered == 4


def test_our_clock_may_be_behind(world: World) -> None:
    """The end is the service's; a slow clock of ours does not keep what is over."""
    world.clock.advance(timedelta(hours=-2))
    world.log_in(Grant.DEVICE_CODE)
    world.age(timedelta(hours=1))  # an hour ago, by the service's clock
    world.log_in(Grant.DEVICE_CODE)

    assert world.registered == 2


@pytest.mark.parametrize("grant", GRANTS)
def test_our_clock_may_be_ahead(world: World, grant: Grant) -> None:
    """A clock of ours that is years ahead costs a registration, and no log-in."""
    world.clock.advance(timedelta(days=1000))
    world.log_in(grant)
    world.oidc = world.anew()
    world.log_in(grant)

    assert world.registered == 2


def test_a_forgotten_client_is_dropped_before_the_browser(world: World) -> None:
    """With a device code the service tells at once, and the next one is new."""
    world.log_in(Grant.DEVICE_CODE)
    world.server.forget_clients()
    registration = world.oidc.registration(world.session, Grant.DEVICE_CODE)
    with pytest.raises(RegistrationOver):
        world.oidc.start_device_authorization(world.session, registration)
    assert not world.path.exists()

    world.log_in(Grant.DEVICE_CODE)


def test_a_forgotten_client_is_met_in_the_browser_once(world: World) -> None:
    """With an authorization code only the browser tells: never twice."""
    world.log_in(Grant.AUTHORIZATION_CODE)
    world.server.forget_clients()
    world.oidc.registration(world.session, Grant.AUTHORIZATION_CODE)
    world.oidc = world.anew()  # the person closed the page and went for a coffee

    world.log_in(Grant.AUTHORIZATION_CODE)


@pytest.mark.parametrize("grant", GRANTS)
def test_a_folder_that_takes_nothing_is_told_first(world: World, grant: Grant) -> None:
    """Where no file can be written nobody is sent to a browser in vain."""
    world.folder.parent.mkdir(exist_ok=True)
    world.folder.write_text("")

    with pytest.raises(TrayError, match="can't be written"):
        world.log_in(grant)
    assert world.server.count(Operation.CREATE_TOKEN) == 0
