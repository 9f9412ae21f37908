"""Who does the work: the daemon where one runs, else this process itself.

Both are asked the same way, by verb and plain JSON values, so that a command is written
once. `tray/flows/requests.py` has the list of verbs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Protocol

from tray.core.errors import CannotTell, NoDaemon, OtherWorld, TrayError
from tray.core.wording import cli as wording

if TYPE_CHECKING:
    from tray.flows.verbs import Verbs

Answer = Mapping[str, object]

SLICE = 0.5
"""Seconds that one wait lasts: on Windows Ctrl-C is heard between two of them only."""

FOLLOW_UPS = frozenset({"wait-login", "cancel-login"})
"""Verbs about a log-in, which only the one knows who began it."""


class Asker(Protocol):
    """Somebody who does what is asked."""

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Give the answer to a request, within so many seconds.

        Raises `TrayError` and its leaves; a daemon that is not there, `NoDaemon` or
        `OtherWorld`.
        """
        ...


class Direct:
    """Does the work in this process, by the same requests as the daemon."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Do it here and now; raises `CannotTell` when that takes too long."""
        import queue

        from tray.flows.requests import Requests

        answers: queue.SimpleQueue[Answer | TrayError] = queue.SimpleQueue()
        here = Requests(self._verbs, _Here(), {}, program=_parent)
        here.answer(verb, arguments, answers.put)
        answer = None
        while answer is None:
            try:
                answer = answers.get(timeout=min(SLICE, timeout))
            except queue.Empty:
                timeout -= SLICE
                if timeout <= 0:
                    raise CannotTell(*wording.NO_ANSWER) from None
        if isinstance(answer, TrayError):
            raise answer
        return {**answer, "daemon": False} if "daemon" in answer else answer


def _parent(_: int | None) -> str:
    """Name the program that has started this one."""
    from tray.system.callers import program_of

    return program_of(os.getpid())


class _Here:
    """A pool of one worker: whoever asks."""

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Do the job at once."""
        del name
        job()


class Either:
    """Asks the daemon first, and this process when none is there."""

    def __init__(
        self,
        daemon: Asker,
        direct: Callable[[], AbstractContextManager[Asker]],
        stack: ExitStack,
    ) -> None:
        self._daemon = daemon
        self._open_direct = direct
        self._stack = stack
        self._direct: Asker | None = None
        self._begun_with: Asker = daemon

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Give the answer of the one who is there."""
        if verb in FOLLOW_UPS:
            try:
                return self._begun_with.ask(verb, arguments, timeout)
            except NoDaemon:
                raise CannotTell(*wording.DAEMON_GONE) from None
        try:
            self._begun_with = self._daemon
            return self._daemon.ask(verb, arguments, timeout)
        except (NoDaemon, OtherWorld):
            self._begun_with = self._own()
            return self._begun_with.ask(verb, arguments, timeout)

    def _own(self) -> Asker:
        if self._direct is None:
            self._direct = self._stack.enter_context(self._open_direct())
        return self._direct
