"""The quick way of `status --json`: the same as the usual way, or not taken."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_profile, a_session, a_token
from tests.cli.daemons import a_daemon
from tests.fakes.cli import BusyHouse
from tray.cli import quick
from tray.cli.printer import CLOSED_PIPE
from tray.core.bars import Bar
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject
from tray.local import protocol
from tray.system.paths import ENDPOINT_VARIABLES, LATER_VARIABLES, World

assert sys.platform != "win32"  # what is tried here is POSIX's

LIGHT_LIMIT = {"argparse", "json", "dataclasses", "pathlib", "typing", "datetime"}


def quickly(environ: dict[str, str], path: Path) -> tuple[int | None, bytes]:
    """Take the quick way into a file."""
    with path.open("wb") as out:
        status = quick.quick_status(environ, out.fileno())
    return status, path.read_bytes()


def test_it_gives_the_daemons_bytes(environ: dict[str, str], tmp_path: Path) -> None:
    """The whole report, also a big one, and nothing else."""
    house = BusyHouse()
    house.put(a_token())
    many = tuple(a_profile(f"profile-{n}") for n in range(5000))
    house.config.config = replace(house.config.config, profiles=many)

    with a_daemon(house, environ):
        status, told = quickly(environ, tmp_path / "out")

    assert status == 0
    assert told.count(b"\n") == 1
    assert len(json.loads(told)["profiles"]) == 5000


@pytest.mark.parametrize("form", ["json", *Bar])
def test_it_gives_each_bar_its_line(
    environ: dict[str, str], tmp_path: Path, form: str
) -> None:
    """The quick way prints what the usual way prints, byte for byte."""
    house = BusyHouse()
    house.put(a_token())
    out = tmp_path / "out"

    with a_daemon(house, environ):
        with out.open("wb") as file:
            assert quick.quick_status(environ, file.fileno(), form) == 0
        usual = subprocess.run(
            [sys.executable, "-m", "tray", "--debug", "status", "--format", form],
            env=environ,
            check=True,
            capture_output=True,
        )

    assert out.read_bytes() == usual.stdout


@pytest.mark.parametrize("form", ["table", "neon", "tmux\n"])
def test_other_forms_are_left_to_the_usual_way(
    environ: dict[str, str], tmp_path: Path, form: str
) -> None:
    """What it does not know, and a name that would have to be decoded."""
    house = BusyHouse(a_session("café"))
    out = tmp_path / "out"

    with a_daemon(house, environ), out.open("wb") as file:
        assert quick.quick_status(environ, file.fileno(), form) is None
        assert quick.quick_status(environ, file.fileno(), "tmux") is None

    assert out.read_bytes() == b""


def test_it_is_not_taken_without_a_daemon(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """Then nothing is printed, and the usual way begins."""
    assert quickly(environ, tmp_path / "out") == (None, b"")


def test_it_is_not_taken_where_the_status_may_be_5(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """A config that can't be read is told by the usual way."""
    house = BusyHouse()
    locked = ConfigProblem(Subject.FILE, "config", 0, Problem("Locked.", "Open it."))
    house.config.config = AwsConfig(problems=(locked,))

    with a_daemon(house, environ):
        assert quickly(environ, tmp_path / "out") == (None, b"")


