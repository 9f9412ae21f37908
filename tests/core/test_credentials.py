"""How credentials are written for each shell, whatever they hold."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOON
from tray.core.credentials import Format, RoleCredentials, environment
from tray.core.model import Secret

assert sys.platform != "win32"  # of its shells only the words are tried

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


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("region", ['x" & calc & "', "x\nEVIL=1", "%PATH%", "$(id)"])
def test_what_is_no_region_is_left_out(form: Format, region: str) -> None:
    """What somebody wrote into a config never becomes a command of a shell."""
    assert region not in environment(CREDENTIALS, "1", region, form)
    assert "EVIL" not in environment(CREDENTIALS, "1", region, form)


ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("shell", "form"),
    [
        ("bash", Format.BASH),
        pytest.param("zsh", Format.BASH, marks=pytest.mark.live),
        pytest.param("fish", Format.FISH, marks=pytest.mark.live),
    ],
)
@given(key=ODD)
@settings(max_examples=15, deadline=None)
def test_real_shells_read_back_what_was_meant(
    shell: str, form: Format, key: str
) -> None:
    """Whatever a key holds, the shell has it whole and runs none of it."""
    odd = RoleCredentials("ASIAKEY", Secret(key), Secret("t"), NOON)
    code = f'{environment(odd, "1", "", form)}\nprintf %s "$AWS_SECRET_ACCESS_KEY"'
    environ = {"PATH": os.environ["PATH"], "HOME": "/none", "LANG": "C.UTF-8"}
    plain = ["--no-config"] if shell == "fish" else []
    done = subprocess.run(
        [shell, *plain, "-c", code], env=environ, check=True, capture_output=True
    )

    assert done.stdout.decode() == key


def test_json_is_that_of_a_credential_process() -> None:
    """The form that programs read has the version that they ask for."""
    document = json.loads(environment(CREDENTIALS, "1", "", Format.JSON))

    assert (document["Version"], document["AccountId"]) == (1, "1")


def test_no_secret_shows_in_a_repr() -> None:
    """A log line that holds credentials shows dots."""
    assert "a'b" not in repr(CREDENTIALS)
    assert "t+/=" not in repr(CREDENTIALS)
