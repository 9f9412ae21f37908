"""The fast script: the daemon's answer byte for byte, or the usual way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import NOON, a_token, hours
from tests.cli.daemons import a_daemon
from tests.cli.installed import ROOT, SCRIPT, bin_of
from tests.fakes.cli import BusyHouse
from tray.cli import fast
from tray.core.credentials import RoleCredentials
from tray.core.errors import KINDS
from tray.core.model import Secret
from tray.system.paths import ENDPOINT_VARIABLES, LATER_VARIABLES, World

assert sys.platform != "win32"


def a_house() -> BusyHouse:
    """Give a house whose profile `of corp` has credentials."""
    house = BusyHouse()
    house.put(a_token(hours(1)))
    keys = RoleCredentials("ASIA1", Secret("key"), Secret("token"), NOON + hours(1))
    house.portal.credentials = [keys]
    return house


def run(
    script: Path, environ: dict[str, str], *words: str
) -> subprocess.CompletedProcess[str]:
    """Run the script to its end."""
    return subprocess.run(
        [script, *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("link", [False, True])
def test_it_copies_the_daemons_answer(
    environ: dict[str, str], tmp_path: Path, *, link: bool
) -> None:
    """What an SDK reads, also through a link as pipx makes it."""
    script = bin_of(tmp_path / "bin")
    if link:
        (tmp_path / "linked").symlink_to(script)
        script = tmp_path / "linked"
    with a_daemon(a_house(), environ):
        done = run(script, environ, "of corp")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "Version": 1,
        "AccessKeyId": "ASIA1",
        "SecretAccessKey": "key",
        "SessionToken": "token",
        "Expiration": "2026-03-02T13:00:00Z",
        "AccountId": "111122223333",
    }


def test_what_pip_compiled_is_taken(environ: dict[str, str], tmp_path: Path) -> None:
    """Where the module is installed beside the script, it need not be compiled anew."""
    script = bin_of(tmp_path / "bin")
    lib = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    module = tmp_path / lib / "site-packages/tray/cli/fast.py"
    module.parent.mkdir(parents=True)
    module.write_text("import sys; print(__name__, sys.argv[1:])")

    done = run(script, environ, "of corp")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "__main__ ['of corp']\n"
    assert list((module.parent / "__pycache__").iterdir())


def test_it_imports_next_to_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    """Neither json nor os is loaded while all goes well."""
    with a_daemon(a_house(), environ):
        watched = tmp_path / "watched.py"
        watched.write_text(
            "import sys; sys.argv = sys.argv[1:]; import posix\n"
            "code = open(sys.argv[0]).read()\n"
            "def leave(status): print('json' in sys.modules, 'socket' in sys.modules)\n"
            "posix._exit = leave\nexec(compile(code, 'x', 'exec'))\n"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-S", watched, SCRIPT, "of corp"],
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )

    assert done.stdout.splitlines()[-1] == "False False"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("nobody",), 2, "nobody"),
        (("n\u00f6body",), 2, "n\u00f6body"),
        (("--profile", "nobody"), 2, "nobody"),
        ((), 2, "--profile"),
    ],
)
def test_errors_are_told_as_the_usual_way_does(
    environ: dict[str, str],
    tmp_path: Path,
    words: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    """The last line is for people, and the exit status is the documented one."""
    script = bin_of(tmp_path / "bin")
    with a_daemon(a_house(), environ):
        done = run(script, environ, *words)

    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr


def test_people_must_log_in(environ: dict[str, str], tmp_path: Path) -> None:
    """Status 3, and the command to log in with."""
    script = bin_of(tmp_path / "bin")
    with a_daemon(BusyHouse(), environ):
        done = run(script, environ, "of corp")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.rstrip().endswith("sso-tray login --session corp")


def test_without_a_daemon_the_usual_way_is_taken(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """It becomes the command beside it, which says what is the matter."""
    done = run(bin_of(tmp_path / "bin"), environ, "dev")

    assert done.returncode == 2
    assert "'dev'" in done.stderr


def test_it_says_when_it_stands_alone(environ: dict[str, str], tmp_path: Path) -> None:
    """Copied somewhere without its program, it does not fail in the dark."""
    script = bin_of(tmp_path / "bin")
    (script.parent / "sso-tray").unlink()

    done = run(script, environ, "dev")

    assert done.returncode == 1
    assert "install it" in done.stderr


def test_statuses_are_those_of_the_errors() -> None:
    """What the script knows by heart is what the program says."""
    for kind, error in KINDS.items():
        assert fast.STATUSES.get(kind, 1) == error.exit_status


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"AWS_CONFIG_FILE": "/tmp/../etc/./x"},
        {
            "AWS_SHARED_CREDENTIALS_FILE": "/proc/self/cwd/c",
            "AWS_ENDPOINT_URL": "http://x",
        },
        {"AWS_ENDPOINT_URL_STS": "http://x"},
        {"AWS_ENDPOINT_URL_STS": ""},
        {"XDG_STATE_HOME": "/somewhere"},
        {"XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_it_finds_the_same_world(environ: dict[str, str], more: dict[str, str]) -> None:
    """Its rules give the name and the socket that the daemon has."""
    variables = environ | more
    in_bytes = {k.encode(): v.encode() for k, v in variables.items()}

    name = fast.find_world(in_bytes)
    world = World.of(variables)

    assert name == world.hash8.encode()
    assert fast.find_socket(in_bytes, name) == str(world.socket_path).encode()
    assert tuple(n.decode() for n in fast.ENDPOINTS) == ENDPOINT_VARIABLES
    assert tuple(n.decode() for n in fast.LATER) == LATER_VARIABLES


def test_links_are_resolved_as_everywhere(tmp_path: Path) -> None:
    """Relative and absolute links, links to links, and rings of them."""
    (tmp_path / "real").mkdir()
    (tmp_path / "one").symlink_to("real")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    (tmp_path / "up").symlink_to("../" + tmp_path.name + "/two/./x")
    (tmp_path / "ring").symlink_to("ring")
    for path in ("real/x", "one/x", "two/x", "up/y", "two/../real", "gone/x"):
        wanted = os.path.realpath(tmp_path / path)
        assert fast.real(str(tmp_path / path).encode()) == wanted.encode()
    with pytest.raises(OSError, match="ring"):
        fast.real(str(tmp_path / "ring").encode())


@pytest.mark.parametrize(
    "more", [{"HOME": ""}, {"AWS_CONFIG_FILE": "~/x"}, {"AWS_CONFIG_FILE": "/$HOME/x"}]
)
def test_what_is_not_plain_is_left_to_others(
    environ: dict[str, str], more: dict[str, str]
) -> None:
    """Such worlds are found by the usual way only."""
    variables = {k.encode(): v.encode() for k, v in (environ | more).items()}

    assert fast.find_world(variables) is None
    assert fast.main(["dev"], variables) is None


def test_it_trusts_no_folder_that_others_can_enter(
    environ: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Somebody else could have put the socket there."""
    with a_daemon(a_house(), environ) as world:
        world.runtime_folder.chmod(0o755)
        variables = {k.encode(): v.encode() for k, v in environ.items()}

        assert fast.main(["of corp"], variables) is None
    assert capfd.readouterr() == ("", "")


