"""What a command of `exec` finds in its variables."""

from __future__ import annotations

from tests.builders import NOON
from tray.core.credentials import RoleCredentials
from tray.core.execution import (
    WINNERS,
    container_document,
    with_endpoint,
    with_keys,
)
from tray.core.model import Secret

KEYS = RoleCredentials("ASIA1", Secret("key"), Secret("token"), NOON)
OLD = {"PATH": "/bin", "AWS_CA_BUNDLE": "x", **dict.fromkeys(WINNERS, "old")}


def test_nothing_old_wins() -> None:
    """Whatever would be used in place of the profile is gone; the rest stays."""
    environ = with_endpoint(OLD, "", "http://127.0.0.1:1/x", "hush")

    assert environ == {
        "PATH": "/bin",
        "AWS_CA_BUNDLE": "x",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "hush",
    }


def test_keys_in_variables() -> None:
    """Programs that know nothing else get the keys and the profile's region."""
    environ = with_keys(OLD, "eu-west-1", KEYS)

    assert environ == {
        "PATH": "/bin",
        "AWS_CA_BUNDLE": "x",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "ASIA1",
        "AWS_SECRET_ACCESS_KEY": "key",
        "AWS_SESSION_TOKEN": "token",
        "AWS_CREDENTIAL_EXPIRATION": "2026-03-02T12:00:00Z",
    }


def test_the_endpoints_words() -> None:
    """The same values under the names that container endpoints use."""
    document = {
        "Version": 1,
        "AccessKeyId": "a",
        "SecretAccessKey": "b",
        "SessionToken": "c",
        "Expiration": "2026-03-02T12:00:00Z",
        "AccountId": "111122223333",
    }

    assert container_document(document) == {
        "AccessKeyId": "a",
        "SecretAccessKey": "b",
        "Token": "c",
        "Expiration": "2026-03-02T12:00:00Z",
        "AccountId": "111122223333",
    }
