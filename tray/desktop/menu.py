"""The menu as plain rows, computed from the board each time.

Keys keep a row the same while its words change, so that an open menu stays open. What
depends on the config alone is made once per config.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.commands import (
    CancelLogin,
    Login,
    Logout,
    Pause,
    Quit,
    Refresh,
    Snooze,
)
from tray.core.model import ConfigProblem, Profile, SsoSession
from tray.core.wording import board as board_words
from tray.core.wording import menu as words
from tray.core.wording.labels import label, lines
from tray.desktop.profiles import profile_row
from tray.desktop.rows import SEPARATOR, Row, fold

SESSIONS = 16
"""So many sessions stand in the first level, which has up to seven other rows."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Rows that depend on the config alone, and what they were made from."""

    profiles: tuple[Profile, ...]
    problems: tuple[ConfigProblem, ...]
    sessions: tuple[SsoSession, ...]
    rows: tuple[Row, ...]


class Menu:
    """Makes the rows of a board, in any thread; keeps those of the config."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def rows(self, board: Board | None, now: datetime) -> tuple[Row, ...]:
        """Give the menu of a board as of now; None: nothing is known yet."""
        end = (SEPARATOR, Row(words.QUIT, Quit(), "quit"))
        if board is None:
            return (Row(words.STARTING, key="starting"), *end)
        return (
            *_first(board),
            *_sessions(board, now),
            SEPARATOR,
            *self._of_config(board),
            SEPARATOR,
            Row(words.PAUSE, Pause(not board.paused), "pause", checked=board.paused),
            *end,
        )

    def _of_config(self, board: Board) -> tuple[Row, ...]:
        kept, sessions = self._kept, tuple(one.session for one in board.sessions)
        if (
            kept is None
            or board.profiles is not kept.profiles
            or board.problems is not kept.problems
            or sessions != kept.sessions
        ):
            rows = _config_rows(board, sessions)
            kept = self._kept = _Kept(board.profiles, board.problems, sessions, rows)
        return kept.rows


def _first(board: Board) -> tuple[Row, ...]:
    if not board.sessions:
        nothing = board_words.NO_SESSIONS
        return _text("nothing", nothing.title, nothing.remedy)
    first = board_words.by_urgency(board)[0]
    if first.needs is not Needs.LOGIN:
        return ()
    words_of_it = words.login_to(board_words.session_title(first.session))
    login = Login(first.session.name)
    return (Row(label(words_of_it), login, "login", default=True), SEPARATOR)


def _text(key: str, *sentences: str) -> tuple[Row, ...]:
    """Give sentences as grey rows."""
    found = [line for sentence in sentences for line in lines(sentence)]
    return tuple(Row(line, key=f"{key} {at}") for at, line in enumerate(found))


def _sessions(board: Board, now: datetime) -> tuple[Row, ...]:
    rows = [_session(status, now) for status in board_words.by_urgency(board)]
    if len(rows) <= SESSIONS:
        return tuple(rows)
    rest = rows[SESSIONS - 1 :]
    name = words.more_sessions(len(rest))
    more = Row(name, key="more sessions", children=lambda: fold(rest))
    return (*rows[: SESSIONS - 1], more)


def _session(status: SessionStatus, now: datetime) -> Row:
    return Row(
        label(board_words.session_label(status, now)),
        key=f"session {status.session.name}",
        children=lambda: _in_session(status, now),
        short=board_words.session_title(status.session),
    )


def _in_session(status: SessionStatus, now: datetime) -> tuple[Row, ...]:
    detail = board_words.session_detail(status, now)
    actions = tuple(_actions(status))
    if detail is None:
        return actions or _text("detail", board_words.session_state(status, now))
    return (*_text("detail", detail), SEPARATOR, *actions)


def _actions(status: SessionStatus) -> list[Row]:
    name, rows = status.session.name, list[Row]()
    if status.phase is Phase.LOGGING_IN:
        rows.append(Row(words.CANCEL_LOGIN, CancelLogin(name), "cancel"))
    elif status.phase is not Phase.MISCONFIGURED:
        again = words.LOGIN_AGAIN if status.usable else board_words.LOGIN
        rows.append(Row(again, Login(name), "login"))
    if status.renewable and status.phase is not Phase.REFRESHING:
        rows.append(Row(words.REFRESH, Refresh(name), "refresh"))
    if status.expires_at is not None:
        rows.append(Row(words.LOGOUT, Logout(name), "logout"))
    if status.notice is not None:
        rows.append(Row(words.SNOOZE, Snooze(name), "snooze"))
    return rows


def _config_rows(board: Board, sessions: Sequence[SsoSession]) -> tuple[Row, ...]:
    rows = list[Row]()
    if board.profiles:
        rows.append(profile_row(board.profiles, sessions))
    if board.problems:
        problems = board.problems
        rows.append(
            Row(
                words.problems(len(problems)),
                key="problems",
                children=lambda: fold([_problem(problem) for problem in problems]),
                static=True,
            )
        )
    return tuple(rows)


def _problem(problem: ConfigProblem) -> Row:
    said = problem.problem
    return Row(
        label(said.title),
        key=f"{problem.subject} {problem.name} {said.title}",
        children=lambda: _text("text", said.title, said.remedy),
        static=True,
    )
