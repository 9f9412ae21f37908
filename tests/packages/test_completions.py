"""TAB, pressed in real shells: what is completed is what the program is given."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packages.conftest import PACKAGING
from tests.waiting import until

assert sys.platform != "win32"

pytestmark = pytest.mark.packages

ODD = "it's `touch pwned` $(touch pwned) $HOME & a*"
CONFIG = f"""\
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[sso-session "my corp"]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile dev:admin]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile "{ODD}"]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
"""
STAND_IN = """\
#!/bin/bash
case $1 in
login) printf '%s\\0' "$@" >"$HOME/heard.new"; mv "$HOME/heard.new" "$HOME/heard" ;;
*) exec {python} -m tray "$@" ;;
esac
"""
PROMPT = b"ready> "
ASKED = """\
. "$1"
COMP_WORDS=(sso-tray login --session "") COMP_CWORD=3
COMP_LINE="sso-tray login --session "
_sso_tray
echo "${#COMPREPLY[@]}"
"""


@pytest.fixture
def world(calm_world: Path) -> dict[str, str]:
    """Give the environment of a home with odd names; `login` there only listens."""
    config = calm_world / ".aws" / "config"
    config.parent.mkdir()
    config.write_text(CONFIG, encoding="utf-8")
    program = calm_world / "bin" / "sso-tray"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=shlex.quote(sys.executable)))
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{program.parent}:{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": str(PACKAGING.parent),
        "PS1": PROMPT.decode(),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }


class Bash:
    """A bash with somebody at its keyboard."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal

    def wait(self) -> None:
        """Read until bash asks for the next line."""
        heard = b""
        while not heard.endswith(PROMPT):
            heard += os.read(self._terminal, 4096)

    def type(self, keys: str) -> None:
        """Press keys, one after the other."""
        os.write(self._terminal, keys.encode())


@pytest.fixture
def bash(world: dict[str, str], calm_world: Path) -> Iterator[Bash]:
    """Give a bash that has loaded the completions."""
    ours, theirs = pty.openpty()
    command = ["bash", "--norc", "--noprofile", "-i"]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=world,
        cwd=calm_world,
        start_new_session=True,
    )
    os.close(theirs)
    keyboard = Bash(ours)
    keyboard.wait()
    keyboard.type(f". {shlex.quote(str(PACKAGING / 'completions/sso-tray.bash'))}\n")
    keyboard.wait()
    try:
        yield keyboard
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("sso-tray logi\t --al\t\n", ["login", "--all"]),
        ("sso-tray login --session m\t\n", ["login", "--session", "my corp"]),
        ("sso-tray login --session=m\t\n", ["login", "--session=my corp"]),
        ("sso-tray login --profile dev:\t\n", ["login", "--profile", "dev:admin"]),
        ("sso-tray login --profile i\t\n", ["login", "--profile", ODD]),
        ('sso-tray login --profile "i\t\n', ["login", "--profile", ODD]),
        ("sso-tray login --profile 'i\t\n", ["login", "--profile", ODD]),
        ("sso-tray login --profile it\\'s\\ \t\n", ["login", "--profile", ODD]),
    ],
)
def test_what_tab_completes_is_what_arrives(
    bash: Bash, calm_world: Path, typed: str, heard: list[str]
) -> None:
    """Names with spaces and shell signs come through whole, and nothing is run."""
    bash.type(typed)
    place = calm_world / "heard"
    until(place.exists)

    words = place.read_bytes().decode().split("\0")[:-1]
    assert words == heard
    assert not (calm_world / "pwned").exists()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("sso-tray prof", ["profiles"]),
        ("sso-tray status --form", ["--format"]),
        ("sso-tray console --serv", ["--service"]),
        ("sso-tray exec --mode ", ["endpoint", "env"]),
        ("sso-tray login --session ", ["corp", "my corp"]),
        ("sso-tray login --profile i", [ODD]),
    ],
)
def test_fish_offers_the_same(
    world: dict[str, str], line: str, offered: list[str]
) -> None:
    """The same in fish, for commands, options, values and names."""
    script = "source $argv[1]; complete -C $argv[2]"
    shown = subprocess.run(
        ["fish", "-c", script, PACKAGING / "completions" / "sso-tray.fish", line],
        env=world,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    found = [row.split("\t")[0] for row in shown.splitlines()]
    assert sorted(found) == offered


def test_silence_when_the_program_is_not_there(
    world: dict[str, str], calm_world: Path
) -> None:
    """Without the program, TAB says nothing instead of an error."""
    began = time.monotonic()
    done = subprocess.run(
        [
            *("bash", "--norc", "-c"),
            ASKED,
            *("bash", str(PACKAGING / "completions" / "sso-tray.bash")),
        ],
        env={**world, "PATH": "/usr/bin:/bin"},
        cwd=calm_world,
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("0\n", "")
    assert time.monotonic() - began < 5
