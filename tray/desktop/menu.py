"""The menu as plain rows, computed from the board each time.

The part with the profiles depends on the config alone; it is made once per config and
looked into only where people do, so thousands of profiles cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.commands import (
    CancelLogin,
    Command,
    CopyText,
    Login,
    Logout,
    OpenLink,
    Pause,
    Quit,
    Refresh,
    Snooze,
)
from tray.core.links import console_url
from tray.core.model import ConfigProblem, Profile, SsoSession
from tray.core.wording import board as board_words
from tray.core.wording import menu as words

FOLD = 25
"""More rows than this in one level can't be taken in; they are folded."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the menu."""

    label: str
    """What it says."""

    command: Command | None = None
    """What a click asks for; a row without one, and without children, is grey."""

    key: str = ""
    """Names it among its siblings, whatever it says; the label where empty."""

    children: Callable[[], Sequence[Row]] | None = None
    """The rows below it, made when they are looked at."""

    checked: bool | None = None
    """Whether it is ticked; None: it has no tick."""

    default: bool = False
    """Whether a click on the icon itself means this row."""

    static: bool = False
    """Whether it never changes, with all below it."""


SEPARATOR = Row("")
"""A line between two groups."""


class Menu:
    """Makes the rows of a board; remembers the part that depends on the config."""

    def __init__(self) -> None:
        self._profiles: tuple[Profile, ...] = ()
        self._sessions: tuple[SsoSession, ...] = ()
        self._profile_rows: tuple[Row, ...] = ()

    def rows(self, board: Board, now: datetime) -> tuple[Row, ...]:
        """Give the menu of a board as of now."""
        return (
            *_first(board),
            *_sessions(board, now),
            SEPARATOR,
            *self._profiles_of(board),
            *_problems(board),
            Row(words.PAUSE, Pause(not board.paused), "pause", checked=board.paused),
            SEPARATOR,
            Row(words.QUIT, Quit(), "quit"),
        )

    def _profiles_of(self, board: Board) -> tuple[Row, ...]:
        sessions = tuple(status.session for status in board.sessions)
        if board.profiles is not self._profiles or sessions != self._sessions:
            self._profiles, self._sessions = board.profiles, sessions
            self._profile_rows = _profile_part(board.profiles, sessions)
        return self._profile_rows


def _first(board: Board) -> tuple[Row, ...]:
    if not board.sessions:
        nothing = board_words.NO_SESSIONS
        return (Row(words.label(nothing.title)), Row(words.label(nothing.remedy)))
    first = board_words.by_urgency(board)[0]
    if first.needs is not Needs.LOGIN:
        return ()
    name = board_words.session_title(first.session)
    login = Login(first.session.name)
    label = words.label(words.login_to(name))
    return (Row(label, login, "login", default=True), SEPARATOR)


def _sessions(board: Board, now: datetime) -> tuple[Row, ...]:
    return tuple(
        Row(
            words.label(board_words.session_label(status, now)),
            key=f"session {status.session.name}",
            children=lambda status=status: _session(status, now),  # type: ignore[misc]
        )
        for status in board_words.by_urgency(board)
    )


def _session(status: SessionStatus, now: datetime) -> tuple[Row, ...]:
    name, rows = status.session.name, list[Row]()
    detail = board_words.session_detail(status, now)
    if detail is not None:
        rows += [Row(words.label(detail), key="detail"), SEPARATOR]
    if status.phase is Phase.LOGGING_IN:
        rows.append(Row(words.CANCEL_LOGIN, CancelLogin(name), "cancel"))
    elif status.phase is not Phase.MISCONFIGURED:
        label = words.LOGIN_AGAIN if status.usable else board_words.LOGIN
        rows.append(Row(label, Login(name), "login"))
    if status.renewable and status.phase is not Phase.REFRESHING:
        rows.append(Row(words.REFRESH, Refresh(name), "refresh"))
    if status.expires_at is not None:
        rows.append(Row(words.LOGOUT, Logout(name), "logout"))
    if status.notice is not None:
        rows.append(Row(words.SNOOZE, Snooze(name), "snooze"))
    return tuple(rows)


