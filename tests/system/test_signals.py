"""Being asked to end, by the system and by people."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import signal, sys, threading, time
from tray.system.signals import Signals
if "nohup" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
end = threading.Event()
def asked():
    print("asked", flush=True)
    if "stuck" not in sys.argv:
        end.set()
signals = Signals(asked)
signals.start()
print("ready", flush=True)
end.wait()
signals.stop()
assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
print("ended")
"""


def program(*words: str) -> subprocess.Popen[str]:
    """Start a program that waits to be asked."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM, *words],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


HANG_UP = 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, HANG_UP])
def test_it_ends_in_order(number: int) -> None:
    """Each of the signals brings the program to its own orderly end."""
    process = program()
    process.send_signal(number)

    output, _ = process.communicate(timeout=20)

    assert output == "asked\nended\n"
    assert process.returncode == 0


def test_asking_twice_ends_it_at_once() -> None:
    """A program that hangs in its orderly end is ended by the second signal."""
    process = program("stuck")
    assert process.stdout is not None
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(signal.SIGTERM)

    process.communicate(timeout=20)

    assert process.returncode == 128 + signal.SIGTERM


def test_what_was_ignored_stays_ignored() -> None:
    """Under nohup a closed terminal is no reason to end."""
    process = program("nohup")
    process.send_signal(HANG_UP)
    process.send_signal(signal.SIGTERM)

    output, _ = process.communicate(timeout=20)

    assert output == "asked\nended\n"
