"""The first answers, while the rest of the program is still being built.

`status` is answered at once; whoever asks for more waits until there is somebody who
can do it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from tray.core.errors import TrayError
from tray.core.report import Report

Arguments = Mapping[str, object]
Reply = Callable[[Report | TrayError], None]
Answerer = Callable[[str, Arguments, Reply, int | None], None]


class Opening:
    """Answers `status` by `look`, and keeps the other requests until `open`."""

    def __init__(self, look: Callable[[], Report]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, Arguments, Reply, int | None]] = []
        self._rest: Answerer | None = None

    def answer(
        self, verb: str, arguments: Arguments, reply: Reply, pid: int | None = None
    ) -> None:
        """Answer one request, now or later; `pid` is the process that asks."""
        at_once = verb == "status" and not arguments
        with self._lock:
            rest = self._rest
            if rest is None and not at_once:
                self._waiting.append((verb, arguments, reply, pid))
                return
        if rest is not None:
            rest(verb, arguments, reply, pid)
        else:
            reply(self._look())

    def open(self, rest: Answerer) -> None:
        """Let somebody else answer all from now on, and those who wait first."""
        with self._lock:
            self._rest, waiting = rest, self._waiting
        for verb, arguments, reply, pid in waiting:
            rest(verb, arguments, reply, pid)
