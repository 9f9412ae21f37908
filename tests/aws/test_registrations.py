"""The client registrations, in AWS CLI v2's form."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON, a_session
from tray.aws.registrations import RegistrationFiles, registration_key
from tray.core.errors import TrayError
from tray.core.model import ClientRegistration, Grant, Secret, SsoSession

CORP = a_session()
CODE = ClientRegistration(
    "client-1",
    Secret("client-secret-1"),
    NOON + timedelta(days=90),
    ("sso:account:access",),
    Grant.AUTHORIZATION_CODE,
)
DEVICE = replace(CODE, grant=Grant.DEVICE_CODE)


def pause(_: float) -> None:
    """Take no time."""


START = "https://acme.awsapps.com/start"


@pytest.mark.parametrize(
    ("session", "described"),
    [
        (
            CORP,
            (
                '{"region": "eu-west-1", "scopes": null, "session_name": "corp", '
                f'"startUrl": "{START}", "tool": "botocore"}}'
            ),
        ),
        (
            replace(CORP, registration_scopes=("a:b", "c:d")),
            (
                '{"region": "eu-west-1", "scopes": ["a:b", "c:d"], '
                f'"session_name": "corp", "startUrl": "{START}", "tool": "botocore"}}'
            ),
        ),
        (
            a_session(legacy=True),
            (
                '{"region": "eu-west-1", "scopes": null, "session_name": null, '
                f'"startUrl": "{START}", "tool": "botocore"}}'
            ),
        ),
    ],
)
def test_the_name_is_the_clis(session: SsoSession, described: str) -> None:
    """AWS CLI v2 finds our registrations, and we find those that it made."""
    assert registration_key(session) == hashlib.sha1(described.encode()).hexdigest()


@pytest.mark.parametrize("registration", [CODE, DEVICE])
def test_what_is_written_is_read(
    tmp_path: Path, registration: ClientRegistration
) -> None:
    """A registration comes back for its grant, and for no other."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, registration)
    other = ({Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE} - {registration.grant}).pop()

    assert files.read(CORP, registration.grant, NOON) == registration
    assert files.read(CORP, other, NOON) is None


def test_members_are_those_of_the_cli(tmp_path: Path) -> None:
    """Only a registration for authorization codes carries grant types."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, CODE)
    path = tmp_path / f"{registration_key(CORP)}.json"
    code = json.loads(path.read_text())
    files.write(CORP, DEVICE)
    device = json.loads(path.read_text())

    assert code == {
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "expiresAt": "2026-05-31T12:00:00Z",
        "scopes": ["sso:account:access"],
        "grantTypes": ["authorization_code", "refresh_token"],
    }
    assert device == {name: code[name] for name in code if name != "grantTypes"}


@pytest.mark.parametrize(
    ("left", "kept"),
    [(timedelta(minutes=15), True), (timedelta(minutes=14, seconds=59), False)],
)
def test_an_ending_registration_is_none(
    tmp_path: Path, left: timedelta, *, kept: bool
) -> None:
    """With less than 15 minutes left a registration is made anew."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, replace(DEVICE, expires_at=NOON + left))

    assert (files.read(CORP, Grant.DEVICE_CODE, NOON) is not None) is kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"clientId": "a"}',
        '{"clientId": "a", "clientSecret": 1, "expiresAt": "2027-01-01T00:00:00Z"}',
        '{"clientId": "a", "clientSecret": "b", "expiresAt": "soon"}',
        '{"clientId": "a", "clientSecret": "b", "expiresAt": 1800000000}',
        '{"clientId": "a", "clientSecret": "b"}',
        '{"clientId": "", "clientSecret": "b", "expiresAt": "2027-01-01T00:00:00Z"}',
        '{"clientId": "a", "clientSecret": "", "expiresAt": "2027-01-01T00:00:00Z"}',
        '{"clientId": "a", "clientSecret": null, "expiresAt": "2027-01-01T00:00:00Z"}',
        '{"clientId": "a", "clientSecret": "b", "expiresAt": "2027-01-01T00:00',
        "x" * (1 << 21),
        "[" * 100_000,
        (
            '{"clientId": "a", "clientSecret": "b", "grantTypes": [], '
            '"expiresAt": "2027-01-01T00:00:00Z"}'
        ),
        (
            '{"clientId": "a", "clientSecret": "b", "grantTypes": {"a": 1}, '
            '"expiresAt": "2027-01-01T00:00:00Z"}'
        ),
        (
            '{"clientId": "a", "clientSecret": "b", "grantTypes": "odd", '
            '"expiresAt": "2027-01-01T00:00:00Z"}'
        ),
    ],
)
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, text: str) -> None:
    """A torn or foreign file is no registration, and no error."""
    (tmp_path / f"{registration_key(CORP)}.json").write_text(text)
    files = RegistrationFiles(tmp_path, pause)

    assert files.read(CORP, Grant.DEVICE_CODE, NOON) is None
    assert files.read(a_session("other"), Grant.DEVICE_CODE, NOON) is None


