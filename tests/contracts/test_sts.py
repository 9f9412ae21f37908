"""What every giver of further roles promises: the fake, boto3, and boto3 in a child."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, hours
from tests.fakes.aws import Canned, canned_service
from tests.fakes.center import ScriptedSts
from tray.aws.clients import Clients
from tray.aws.remote import RemoteSts
from tray.aws.sts import Sts
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, ConfigError, Refused, TrayError
from tray.core.model import Profile, Secret
from tray.core.ports import RoleAssumer
from tray.core.roles import AssumedRole
from tray.demo.center import Center, CenterSettings, Failure, Operation, Role
from tray.demo.center.sts import give_keys
from tray.system.child import Child, worker_command
from tray.system.clock import SystemClock

CORP = a_session()
DEPLOYER = "arn:aws:iam::111100000003:role/deployer"
AUDITOR = "arn:aws:iam::111100000004:role/team/auditor"
FAILURES: dict[type[TrayError], Failure] = {
    CannotTell: Failure.server_error(503),
    Refused: Failure.sts("AccessDenied"),
}


@dataclass
class Case:
    """STS with the levers that the contract needs."""

    sts: RoleAssumer
    keys: RoleCredentials
    fail: Callable[[type[TrayError]], None]
    center: Center | None = None
    now: datetime = NOON


def profile(arn: str = DEPLOYER, **more: object) -> Profile:
    """Give a profile with one role over SSO."""
    role = replace(AssumedRole(arn), **more)  # type: ignore[arg-type]
    return replace(a_profile("deploy"), source_profile="dev", roles=(role,))


def fake_case() -> Case:
    """Give the fake of the flows."""
    sts = ScriptedSts()

    def fail(kind: type[TrayError]) -> None:
        sts.answers = [kind("It failed.", "")]

    keys = RoleCredentials("A", Secret("key"), Secret("token"), NOON + hours(1))
    return Case(sts, keys, fail)


def real_case(server: Center, sts: RoleAssumer) -> Case:
    """Give a real edge at our own small server, with keys that it knows."""
    end = timedelta(hours=1)
    arn = "arn:aws:sts::111100000001:assumed-role/ReadOnly/alice"
    name, secret, keys = give_keys(server._ledger, arn, end)
    held = RoleCredentials(name, Secret(secret), Secret(keys.token), keys.expires_at)

    def fail(kind: type[TrayError]) -> None:
        server.fail(Operation.ASSUME_ROLE, FAILURES[kind], None)

    return Case(sts, held, fail, server, datetime.now(UTC))


ROLES = (
    Role(DEPLOYER),
    Role(AUDITOR, "x-1", "arn:aws:sts::111100000001:assumed-role/ReadOnly/"),
)


@pytest.fixture(params=["fake", "boto3", "child"])
def case(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, calm_world: object
) -> Iterator[Case]:
    """Give each implementation."""
    assert calm_world
    if request.param == "fake":
        yield fake_case()
        return
    with Center(CenterSettings(roles=ROLES), SystemClock().now) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", server.url)
        if request.param == "boto3":
            yield real_case(server, Sts(Clients()))
            return
        child = Child(worker_command(), os.environ)
        yield real_case(server, RemoteSts(child))
        running = child._running
        child.close()
        if running:
            running._process.wait(20)


def test_a_role_is_given(case: Case) -> None:
    """Other keys than before come, and they last for an hour."""
    given = case.sts.assume(CORP, profile(), case.keys)

    assert given.access_key_id != case.keys.access_key_id
    assert given.session_token.reveal()
    left = given.expiration - case.now
    assert timedelta(minutes=59) < left <= timedelta(minutes=60, seconds=5)


def test_one_role_leads_to_the_next(case: Case) -> None:
    """What was given is enough to ask with again."""
    first = case.sts.assume(CORP, profile(), case.keys)
    second = case.sts.assume(CORP, profile(), first)

    assert second.expiration > case.now


@pytest.mark.parametrize("kind", FAILURES)
def test_trouble_is_told_as_what_it_is(case: Case, kind: type[TrayError]) -> None:
    """A fault is weather, a refusal is one."""
    case.fail(kind)

    with pytest.raises(kind):
        case.sts.assume(CORP, profile(), case.keys)


@pytest.fixture
def sts(monkeypatch: pytest.MonkeyPatch, calm_world: object) -> Iterator[Case]:
    """Give the real edge alone."""
    assert calm_world
    with Center(CenterSettings(roles=ROLES), SystemClock().now) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", server.url)
        yield real_case(server, Sts(Clients()))


def test_what_a_profile_says_is_asked_for(sts: Case) -> None:
    """External ID, name and length reach STS."""
    wanted = profile(AUDITOR, external_id="x-1", session_name="me", duration=900)

    given = sts.sts.assume(CORP, wanted, sts.keys)

    assert given.expiration - sts.now < timedelta(minutes=15, seconds=5)
    assert sts.center
    arn = sts.center._ledger.keys[given.access_key_id].arn
    assert arn == "arn:aws:sts::111100000004:assumed-role/auditor/me"


@pytest.mark.parametrize(
    ("wanted", "kind", "word"),
    [
        (profile(AUDITOR), Refused, "external_id"),
        (profile(DEPLOYER.replace("deployer", "emperor")), Refused, "emperor"),
        (profile("arn"), ConfigError, "role_arn"),
        (profile("r" * 30), Refused, "'rrr"),
        (profile(duration=7200), ConfigError, "3600"),
        (profile(session_name="two words"), Refused, "deploy"),
    ],
)
def test_what_can_not_be(
    sts: Case, wanted: Profile, kind: type[TrayError], word: str
) -> None:
    """Each is told with what to change, and no secret."""
    if wanted.roles[0].session_name:
        sts.keys = replace(sts.keys, session_token=Secret("made up"))

    with pytest.raises(kind) as caught:
        sts.sts.assume(CORP, wanted, sts.keys)

    assert word in str(caught.value)
    assert sts.keys.secret_access_key.reveal() not in str(caught.value)


def test_throttling_is_waited_out(sts: Case) -> None:
    """What comes too soon is asked for again; botocore makes the pauses."""
    assert sts.center
    sts.center.fail(Operation.ASSUME_ROLE, Failure.sts("Throttling", 400), 2)

    sts.sts.assume(CORP, profile(), sts.keys)

    assert sts.center.count(Operation.ASSUME_ROLE) == 3


def test_throttling_without_end_is_weather(sts: Case) -> None:
    """After three tries nothing is known, and nobody is told to log in."""
    assert sts.center
    sts.center.fail(Operation.ASSUME_ROLE, Failure.sts("Throttling", 400), None)

    with pytest.raises(CannotTell):
        sts.sts.assume(CORP, profile(), sts.keys)
    assert sts.center.count(Operation.ASSUME_ROLE) == 3


def test_a_region_that_is_off(sts: Case) -> None:
    """It is named."""
    assert sts.center
    sts.center.fail(Operation.ASSUME_ROLE, Failure.sts("RegionDisabledException"), None)

    with pytest.raises(ConfigError, match="eu-west-1"):
        sts.sts.assume(CORP, profile(), sts.keys)


def test_an_answer_without_keys_is_not_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like STS's answer and has nothing in it is no answer."""
    empty = b"<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"
    keys = RoleCredentials("A", Secret("key"), Secret("token"), NOON)
    with canned_service(Canned(200, empty, {"Content-Type": "text/xml"})) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", service.url)
        with pytest.raises(CannotTell):
            Sts(Clients()).assume(CORP, profile(), keys)


def test_nonsense_is_not_aws(sts: Case) -> None:
    """An answer without keys is no answer."""
    assert sts.center
    sts.center.fail(Operation.ASSUME_ROLE, Failure.wrong_json(), None)

    with pytest.raises(CannotTell):
        sts.sts.assume(CORP, profile(), sts.keys)
