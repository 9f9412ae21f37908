"""The menu as plain rows, computed from the board each time.

Keys keep a row the same while its words change, so that an open menu stays open. What
depends on the config alone is made once per config.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tray.core.board import Board
from tray.core.commands import (
    CopyReport,
    OpenLogs,
    OpenSettings,
    Pause,
    Quit,
    StartAtLogin,
)
from tray.core.model import ConfigProblem, Profile
from tray.core.wording import ledger
from tray.core.wording import menu as words
from tray.core.wording.labels import label
from tray.core.wording.shell import PROGRAM
from tray.desktop.guard_rows import asking_rows, guard_rows
from tray.desktop.profiles import Known, profile_row, quick_rows
from tray.desktop.rows import SEPARATOR, Row, fold, text_rows, with_lines
from tray.desktop.session_rows import SessionRows, needed_rows, offer_rows


@dataclass(frozen=True, slots=True)
class _Kept:
    """Rows that depend on little but the config, and what they were made from."""

    profiles: tuple[Profile, ...]
    problems: tuple[ConfigProblem, ...]
    accounts: Mapping[str, str]
    known: Known
    rows: tuple[Row, ...]

    def fits(self, board: Board, known: Known) -> bool:
        return (
            board.profiles is self.profiles
            and board.problems is self.problems
            and board.account_names is self.accounts
            and known == self.known
        )


class Menu:
    """Makes the rows of a board, in any thread; keeps those of the config."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = program
        self._kept: _Kept | None = None
        self._sessions = SessionRows()

    def rows(self, board: Board | None, now: datetime) -> tuple[Row, ...]:
        """Give the menu of a board as of now; None: nothing is known yet."""
        end = Row(words.QUIT, Quit(), "quit")
        if board is None:
            return (Row(words.STARTING, key="starting"), SEPARATOR, end)
        return with_lines(
            (*asking_rows(board), *needed_rows(board)),
            offer_rows(board),
            self._sessions.rows(board, now),
            self._profiles(board, now),
            (
                Row(
                    words.PAUSE, Pause(not board.paused), "pause", checked=board.paused
                ),
                Row(words.MORE, key="more", children=lambda: tuple(_more(board, now))),
                end,
            ),
        )

    def _profiles(self, board: Board, now: datetime) -> tuple[Row, ...]:
        known = Known.of(board, now, self._program)
        return (
            *quick_rows(board, known, now),
            *guard_rows(board, now),
            *self._of_config(board, known),
        )

    def _of_config(self, board: Board, known: Known) -> tuple[Row, ...]:
        kept = self._kept
        if kept is None or not kept.fits(board, known):
            kept = self._kept = _Kept(
                board.profiles,
                board.problems,
                board.account_names,
                known,
                tuple(_config_rows(board, known)),
            )
        return kept.rows


def _more(board: Board, now: datetime) -> Iterator[Row]:
    starts = board.starts_at_login
    if starts is not None:
        yield Row(words.START_AT_LOGIN, StartAtLogin(not starts), checked=starts)
    yield Row(ledger.TITLE, key="ledger", children=lambda: tuple(_ledger(board, now)))
    yield Row(words.SETTINGS, OpenSettings())
    yield Row(words.LOGS, OpenLogs())
    yield Row(words.COPY_REPORT, CopyReport())


def _ledger(board: Board, now: datetime) -> Iterator[Row]:
    for at, line in enumerate(ledger.entries(board.logins, now)):
        yield Row(line, key=f"login {at}")
    if not board.logins:
        yield Row(ledger.NONE_YET, key="none")
    yield SEPARATOR
    yield from text_rows("warning", ledger.WARNING)


def _config_rows(board: Board, known: Known) -> Iterator[Row]:
    if board.profiles:
        yield profile_row(board.profiles, known)
    if board.problems:
        problems = board.problems
        yield Row(
            words.problems(len(problems)),
            key="problems",
            children=lambda: fold([_problem(problem) for problem in problems]),
            static=True,
        )


def _problem(problem: ConfigProblem) -> Row:
    said = problem.problem
    return Row(
        label(said.title),
        key=f"{problem.subject} {problem.name} {said.title}",
        children=lambda: text_rows("text", said.title, said.remedy),
        static=True,
    )