def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    """A registration that can't be kept is told."""
    (tmp_path / "file").write_text("")
    files = RegistrationFiles(tmp_path / "file", pause)

    with pytest.raises(TrayError, match="can't be written"):
        files.write(CORP, CODE)
    files.remove(CORP)


def test_a_registration_can_be_forgotten(tmp_path: Path) -> None:
    """What the service no longer knows is not offered to it again."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, CODE)
    files.remove(CORP)

    assert files.read(CORP, Grant.AUTHORIZATION_CODE, NOON) is None


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"grantTypes": None},
        {"version": 7, "authorizationEndpoint": "https://x.example", "scopes": "a:b"},
        {"clientIdIssuedAt": 1, "clientSecretExpiresAt": 2, "redirectUris": ["x"]},
    ],
)
def test_what_other_versions_add_is_no_hindrance(
    tmp_path: Path, more: dict[str, object]
) -> None:
    """Without grant types it is for device codes; the unknown is passed over."""
    members = {
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "expiresAt": "2026-05-31T12:00:00Z",
        **more,
    }
    (tmp_path / f"{registration_key(CORP)}.json").write_text(json.dumps(members))
    files = RegistrationFiles(tmp_path, pause)

    assert files.read(CORP, Grant.DEVICE_CODE, NOON) == replace(DEVICE, scopes=())
    assert files.read(CORP, Grant.AUTHORIZATION_CODE, NOON) is None


def test_a_log_in_that_came_to_nothing_is_not_stuck(tmp_path: Path) -> None:
    """What the service has forgotten shows in the browser only; once is enough."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, CODE)

    assert files.take(CORP, Grant.AUTHORIZATION_CODE, NOON) == CODE
    assert files.take(CORP, Grant.AUTHORIZATION_CODE, NOON) is None
    files.give_back(CORP, CODE)
    assert files.take(CORP, Grant.AUTHORIZATION_CODE, NOON) == CODE


def test_a_registration_for_device_codes_stays(tmp_path: Path) -> None:
    """The service tells at once when it does not know it, so it is used again."""
    files = RegistrationFiles(tmp_path, pause)
    files.write(CORP, DEVICE)

    for _ in range(3):
        assert files.take(CORP, Grant.DEVICE_CODE, NOON) == DEVICE
    assert files.take(CORP, Grant.AUTHORIZATION_CODE, NOON) is None
    assert files.take(CORP, Grant.DEVICE_CODE, NOON) == DEVICE


def test_giving_back_never_fails(tmp_path: Path) -> None:
    """Who has logged in hears nothing of a folder that takes no registration."""
    (tmp_path / "file").write_text("")
    RegistrationFiles(tmp_path / "file", pause).give_back(CORP, CODE)
    folder = tmp_path / f"{registration_key(CORP)}.json"
    folder.mkdir()
    files = RegistrationFiles(tmp_path, pause)
    files.give_back(CORP, CODE)

    assert files.take(CORP, Grant.AUTHORIZATION_CODE, NOON) is None