def _problems(board: Board) -> tuple[Row, ...]:
    if not board.problems:
        return ()
    problems = board.problems
    return (
        Row(
            f"{words.PROBLEMS}: {len(problems)}",
            key="problems",
            children=lambda: fold([_problem(problem) for problem in problems]),
        ),
    )


def _problem(problem: ConfigProblem) -> Row:
    found = problem.problem
    return Row(
        words.label(found.title),
        children=lambda: (Row(words.label(found.remedy)),),
    )


def _profile_part(
    profiles: tuple[Profile, ...], sessions: tuple[SsoSession, ...]
) -> tuple[Row, ...]:
    if not profiles:
        return ()
    by_name = {session.name: session for session in sessions}
    below = lambda: _profile_groups(profiles, by_name)  # noqa: E731 - a row's children
    return (Row(words.PROFILES, key="profiles", children=below, static=True), SEPARATOR)


def _profile_groups(
    profiles: Sequence[Profile], sessions: dict[str, SsoSession]
) -> Sequence[Row]:
    if len(profiles) <= FOLD and len({profile.session for profile in profiles}) == 1:
        return _profile_rows(profiles, sessions)
    groups = _grouped(profiles, lambda profile: profile.session)
    rows = [
        _group(_title(name, sessions), of_session, sessions, by_account=True)
        for name, of_session in groups
    ]
    return fold(rows)


def _title(name: str, sessions: dict[str, SsoSession]) -> str:
    session = sessions.get(name)
    return board_words.session_title(session) if session else name


def _group(
    label: str,
    profiles: Sequence[Profile],
    sessions: dict[str, SsoSession],
    *,
    by_account: bool,
) -> Row:
    def below() -> Sequence[Row]:
        if len(profiles) <= FOLD or not by_account:
            return _profile_rows(profiles, sessions)
        return fold(
            [
                _group(words.account(found[0]), found, sessions, by_account=False)
                for _, found in _grouped(profiles, lambda one: one.account_id)
            ]
        )

    return Row(words.label(label), children=below, static=True)


def _grouped(
    profiles: Sequence[Profile], key: Callable[[Profile], str]
) -> list[tuple[str, list[Profile]]]:
    ordered = sorted(profiles, key=key)
    return [(name, list(found)) for name, found in groupby(ordered, key)]


def _profile_rows(
    profiles: Sequence[Profile], sessions: dict[str, SsoSession]
) -> Sequence[Row]:
    ordered = sorted(profiles, key=lambda profile: profile.name.casefold())
    return fold([_profile(one, sessions.get(one.session)) for one in ordered])


def _profile(profile: Profile, session: SsoSession | None) -> Row:
    def below() -> Sequence[Row]:
        rows = [Row(words.COPY_NAME, CopyText(profile.name))]
        if profile.account_id:
            rows.append(Row(words.COPY_ACCOUNT, CopyText(profile.account_id)))
        if session and session.start_url and profile.account_id:
            link = console_url(session, profile)
            rows.insert(0, Row(words.CONSOLE, OpenLink(link)))
        return rows

    label = words.label(words.profile(profile))
    return Row(label, key=f"profile {profile.name}", children=below, static=True)


def fold(rows: Sequence[Row]) -> Sequence[Row]:
    """Give at most `FOLD` rows: the same ones, or parts of the list named by its ends.

    Parts are as large as they may be, so the list is as shallow as it can be.
    """
    if len(rows) <= FOLD:
        return rows
    size = FOLD
    while size * FOLD < len(rows):
        size *= FOLD
    return [_part(rows[at : at + size]) for at in range(0, len(rows), size)]


def _part(rows: Sequence[Row]) -> Row:
    label = words.span(rows[0].label, rows[-1].label)
    return Row(words.label(label), children=lambda: fold(rows), static=True)
