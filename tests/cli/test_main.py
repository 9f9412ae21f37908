"""The top of every command: words, streams, exit statuses, and no traceback."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import tray
from tests.cli.conftest import Doors
from tests.fakes.cli import Room, Script, Terminal, room_of
from tray.__main__ import main
from tray.cli.hearing import hearing
from tray.cli.main import PLACES
from tray.cli.printer import CLOSED_PIPE, Printer
from tray.core.errors import KINDS, TrayError


def nobody() -> Room:
    """Give a room where nobody is asked."""
    return room_of(Script({}))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--nonsense",),
        ("logn",),
        ("status", "--format", "neon"),
        ("status", "--json", "--format", "table"),
        ("status", "corp"),
        ("login", "--session", "a", "--all"),
        ("login", "--pkce", "--device-code"),
        ("login", "--sess", "corp"),
        ("logout", "--session"),
        ("refresh", "--profile", "dev"),
        ("demo", "--minutes", "soon"),
        ("demo", "--minutes", "0"),
        ("demo", "--minutes", "inf"),
        ("run", "--minutes", "3"),
    ],
)
def test_wrong_usage(words: tuple[str, ...]) -> None:
    """Status 2 and one line that points to the help; nobody is asked anything."""
    ended = nobody().run(*words)

    assert (ended.status, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert ended.err.startswith("sso-tray: ")
    assert "--help" in ended.err


@pytest.mark.parametrize("command", ["", *PLACES])
def test_help(command: str) -> None:
    """Help goes to stdout, in plain ASCII, and is a success."""
    ended = nobody().run(*command.split(), "--help")

    assert ended.status == 0
    assert ended.err == ""
    assert ended.out.isascii()
    assert ended.out.startswith(f"usage: sso-tray {command}".strip())
    assert max(len(line) for line in ended.out.splitlines()) <= 88


def test_the_top_help_names_every_command() -> None:
    """With examples and the exit statuses."""
    told = nobody().run("-h").out

    for command in PLACES:
        assert re.search(rf"\n    {command}\s", told)
    assert "examples:" in told
    assert "exit status:" in told


def test_version() -> None:
    """One line on stdout."""
    ended = nobody().run("--version")

    assert (ended.status, ended.out) == (0, f"sso-tray {tray.__version__}\n")


def test_run_and_demo_reach_their_rooms() -> None:
    """Each option arrives; what they give is the exit status."""
    room = nobody()

    assert room.run("run").status == 0
    assert room.run("--debug", "run", "--headless").status == 0
    assert room.run("demo").status == 0
    words = ("demo", "--headless", "--minutes", "1.5", "--no-browser")
    assert room.run(*words).status == 0

    assert room.started == [
        (False, False),
        (True, True),
        (False, None, True),
        (True, 1.5, False),
    ]


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_error_is_one_line_and_its_own_status(kind: type[TrayError]) -> None:
    """What happened and what to do, on stderr's last line; no traceback."""
    error = kind("It is broken\nin two lines.", "Mend it.")
    ended = room_of(Script({"status": error})).run("status", "--json")

    assert ended.status == kind.exit_status
    assert (ended.out, ended.err) == (
        "",
        "sso-tray: It is broken in two lines. Mend it.\n",
    )


def test_a_fault_of_our_own_is_told_without_its_text() -> None:
    """Its text may hold anything; only the type's name is shown."""
    ended = room_of(Script({"status": ValueError("hunter2")})).run("status")

    assert ended.status == 1
    assert "ValueError" in ended.last
    assert "hunter2" not in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("words", [("--debug", "status"), ("status", "--debug")])
def test_debug_adds_the_traceback(words: tuple[str, ...]) -> None:
    """Before the command or after it; the last line stays the same."""
    ended = room_of(Script({"status": ValueError("accessToken=hunter2")})).run(*words)

    assert "Traceback" in ended.err
    assert "ValueError" in ended.last
    assert "hunter2" not in ended.err


def test_ctrl_c_anywhere() -> None:
    """Status 130, in words."""
    ended = room_of(Script({"status": KeyboardInterrupt()})).run("status")

    assert ended.status == 130
    assert ended.err == "Interrupted; nothing half-done is left.\n"


