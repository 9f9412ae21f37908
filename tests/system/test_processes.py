"""Programs: started with what they are given, explained when they can't be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.waiting import until
from tray.core.errors import TrayError
from tray.system.processes import open_pipes, run, run_in_front, start

PYTHON = sys.executable
LONG = timedelta(seconds=20)
PATH = {"PATH": os.environ.get("PATH", "")}


def test_a_program_gets_its_variables_only() -> None:
    """The variables are those that were given, no more."""
    code = "import os, sys; print(os.environ.get('A'), 'HOME' in os.environ)"

    done = run([PYTHON, "-c", code], {"A": "1"}, timeout=LONG)

    assert done.output.split() == [b"1", b"False"]
    assert done.status == 0


def test_text_goes_to_stdin_and_stays_out_of_repr() -> None:
    """A secret travels through stdin, and what comes back is not shown by accident."""
    code = "import sys; sys.stdout.write(sys.stdin.read()); sys.exit(3)"

    done = run([PYTHON, "-c", code], PATH, text=b"hunter2", timeout=LONG)

    assert done.output == b"hunter2"
    assert done.status == 3
    assert "hunter2" not in repr(done)


@pytest.mark.parametrize("how", [start, open_pipes])
def test_what_can_not_be_started(tmp_path: Path, how: object) -> None:
    """A program that is missing, and one that is none, are named with a remedy."""
    assert callable(how)
    (tmp_path / "none").write_text("x")
    for argv in (["/nowhere/prog"], [str(tmp_path / "none")], ["a\0b"]):
        with pytest.raises(TrayError) as caught:
            how(argv, PATH)
        assert Path(argv[0]).name in caught.value.title
        assert caught.value.remedy


def test_a_slow_program_is_ended() -> None:
    """Nobody is waited for longer than told."""
    with pytest.raises(TrayError, match="in time"):
        run(["sleep", "60"], PATH, timeout=timedelta(seconds=0.1))


def test_a_started_program_lives_on_by_itself(tmp_path: Path) -> None:
    """It has a session of its own, says nothing to our terminal, leaves no zombie."""
    told = tmp_path / "told"
    code = (
        f"import os; print('noise'); open({str(told)!r}, 'w').write(str(os.getsid(0)))"
    )

    process = start([PYTHON, "-c", code], PATH)

    until(lambda: told.exists() and told.read_text())
    assert told.read_text() == str(process.pid)
    until(lambda: process.returncode == 0)
    assert not Path(f"/proc/{process.pid}").exists()


def test_pipes() -> None:
    """A program can be talked to."""
    process = open_pipes(["cat"], PATH)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"hello\n")

    assert process.stdout.readline() == b"hello\n"
    process.communicate()


def test_in_front_gives_the_exit_status() -> None:
    """Its status is ours, and a signal's death reads as in a shell."""
    assert run_in_front([PYTHON, "-c", "import sys; sys.exit(7)"], PATH) == 7
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run_in_front([PYTHON, "-c", kill], PATH) == 128 + 9
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


FRONT = """
import os, sys
from tray.system.processes import run_in_front
child = '''
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))
print("ready", flush=True)
time.sleep(60)
'''
sys.exit(run_in_front([sys.executable, "-c", child], dict(os.environ)))
"""


def test_in_front_passes_signals_on() -> None:
    """SIGTERM to us is SIGTERM to it, and it decides what becomes of it."""
    process = subprocess.Popen([PYTHON, "-c", FRONT], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGTERM)

    process.communicate(timeout=20)

    assert process.returncode == 9
