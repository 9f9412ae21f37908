"""How credentials are written for each shell, whatever they hold."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.builders import NOON
from tray.core.credentials import Format, RoleCredentials, environment
from tray.core.model import Secret

CREDENTIALS = RoleCredentials("ASIAKEY", Secret("a'b\\c"), Secret("t+/="), NOON)

LINES = [
    (Format.BASH, "export AWS_SECRET_ACCESS_KEY='a'\\''b\\c'"),
    (Format.FISH, "set -gx AWS_SECRET_ACCESS_KEY 'a\\'b\\\\c'"),
    (Format.POWERSHELL, "$Env:AWS_SECRET_ACCESS_KEY = 'a''b\\c'"),
    (Format.CMD, 'set "AWS_SECRET_ACCESS_KEY=a\'b\\c"'),
    (Format.DOTENV, "AWS_SECRET_ACCESS_KEY=a'b\\c"),
]


@pytest.mark.parametrize(("form", "line"), LINES)
def test_each_shell_gets_its_own_quotes(form: Format, line: str) -> None:
    """The second line is the key as that shell writes it."""
    assert environment(CREDENTIALS, "1", "", form).splitlines()[1] == line


def test_posix_shells_read_back_what_was_meant() -> None:
    """Split as a shell does, every variable has its value; regions come along."""
    text = environment(CREDENTIALS, "1", "eu-west-1", Format.BASH)
    words = shlex.split(text.replace("export ", ""))

    assert words == [
        "AWS_ACCESS_KEY_ID=ASIAKEY",
        "AWS_SECRET_ACCESS_KEY=a'b\\c",
        "AWS_SESSION_TOKEN=t+/=",
        "AWS_CREDENTIAL_EXPIRATION=2026-03-02T12:00:00Z",
        "AWS_REGION=eu-west-1",
        "AWS_DEFAULT_REGION=eu-west-1",
    ]


def test_json_is_that_of_a_credential_process() -> None:
    """The form that programs read has the version that they ask for."""
    document = json.loads(environment(CREDENTIALS, "1", "", Format.JSON))

    assert (document["Version"], document["AccountId"]) == (1, "1")


def test_no_secret_shows_in_a_repr() -> None:
    """A log line that holds credentials shows dots."""
    assert "a'b" not in repr(CREDENTIALS)
    assert "t+/=" not in repr(CREDENTIALS)
