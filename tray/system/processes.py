"""The only place that starts programs.

A program gets exactly the variables it is given. What stands in its arguments can be
read by every user of the machine, so no secret ever goes there: those go through
`text` or the variables.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tray.core.errors import TrayError
from tray.core.wording import system as wording

LARGEST_OUTPUT = 1 << 20
"""More than this of a program's output is cut off."""

SIGNALLED = 128
"""A shell's exit status for a program ended by a signal is 128 and its number."""

if sys.platform == "win32":
    _HIDDEN = subprocess.CREATE_NO_WINDOW
else:
    _HIDDEN = 0
# Windows opens a console for console programs unless told not to; programs with
# windows of their own do not heed the flag.

_FORWARDED = ("SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGCONT", "SIGWINCH")
_TYPED = ("SIGINT", "SIGQUIT")


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that came to its end."""

    status: int
    """Its exit status; negative: the signal that ended it."""

    output: bytes = field(repr=False)
    """What it wrote to stdout; kept out of `repr`, it may be secret."""

    errors: bytes = field(repr=False)
    """What it wrote to stderr."""


def start(argv: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a program that lives on without us, in a session of its own, silent.

    Its end is awaited on a thread of its own, so that no zombie stays; the caller may
    wait for it too. Raises `TrayError` when it can't be started.
    """
    with _explained(argv):
        process = subprocess.Popen(  # noqa: S603 - a program, never a shell
            argv,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=sys.platform != "win32",
            creationflags=_HIDDEN,
        )
    threading.Thread(
        target=process.wait, name=f"await-{process.pid}", daemon=True
    ).start()
    return process


def launch(argv: Sequence[str], environ: Mapping[str, str], timeout: timedelta) -> bool:
    """Start a program that lives on without us; False if it fails within `timeout`.

    Raises `TrayError` when it can't be started.
    """
    try:
        return start(argv, environ).wait(timeout.total_seconds()) == 0
    except subprocess.TimeoutExpired:  # it stays, as an editor does
        return True


def run(
    argv: Sequence[str],
    environ: Mapping[str, str],
    *,
    text: bytes = b"",
    timeout: timedelta,
) -> Finished:
    """Run a program to its end, giving it `text` on stdin.

    Raises `TrayError` when it can't be started or takes longer than `timeout`; it is
    ended then.
    """
    with _explained(argv):
        done = subprocess.run(  # noqa: S603 - a program, never a shell
            argv,
            env=dict(environ),
            input=text,
            capture_output=True,
            timeout=timeout.total_seconds(),
            check=False,
            creationflags=_HIDDEN,
        )
    return Finished(
        done.returncode, done.stdout[:LARGEST_OUTPUT], done.stderr[:LARGEST_OUTPUT]
    )


def feed(
    argv: Sequence[str], environ: Mapping[str, str], text: bytes, timeout: timedelta
) -> int:
    """Give a program a text on stdin and wait for its end; gives its exit status.

    What it prints is dropped: programs like xclip leave a part of themselves behind
    that would keep a pipe open for ever. Raises `TrayError` as `run` does.
    """
    with _explained(argv):
        done = subprocess.run(  # noqa: S603 - a program, never a shell
            argv,
            env=dict(environ),
            input=text,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=timeout.total_seconds(),
            check=False,
            creationflags=_HIDDEN,
        )
    return done.returncode


def open_pipes(
    argv: Sequence[str], environ: Mapping[str, str], *, stderr: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a program that is talked to over stdin and stdout, unbuffered.

    The caller waits for its end. Raises `TrayError` when it can't be started.
    """
    with _explained(argv):
        return subprocess.Popen(  # noqa: S603 - a program, never a shell
            argv,
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            bufsize=0,
            close_fds=True,
            creationflags=_HIDDEN,
        )


def run_in_front(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program in our place on this terminal; give its exit status as a shell's.

    Signals that others send us are passed on; those that the terminal sends reach it
    by themselves. Only on the main thread. Raises `TrayError` when it can't be started.
    """
    began: list[subprocess.Popen[bytes]] = []

    def pass_on(number: int, _: object) -> None:
        for process in began:
            with contextlib.suppress(OSError):
                process.send_signal(number)

    before = {}
    with _explained(argv):
        process = subprocess.Popen(argv, env=dict(environ))  # noqa: S603
        began.append(process)
    try:
        for name in (*_FORWARDED, *_TYPED):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                handler = pass_on if name in _FORWARDED else _nothing
                before[number] = signal.signal(number, handler)
        status = process.wait()
    finally:
        for number, handler_before in before.items():
            signal.signal(number, handler_before)
    return SIGNALLED - status if status < 0 else status


def _nothing(_: int, __: object) -> None:
    """Leave it to the program in front; unlike SIG_IGN this is not inherited."""


@contextmanager
def _explained(argv: Sequence[str]) -> Iterator[None]:
    program = Path(argv[0]).name
    try:
        yield
    except FileNotFoundError:
        raise TrayError(*wording.program_missing(program)) from None
    except subprocess.TimeoutExpired:
        raise TrayError(*wording.program_slow(program)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise TrayError(*wording.program_unstartable(program, reason)) from None
