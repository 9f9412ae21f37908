"""The board in the terminal: a diary of what happened, and below it how all stands.

On a terminal the board is drawn again in its place each second; elsewhere only the
diary is written, one line for each thing that happened.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TextIO

from tray.core.board import Board, Phase, SessionStatus
from tray.core.ports import Clock
from tray.core.wording import board as words
from tray.core.wording import demo as wording

BAR = 24
"""A bar's length in columns."""

EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for a time where none is told."""

_UP_AND_CLEAR = "\x1b[{}F\x1b[J"


class Terminal:
    """`View` that writes to a stream; may be shown boards from any thread."""

    def __init__(self, out: TextIO, clock: Clock) -> None:
        self._out = out
        self._clock = clock
        self._lock = threading.Lock()
        self._board = Board()
        self._drawn = 0
        self._live = out.isatty()

    def show(self, board: Board, now: datetime) -> None:
        """Write down what changed, and draw the board anew."""
        with self._lock:
            before, self._board = self._board, board
            self._write(happened(before, board), now)

    def tell(self, sentence: str) -> None:
        """Write a line into the diary."""
        with self._lock:
            self._write([sentence], self._clock.now())

    def draw(self) -> None:
        """Draw the board as of now; for a terminal only."""
        with self._lock:
            self._write([], self._clock.now())

    def run(self, stopped: threading.Event) -> None:
        """Draw each second until the end."""
        while self._live and not stopped.wait(1.0):
            self.draw()

    def _write(self, sentences: list[str], now: datetime) -> None:
        lines = [wording.stamped(now, sentence) for sentence in sentences]
        if not self._live:
            self._put(lines)
            return
        wipe = _UP_AND_CLEAR.format(self._drawn) if self._drawn else ""
        below = ["", wording.head(now), *board_lines(self._board, now)]
        self._drawn = len(below)
        self._out.write(wipe)
        self._put([*lines, *below])

    def _put(self, lines: list[str]) -> None:
        self._out.write("".join(f"{line}\n" for line in lines))
        self._out.flush()


def board_lines(board: Board, now: datetime) -> list[str]:
    """Give a line with a bar for each session."""
    names = [words.session_title(status.session) for status in board.sessions]
    wide = max(map(len, names), default=0)
    return [
        f"  {name:{wide}}  {_bar(status, now)}  {words.session_state(status, now)}"
        for name, status in zip(names, board.sessions, strict=True)
    ]


def _bar(status: SessionStatus, now: datetime) -> str:
    end = status.ends_at or status.expires_at
    if end is None or not status.usable:
        return "·" * BAR
    start = status.horizon.logged_in_at if status.ends_at else None
    length = (end - start).total_seconds() if start else 60.0
    left = max(0.0, (end - now).total_seconds())
    full = round(min(1.0, left / max(length, 1.0)) * BAR)
    return "█" * full + "░" * (BAR - full)


def happened(before: Board, after: Board) -> list[str]:
    """Say in sentences what became different between two boards."""
    earlier = {status.session.name: status for status in before.sessions}
    sentences: list[str] = []
    for status in after.sessions:
        sentences += _session(earlier.get(status.session.name), status)
    return sentences


def _session(before: SessionStatus | None, after: SessionStatus) -> Iterator[str]:
    name = words.session_title(after.session)
    if before is not None and _renewed(before, after) and after.expires_at:
        yield wording.renewed(name, after.expires_at)
    elif before is None or _turned(before, after):
        yield plain(after)
    if after.notice and (before is None or after.notice != before.notice):
        yield wording.notice(after.notice.title, after.notice.body)
    elif before and before.notice and not after.notice:
        yield wording.withdrawn(name)


def _renewed(before: SessionStatus, after: SessionStatus) -> bool:
    if before.phase is not Phase.REFRESHING or not before.expires_at:
        return False
    return after.expires_at is not None and after.expires_at > before.expires_at


def _turned(before: SessionStatus, after: SessionStatus) -> bool:
    """Tell whether the phase changed; a renewal in between is told when it is done."""
    phases = {before.phase, after.phase}
    return len(phases) > 1 and not phases <= {Phase.VALID, Phase.REFRESHING}


def plain(status: SessionStatus) -> str:
    """Say how a session stands, without a time that runs."""
    name = words.session_title(status.session)
    if status.phase is Phase.EXPIRING:
        return f"{name}: {wording.ENDS_SOON}"
    if status.usable:
        return f"{name}: {wording.SIGNED_IN}"
    return f"{name}: {words.session_state(status, status.expires_at or EVER)}"
