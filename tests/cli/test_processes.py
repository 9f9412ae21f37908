"""The real command as a process of its own, on pipes, a terminal and signals."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.builders import a_profile, a_token
from tests.cli.daemons import COMMAND, a_daemon, run
from tests.fakes.cli import BusyHouse
from tray.core.status import Activity

assert sys.platform != "win32"  # what is tried here is POSIX's


def test_a_reader_that_has_enough(environ: dict[str, str]) -> None:
    """`| head` ends us quietly, with the status of SIGPIPE; both ways of printing."""
    house = BusyHouse()
    many = tuple(a_profile(f"profile-{n}") for n in range(10_000))
    house.config.config = replace(house.config.config, profiles=many)

    with a_daemon(house, environ):
        for words in (("profiles",), ("profiles", "--json"), ("status", "--json")):
            reader, writer = os.pipe()
            os.close(reader)
            ended = run(environ, *words, stdout=writer)
            os.close(writer)

            assert (ended.returncode, ended.stderr) == (141, "")


def test_help_that_nobody_reads(environ: dict[str, str]) -> None:
    """The help ends in the same way."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = run(environ, "--help", stdout=writer)
    os.close(writer)

    assert (ended.returncode, ended.stderr) == (141, "")


def test_a_full_disk(environ: dict[str, str]) -> None:
    """What could not be written is a failure that is told, by both ways."""
    house = BusyHouse()
    with a_daemon(house, environ), Path("/dev/full").open("w") as full:
        for words in (("profiles",), ("status", "--json"), ("--help",)):
            ended = run(environ, *words, stdout=full.fileno())

            assert ended.returncode == 1
            assert ended.stderr == (
                "sso-tray: The output can't be written: No space left on device. "
                "Send it somewhere else.\n"
            )


def test_on_a_terminal(environ: dict[str, str]) -> None:
    """A real terminal gets colour, and JSON that people can read."""
    house = BusyHouse()
    house.put(a_token())

    with a_daemon(house, environ):
        told = on_terminal(environ | {"TERM": "xterm"}, "status")
        document = on_terminal(environ, "status", "--json")

    assert "\x1b[32msigned in, renews itself\x1b[0m" in told
    assert document.count("\n") > 10
    assert json.loads(document)["daemon"] is True


def on_terminal(environ: dict[str, str], *words: str) -> str:
    """Run a command on a terminal, and give what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, *words], env=environ, stdout=theirs) as command:
        os.close(theirs)
        pieces = []
        try:
            while piece := os.read(ours, 4096):
                pieces.append(piece)
        except OSError:  # Linux tells the end of a terminal so
            pass
        assert command.wait(30) == 0
    os.close(ours)
    return b"".join(pieces).decode()


def test_ctrl_c_during_a_log_in(environ: dict[str, str]) -> None:
    """The log-in is taken back before the command ends; no traceback is seen."""
    house = BusyHouse()
    redirect = house.redirects.redirect

    def nobody_comes() -> None:
        while not redirect.cancels:
            time.sleep(0.005)

    redirect.while_waiting = nobody_comes
    with (
        a_daemon(house, environ),
        subprocess.Popen(
            [*COMMAND, "login"], env=environ, stderr=subprocess.PIPE, text=True
        ) as command,
    ):
        assert command.stderr is not None
        assert command.stderr.readline().startswith("Opening your browser for corp…")
        time.sleep(0.2)  # it may be anywhere between two requests
        command.send_signal(signal.SIGINT)
        said = command.stderr.read()
        assert command.wait(30) == 130
        house.busy.work()

    assert said == "Interrupted; nothing half-done is left.\n"
    assert house.activities.current() == Activity()
    assert house.cache.entries == {}


def test_the_encoding_of_a_poor_environment(environ: dict[str, str]) -> None:
    """Where only ASCII goes through, everything is said in ASCII."""
    house = BusyHouse()
    with a_daemon(house, environ):
        poor = environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        ended = run(poor, "login")

    assert ended.returncode == 0
    assert "Opening your browser for corp..." in ended.stderr
