"""The menu's part with the sessions: those in trouble on top, and what each offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tray.core.board import (
    Board,
    Needs,
    NoticeKind,
    Phase,
    SessionStatus,
)
from tray.core.commands import (
    CancelLogin,
    InTerminal,
    Listen,
    Login,
    LoginAll,
    Logout,
    Mute,
    Refresh,
    Remind,
    Snooze,
    SnoozeToTomorrow,
)
from tray.core.urgency import by_urgency
from tray.core.wording import board as board_words
from tray.core.wording import menu as words
from tray.core.wording import prompts as prompt_words
from tray.core.wording.labels import label
from tray.desktop.rows import SEPARATOR, Row, fold, text_rows

SESSIONS = 9
"""So many sessions stand in the first level, which has up to sixteen other rows."""

OFFERS = 3
"""More sessions with something new than this can wait for the next day."""

NAPS = (timedelta(minutes=15), timedelta(hours=1))
"""How long people can snooze, apart from until tomorrow."""

_RESTING = frozenset({Phase.LOGGED_OUT, Phase.LOGGING_IN})


def needed_rows(board: Board) -> tuple[Row, ...]:
    """Give the rows that say what needs people; the first is a click on the icon."""
    if not board.sessions:
        nothing = board_words.NO_SESSIONS
        set_up = Row(words.SET_UP, InTerminal(("configure",)), "set up", default=True)
        return (*text_rows("nothing", nothing.title, nothing.remedy), set_up)
    first, *others = by_urgency(board)
    if first.needs is not Needs.LOGIN or first.phase is Phase.LOGGED_OUT:
        alone = not others and first.needs is Needs.LOGIN
        return (_login(first),) if alone else ()
    needing = tuple(
        status.session.name
        for status in (first, *others)
        if status.needs is Needs.LOGIN and status.phase not in _RESTING
    )
    if len(needing) == 1:
        return (_login(first),)
    to_all = Row(words.login_to_all(len(needing)), LoginAll(needing), "login all")
    return (_login(first), to_all)


def offer_rows(board: Board) -> tuple[Row, ...]:
    """Give the rows that offer profiles for what people have gained."""
    return tuple(
        Row(
            label(words.gained(found[0], len(found) - 1)),
            InTerminal(("sync", "--session", name)),
            f"gained {name}",
        )
        for name, found in board.gained.items()
    )[:OFFERS]


def _login(status: SessionStatus) -> Row:
    name = words.login_to(board_words.session_title(status.session))
    return Row(label(name), Login(status.session.name), "login", default=True)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A session's row, and what it was made from."""

    status: SessionStatus
    label: str
    today: date
    row: Row


class SessionRows:
    """Makes a row for each session; those that would say the same are the same."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def rows(self, board: Board, now: datetime) -> tuple[Row, ...]:
        """Give the rows, the most urgent ones in this level."""
        kept = [self._keep(status, now) for status in by_urgency(board)]
        self._kept = {one.status.session.name: one for one in kept}
        rows = [one.row for one in kept]
        if len(rows) <= SESSIONS:
            return tuple(rows)
        rest = rows[SESSIONS - 1 :]
        name = words.more_sessions(len(rest))
        more = Row(name, key="more sessions", children=lambda: fold(rest))
        return (*rows[: SESSIONS - 1], more)

    def _keep(self, status: SessionStatus, now: datetime) -> _Kept:
        said, today = board_words.session_label(status, now), now.astimezone().date()
        kept = self._kept.get(status.session.name)
        if kept and (kept.status, kept.label, kept.today) == (status, said, today):
            return kept
        row = Row(
            label(said),
            key=f"session {status.session.name}",
            children=lambda: _in_session(status, now),
            static=True,
            short=board_words.session_title(status.session),
        )
        return _Kept(status, said, today, row)


def _in_session(status: SessionStatus, now: datetime) -> tuple[Row, ...]:
    detail = board_words.session_detail(status, now)
    actions = tuple(_actions(status, now))
    if status.user_code and status.phase is Phase.LOGGING_IN:
        shown = words.page_must_show(status.user_code)
        actions = (*text_rows("code", shown), *actions)
    if detail is None:
        return actions or text_rows("detail", board_words.session_state(status, now))
    return (*text_rows("detail", detail), SEPARATOR, *actions)


def _actions(status: SessionStatus, now: datetime) -> Iterator[Row]:
    name = status.session.name
    if status.phase is Phase.LOGGING_IN:
        yield Row(words.CANCEL_LOGIN, CancelLogin(name), "cancel")
    elif status.phase is not Phase.MISCONFIGURED:
        again = words.LOGIN_AGAIN if status.usable else board_words.LOGIN
        yield Row(again, Login(name), "login")
        if status.usable:
            yield Row(words.LOGIN_FRESH, Login(name, fresh=True), "login fresh")
    if status.renewable and status.phase is not Phase.REFRESHING:
        yield Row(words.REFRESH, Refresh(name), "refresh")
    if status.expires_at is not None:
        yield Row(words.LOGOUT, Logout(name), "logout")
        quiet = words.quiet(status, now)
        yield Row(quiet, key="quiet", children=lambda: tuple(_quiet(status)))


def _quiet(status: SessionStatus) -> Iterator[Row]:
    name, notice = status.session.name, status.notice
    if notice and notice.kind is NoticeKind.PLAN and notice.remind_at is not None:
        remind = prompt_words.remind(notice.remind_at)
        yield Row(remind, Remind(name, notice.remind_at), "remind")
    for nap in NAPS:
        yield Row(words.snooze(nap), Snooze(name, nap), f"snooze {nap}")
    yield Row(words.SNOOZE_TO_TOMORROW, SnoozeToTomorrow(name), "tomorrow")
    if status.usable:
        yield Row(words.MUTE, Mute(name), "mute", checked=status.muted)
    if status.snoozed_until or status.remind_at or status.muted:
        yield SEPARATOR
        yield Row(words.LISTEN, Listen(name), "listen")