def test_in_this_process_it_does_the_same(
    environ: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """An answer, an error, and another world, seen without a process of its own."""
    variables = {k.encode(): v.encode() for k, v in environ.items()}
    with a_daemon(a_house(), environ):
        assert fast.main(["of corp"], variables) == 0
        assert fast.main(["nobody"], variables) == 2
    out, err = capfd.readouterr()
    assert json.loads(out)["AccessKeyId"] == "ASIA1"
    assert err.startswith("sso-tray: ")
    assert fast.main(["of corp"], variables) is None


@pytest.mark.parametrize("words", [("--profile", "of corp"), ("--profile=of corp",)])
def test_the_console_command_goes_the_same_way(
    environ: dict[str, str], words: tuple[str, ...]
) -> None:
    """`credential-process` copies the daemon's answer and loads none of the program."""
    code = (
        "import posix, sys; from tray.__main__ import main\n"
        "def leave(status):\n"
        "    print(status, 'tray.cli.main' in sys.modules, file=sys.stderr)\n"
        "    sys.exit(status)\n"
        "posix._exit = leave\nmain()"
    )
    with a_daemon(a_house(), environ):
        done = subprocess.run(
            [sys.executable, "-c", code, "credential-process", *words],
            env=environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )

    assert json.loads(done.stdout)["AccessKeyId"] == "ASIA1"
    assert done.stderr == "0 False\n"