class Pressed:
    """Ctrl-C while a class is made."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


@pytest.mark.parametrize("in_a_class", [False, True])
def test_ctrl_c_before_anything_is_loaded(*, in_a_class: bool) -> None:
    """Not even Python's own traceback is seen."""

    class Hasty(tuple[str, ...]):
        """Words at which Ctrl-C comes."""

        __slots__ = ()

        def __contains__(self, word: object) -> bool:
            if in_a_class:
                type("Made", (), {"it": Pressed()})
            raise KeyboardInterrupt

    err = io.StringIO()
    with redirect_stderr(err):
        assert main(Hasty(), nobody().outside()) == 130
    assert err.getvalue() == ""


class Broken(io.StringIO):
    """A stream that can't be written."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        """Fail."""
        if text:
            raise self.error
        return 0


@pytest.mark.parametrize("error", [BrokenPipeError(32, "x"), ValueError("closed")])
def test_a_closed_pipe(error: Exception) -> None:
    """Who reads no more ends us, quietly, with the status that SIGPIPE gives."""
    err = io.StringIO()
    with redirect_stdout(Broken(error)), redirect_stderr(err):
        status = main(["status", "--json"], room_of(Script({"status": {}})).outside())

    assert status == CLOSED_PIPE == 141
    assert err.getvalue() == ""


def test_a_pipe_that_is_closed_with_text_still_in_it() -> None:
    """What is left goes nowhere, so that Python has nothing to say at its end."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as out, redirect_stdout(out):
        status = main(["status", "--json"], room_of(Script({"status": {}})).outside())

    assert status == 141


def test_help_on_a_full_disk() -> None:
    """What argparse could not print is a failure too."""
    err = io.StringIO()
    full = Path("/dev/full").open("w")  # noqa: SIM115 - closed below
    with full, redirect_stdout(full), redirect_stderr(err):
        status = main(["--help"], nobody().outside())

    assert status == 1
    assert "No space left on device" in err.getvalue()


def test_talk_that_nobody_hears() -> None:
    """A closed stderr is the same."""
    with redirect_stderr(Broken(BrokenPipeError(32, "x"))):
        assert main(["logn"], nobody().outside()) == 141


def test_a_full_disk() -> None:
    """The result did not arrive: that is a failure, and it is said."""
    err = io.StringIO()
    full = Broken(OSError(28, "No space left on device"))
    with redirect_stdout(full), redirect_stderr(err):
        status = main(["status", "--json"], room_of(Script({"status": {}})).outside())

    assert status == 1
    assert "No space left on device" in err.getvalue()


def test_nowhere_to_print(doors: Doors) -> None:
    """Without streams, as under pythonw, a command does its work in silence."""
    house, room = doors("corp")
    out, err = sys.stdout, sys.stderr
    try:
        sys.stdout = sys.stderr = None
        status = main(["login"], room.outside())
    finally:
        sys.stdout, sys.stderr = out, err

    assert status == 0
    assert house.cache.entries


def test_a_stream_of_another_encoding(tmp_path: Path) -> None:
    """What the encoding lacks is replaced, never a crash."""
    told = {
        "now": "2026-03-02T12:00:00Z",
        "sessions": [{"name": "müde 東京", "phase": "refreshing"}],
    }
    path = tmp_path / "out"
    with path.open("w", encoding="ascii") as out, redirect_stdout(out):
        status = main(["status"], room_of(Script({"status": told})).outside())

    assert status == 0
    assert "m?de ??" in path.read_text()
    assert "renewing..." in path.read_text()


def test_a_closed_terminal_is_none() -> None:
    """A stream that was closed is no terminal."""
    closed = Terminal()
    printer = Printer(closed, closed, {"TERM": "xterm"})
    before = printer.colourful
    closed.close()

    assert before
    assert not printer.colourful
    assert not printer.talks_to_terminal


def test_warnings_are_told_and_debug_tells_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Work done here is heard: warnings in one line, with --debug all of our own."""
    printer = Printer(sys.stdout, sys.stderr, {})
    ours, theirs = logging.getLogger("tray.flows"), logging.getLogger("botocore")
    for debug in (False, True):
        with hearing(printer, debug=debug):
            ours.debug("a detail with accessToken=hunter2")
            theirs.debug("a secret")
            ours.warning("a warning", exc_info=ValueError("inner"))
    ours.warning("nobody hears this")

    told = capsys.readouterr().err.splitlines()
    assert told[0] == "sso-tray: a warning"
    assert told[1].startswith("sso-tray: a detail with accessToken=")
    assert "hunter2" not in "".join(told)
    assert "a secret" not in "".join(told)
    assert "ValueError: inner" in told
    assert logging.getLogger("tray").level == logging.NOTSET
