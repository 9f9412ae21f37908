"""Lines that people paste: what a real shell makes of them."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray.core.wording import shell

assert sys.platform != "win32"

NAMES = [
    "dev",
    "my profile",
    "it's",
    "a;b",
    "$(touch x)",
    "`id`",
    "-x",
    '"',
    "\\",
    "é☂",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_shell_passes_the_name_on_whole(name: str, tmp_path: Path) -> None:
    """Whatever a profile is called, the shell hands our command exactly this name."""
    stand_in, noted = tmp_path / "sso-tray", tmp_path / "noted"
    stand_in.write_text('#!/bin/sh\nprintf %s "$#:$1:$2:$3" > "$NOTED"\necho true\n')
    stand_in.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin", "NOTED": str(noted)}
    subprocess.run(["/bin/sh", "-c", shell.env_line(name)], env=environ, check=True)

    assert noted.read_text() == f"3:env:--:{name}"


@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@settings(max_examples=200)
def test_the_config_line_is_split_as_the_sdks_do(name: str) -> None:
    """The SDKs split `credential_process` like a shell: the name stays one word."""
    line = shell.process_line(name).removeprefix("credential_process = ")

    assert shlex.split(line) == [
        "sso-tray",
        "credential-process",
        f"--profile={name}",
    ]


def test_plain_names_stay_as_they_are() -> None:
    """Nobody reads quotes that are not needed."""
    assert shell.quoted("corp/dev-1@eu") == "corp/dev-1@eu"


def test_a_path_in_the_home_still_leads_there() -> None:
    """Within quotes the shell would take `~` for a name."""
    assert shell.quoted_path("~/.aws/config") == "~/.aws/config"
    assert shell.quoted_path("~/my files/config") == "~/'my files/config'"
    assert shell.quoted_path("/a b") == "'/a b'"
