"""How credentials are written for each shell, whatever they hold."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys

import dotenv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOON
from tray.core.credentials import (
    Format,
    RoleCredentials,
    environment,
    process_document,
    read_document,
    writable,
)
from tray.core.errors import TrayError
from tray.core.model import Secret

assert sys.platform != "win32"  # of its shells only the words are tried

CREDENTIALS = RoleCredentials("ASIAKEY", Secret("a'b\\c"), Secret("t+/="), NOON)

LINES = [
    (Format.BASH, "export AWS_SECRET_ACCESS_KEY='a'\\''b\\c'"),
    (Format.FISH, "set -gx AWS_SECRET_ACCESS_KEY 'a\\'b\\\\c'"),
    (Format.POWERSHELL, "$Env:AWS_SECRET_ACCESS_KEY = 'a''b\\c'"),
    (Format.CMD, 'set "AWS_SECRET_ACCESS_KEY=a\'b\\c"'),
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
    plain = RoleCredentials("ASIAKEY", Secret("key"), Secret("t"), NOON)
    text = environment(plain, "1", region, form)

    assert region not in text
    assert "EVIL" not in text


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


@given(key=st.text(min_size=1, max_size=40))
def test_a_dotenv_file_is_read_back_or_refused(key: str) -> None:
    """Each reader has the whole key, or people are told; nothing is half right."""
    odd = RoleCredentials("ASIAKEY", Secret(key), Secret("t"), NOON)
    if not writable(key, Format.DOTENV):
        with pytest.raises(TrayError, match="AWS_SECRET_ACCESS_KEY"):
            environment(odd, "1", "", Format.DOTENV)
        return
    text = environment(odd, "1", "", Format.DOTENV)

    read = dotenv.dotenv_values(stream=io.StringIO(text))
    assert read["AWS_SECRET_ACCESS_KEY"] == key
    assert shlex.split(text)[1] == f"AWS_SECRET_ACCESS_KEY={key}"


@pytest.mark.parametrize(
    ("form", "key", "line"),
    [
        (Format.CMD, "a/b+c=", 'set "AWS_SECRET_ACCESS_KEY=a/b+c="'),
        (Format.CMD, "a&b|c^d>e", 'set "AWS_SECRET_ACCESS_KEY=a&b|c^d>e"'),
        (Format.DOTENV, "a/b+c=", "AWS_SECRET_ACCESS_KEY=a/b+c="),
        (Format.DOTENV, "a #b", "AWS_SECRET_ACCESS_KEY='a #b'"),
        (Format.DOTENV, '$A"', "AWS_SECRET_ACCESS_KEY='$A\"'"),
        (
            Format.POWERSHELL,
            "a\u2019b",
            "$Env:AWS_SECRET_ACCESS_KEY = 'a\u2019\u2019b'",
        ),
        (Format.POWERSHELL, "$(x)`n", "$Env:AWS_SECRET_ACCESS_KEY = '$(x)`n'"),
    ],
)
def test_what_a_form_can_hold(form: Format, key: str, line: str) -> None:
    """Such a key stands in its line in this way."""
    odd = RoleCredentials("ASIAKEY", Secret(key), Secret("t"), NOON)

    assert environment(odd, "1", "", form).splitlines()[1] == line


@pytest.mark.parametrize(
    ("form", "key"),
    [
        *(
            (Format.CMD, key)
            for key in ('x" & calc & "', "%PATH%", "100%", "hi!", "a\rb")
        ),
        *((Format.DOTENV, key) for key in ("it's", "a\\n", "${HOME}", "a\nB=1")),
        *((form, "a\nb") for form in set(Format) - {Format.JSON}),
        *((form, "a\0b") for form in set(Format) - {Format.JSON}),
    ],
)
def test_what_a_form_can_not_hold_is_refused(form: Format, key: str) -> None:
    """The variable and the format are named, a way out too, and the key is not."""
    odd = RoleCredentials("ASIAKEY", Secret(key), Secret("t"), NOON)
    with pytest.raises(TrayError) as told:
        environment(odd, "1", "", form)

    assert "AWS_SECRET_ACCESS_KEY" in told.value.title
    assert form.value in told.value.title
    assert "--format json" in told.value.remedy
    assert key not in str(told.value)


KEYS = st.text("ABCabc0189+/=", min_size=1)


@pytest.mark.parametrize("form", list(Format))
@given(key=KEYS)
def test_what_aws_gives_can_be_written_in_every_form(form: Format, key: str) -> None:
    """Keys and tokens are letters, digits and `+/=`; none of them is ever refused."""
    assert writable(key, form)


def test_json_is_that_of_a_credential_process() -> None:
    """The form that programs read has the version that they ask for."""
    document = json.loads(environment(CREDENTIALS, "1", "", Format.JSON))

    assert (document["Version"], document["AccountId"]) == (1, "1")


def test_what_a_credential_process_prints_can_be_read_again() -> None:
    """Keys and account come back as they went."""
    assert read_document(process_document(CREDENTIALS, "1")) == (CREDENTIALS, "1")


@pytest.mark.parametrize("member", ["AccessKeyId", "SessionToken", "AccountId"])
def test_half_a_document_is_none(member: str) -> None:
    """What lacks a member is a `ValueError` that names it."""
    document = dict(process_document(CREDENTIALS, "1"))
    del document[member]
    with pytest.raises(ValueError, match=member):
        read_document(document)


def test_no_secret_shows_in_a_repr() -> None:
    """A log line that holds credentials shows dots."""
    assert "a'b" not in repr(CREDENTIALS)
    assert "t+/=" not in repr(CREDENTIALS)