def test_it_trusts_no_folder_that_others_can_enter(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """Somebody else could have put the socket there."""
    with a_daemon(BusyHouse(), environ) as world:
        world.runtime_folder.chmod(0o755)

        assert quickly(environ, tmp_path / "out") == (None, b"")


def test_another_worlds_daemon_is_left_to_the_usual_way(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """What is no plain answer is not copied."""
    with a_daemon(BusyHouse(), environ) as world:
        other = environ | {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
        place = World.of(other).socket_path
        place.symlink_to(world.socket_path)

        assert quickly(other, tmp_path / "out") == (None, b"")


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"AWS_CONFIG_FILE": "/elsewhere/config"},
        {"AWS_CONFIG_FILE": ""},
        {"AWS_CONFIG_FILE": "~/config"},
        {"AWS_CONFIG_FILE": "$HOME/config"},
        {"AWS_CONFIG_FILE": "relative"},
        {"AWS_SHARED_CREDENTIALS_FILE": "/a/../b//credentials"},
        {"HOME": ""},
        {"HOME": "relative"},
        {"HOME": "/na\u00efve\udce9"},
        {"AWS_ENDPOINT_URL_SSO": "http://127.0.0.1:1"},
        {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
        {"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2"},
        {"XDG_STATE_HOME": "/state"},
        {"XDG_STATE_HOME": "relative"},
        {"XDG_RUNTIME_DIR": "/missing"},
        {"XDG_RUNTIME_DIR": "relative"},
        {"XDG_RUNTIME_DIR": "{tmp}/private"},
        {"XDG_RUNTIME_DIR": "{tmp}/open"},
        {"XDG_RUNTIME_DIR": "{tmp}/file"},
    ],
)
def test_it_finds_the_same_place_or_none(
    environ: dict[str, str], tmp_path: Path, variables: dict[str, str]
) -> None:
    """World and socket are those of `system/paths.py`, whatever the variables."""
    (tmp_path / "private").mkdir(mode=0o700)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "file").touch(mode=0o600)
    filled = {name: v.replace("{tmp}", str(tmp_path)) for name, v in variables.items()}
    environ |= filled

    world = quick._world(environ)

    assert world in {None, World.of(environ).hash8}
    if world:
        path = quick._socket_path(environ, world)
        assert path == str(World.of(environ).socket_path)
    plain = all(value.startswith(("/", "http", "true")) for value in filled.values())
    assert world or not plain


def test_its_words_are_those_of_the_others() -> None:
    """What it knows by heart is what the protocol and the paths say."""
    line = quick.REQUEST % (b"0a1b2c3d", b"")
    barred = quick.REQUEST % (b"0a1b2c3d", b'"bar":"tmux"')

    assert line == protocol.encode_request("0a1b2c3d", "status", {})
    assert barred == protocol.encode_request("0a1b2c3d", "status", {"bar": "tmux"})
    assert tuple(Bar) == quick.BARS
    assert (quick.HEAD, quick.TAIL) == (protocol.OK_HEAD, protocol.OK_TAIL)
    assert quick.ENDPOINTS == ENDPOINT_VARIABLES
    assert quick.LATER == LATER_VARIABLES


def test_the_real_command_is_light(environ: dict[str, str]) -> None:
    """`status --json` with a daemon loads none of what costs more than itself."""
    code = (
        "import sys; before = set(sys.modules); sys.argv[1:] = ['status', '--json']\n"
        "from tray.__main__ import main\n"
        "status = main()\n"
        "print(sorted(set(sys.modules) - before), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    house = BusyHouse()
    house.put(a_token())
    with a_daemon(house, environ):
        ended = subprocess.run(
            [sys.executable, "-c", code], env=environ, check=True, capture_output=True
        )

    assert json.loads(ended.stdout)["sessions"][0]["phase"] == "valid"
    loaded = set(ended.stderr.decode().replace("'", "").strip("[]\n").split(", "))
    assert not loaded & LIGHT_LIMIT


def test_what_can_go_wrong_on_the_way(environ: dict[str, str], tmp_path: Path) -> None:
    """A reader that left, a full disk, a socket that nobody serves any more."""
    reader, writer = os.pipe()
    os.close(reader)
    with a_daemon(BusyHouse(), environ) as world, Path("/dev/full").open("wb") as full:
        assert quick.quick_status(environ, writer) == CLOSED_PIPE
        assert quick.quick_status(environ, full.fileno()) is None
    os.close(writer)
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as dead:
        dead.bind(str(world.socket_path))

    assert quickly(environ, tmp_path / "out") == (None, b"")
    assert quick.CLOSED_PIPE == CLOSED_PIPE
