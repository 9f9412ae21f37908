"""Protected profiles on the terminal: asked there where nobody else can be asked."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from tests.fakes.cli import Script, Terminal, room_of
from tray.__main__ import main
from tray.cli.printer import Printer
from tray.cli.service import Answer
from tray.cli.unlocking import agreed
from tray.core.errors import Locked, TrayError
from tray.core.guarding import Verdict, refusal

KEYS: Answer = {"Version": 1, "AccessKeyId": "ASIA"}


def locked(arguments: Answer) -> Answer | TrayError:
    """Be a protected profile that is only given where people agreed."""
    return KEYS if arguments.get("agreed") is True else refusal(Verdict.UNASKED, "dev")


@contextmanager
def typed(text: str | None) -> Iterator[None]:
    """Have somebody at the terminal who types this; None: have no terminal."""
    before = sys.stdin
    stdin: io.StringIO = io.StringIO() if text is None else Terminal()
    stdin.write(text or "")
    stdin.seek(0)
    sys.stdin = stdin
    try:
        yield
    finally:
        sys.stdin = before


def ask(text: str | None) -> tuple[bool | None, str]:
    """Ask on a terminal where this is typed."""
    err = Terminal()
    with typed(text):
        return agreed("dev", Printer(io.StringIO(), err, {})), err.getvalue()


@pytest.mark.parametrize(
    ("text", "answer"),
    [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("", False)],
)
def test_people_answer(text: str, answer: bool) -> None:  # noqa: FBT001
    """Only a clear yes is one."""
    assert ask(text) == (
        answer,
        "The profile 'dev' is protected. Use it now? [y/N] ",
    )


def test_nobody_is_at_a_terminal() -> None:
    """A pipe is not asked, and a stdin that is closed is no crash."""
    assert ask(None) == (None, "")
    stdin = Terminal()
    stdin.close()
    before, sys.stdin = sys.stdin, stdin
    try:
        assert agreed("dev", Printer(io.StringIO(), Terminal(), {})) is None
    finally:
        sys.stdin = before


def run(script: Script, text: str) -> tuple[int, str, str]:
    """Run the command at a terminal where this is typed."""
    out, err = io.StringIO(), Terminal()
    with typed(text), redirect_stdout(out), redirect_stderr(err):
        words = ("credential-process", "--profile", "dev")
        status = main(words, room_of(script).outside())
    return status, out.getvalue(), err.getvalue()


def test_a_command_asks_and_goes_on() -> None:
    """With a yes, the same question is put again with it."""
    script = Script({"credential-process": locked})

    status, out, _ = run(script, "y\n")

    assert (status, out) == (0, '{"Version": 1, "AccessKeyId": "ASIA"}\n')
    assert [words.get("agreed") for _, words in script.asked] == [None, True]


def test_a_command_hears_no() -> None:
    """It ends with exit status 1 and a plain sentence; nothing is fetched."""
    script = Script({"credential-process": locked})

    status, out, err = run(script, "n\n")

    assert (status, out) == (1, "")
    assert "it was not unlocked" in err
    assert len(script.asked) == 1


def test_a_command_without_a_terminal() -> None:
    """Nobody can be asked: the remedy says where."""
    script = Script({"credential-process": Locked("Locked.", "Unlock it.")})
    ended = room_of(script).run("credential-process", "--profile", "dev")

    assert (ended.status, ended.out) == (1, "")
    assert ended.last == "sso-tray: Locked. Unlock it."
