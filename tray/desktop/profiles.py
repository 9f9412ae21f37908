"""The menu's part with the profiles: those at hand, then all by session and account.

A long list depends on the config alone; it is made once per config and level by level,
where people look, so that thousands of profiles cost nothing until then. Only a list
that is short enough follows the time that its profiles have left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tray.core.board import Board
from tray.core.commands import CopyText, OpenConsole, Pin
from tray.core.links import console_url, role_arn_pattern
from tray.core.model import Profile, SsoSession
from tray.core.profiles import works
from tray.core.wording import board as board_words
from tray.core.wording import menu as words
from tray.core.wording import shell
from tray.core.wording.labels import label
from tray.core.wording.reliance import works_until
from tray.desktop.rows import FOLD, SEPARATOR, Row, fold

QUICK = 6
"""So many profiles stand at hand in the first level, the pinned ones first."""

FOLLOWED = 50
"""Up to so many profiles each tell in the long list how long they work: whenever that
changes, all of their rows are made anew."""

MANY = 200
"""More profiles than this offer less in the long list."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of what profiles name."""

    sessions: Mapping[str, SsoSession]
    """The sessions by name."""

    accounts: Mapping[str, str]
    """The names of accounts by number."""

    program: str = shell.PROGRAM
    """How a shell can start this program."""

    brief: bool = False
    """Whether the long list offers only the most wanted; the rest is with those at
    hand. Panels fetch a menu whole, and keep all of it."""

    until: Mapping[str, str] = field(default_factory=dict)
    """How long the profiles of each session work; empty where that is not followed."""

    @classmethod
    def of(cls, board: Board, now: datetime, program: str = shell.PROGRAM) -> Known:
        """Give what a board knows."""
        sessions = {one.session.name: one.session for one in board.sessions}
        count = len(board.profiles)
        until = {
            one.session.name: words.works_until(one, now)
            for one in board.sessions
            if count <= FOLLOWED
        }
        return cls(sessions, board.account_names, program, count > MANY, until)


def quick_rows(board: Board, known: Known, now: datetime) -> Iterator[Row]:
    """Give the profiles that people keep at hand, and those they used last."""
    wanted = list(dict.fromkeys((*board.pinned, *board.recent)))
    if not wanted:
        return
    by_name = {one.name: one for one in board.profiles}
    pinned = set(board.pinned)
    statuses = {one.session.name: one for one in board.sessions}
    for name in [name for name in wanted if name in by_name][:QUICK]:
        profile = by_name[name]
        status = statuses.get(profile.session)
        until = words.works_until(status, now)
        told = works_until(works(board, profile), now) if status else ""
        yield _quick(profile, known, (until, told), pinned=name in pinned)


def _quick(
    profile: Profile,
    known: Known,
    state: tuple[str, str],
    *,
    pinned: bool,
) -> Row:
    until, told = state
    return Row(
        label(words.quick_profile(profile, pinned=pinned)),
        key=f"quick {profile.name}",
        children=lambda: (
            Row(label(until), key="until"),
            *((Row(label(told), key="works"),) if told else ()),
            SEPARATOR,
            *_actions(profile, known, pinned=pinned),
        ),
    )


def profile_row(profiles: Sequence[Profile], known: Known) -> Row:
    """Give the row that holds all profiles."""
    return Row(
        words.PROFILES,
        key="profiles",
        children=lambda: _by_session(profiles, known),
        static=True,
    )


def _by_session(profiles: Sequence[Profile], known: Known) -> Sequence[Row]:
    found: dict[str, list[Profile]] = {}
    for profile in profiles:
        found.setdefault(profile.session, []).append(profile)
    if len(found) == 1:
        return _by_account(profiles, known)
    return fold([_session(name, inside, known) for name, inside in found.items()])


def _session(name: str, profiles: Sequence[Profile], known: Known) -> Row:
    session = known.sessions.get(name)
    return Row(
        label(board_words.session_title(session) if session else name),
        key=f"session {name}",
        children=lambda: _by_account(profiles, known),
        static=True,
    )


def _by_account(profiles: Sequence[Profile], known: Known) -> Sequence[Row]:
    """Give the profiles themselves, or where they are many, their accounts.

    An account with one profile would be a detour: its place is taken by the profile.
    """
    ordered = sorted(
        profiles, key=lambda profile: (profile.name.casefold(), profile.name)
    )
    if len(profiles) <= FOLD:
        return _profiles(ordered, known)
    accounts: dict[str, list[Profile]] = {}
    for profile in ordered:
        key = profile.account_id or f"profile {profile.name}"
        accounts.setdefault(key, []).append(profile)
    return fold(
        [
            _account(number, inside, known)
            if len(inside) > 1
            else _profile(inside[0], known)
            for number, inside in accounts.items()
        ]
    )


def _account(number: str, profiles: Sequence[Profile], known: Known) -> Row:
    first, last = profiles[0].name, profiles[-1].name
    name = known.accounts.get(number)
    return Row(
        label(words.named_account(number, name))
        if name
        else words.account(number, first, last),
        key=f"account {number}",
        children=lambda: _profiles(profiles, known),
        static=True,
        short=first,
    )


def _profiles(profiles: Iterable[Profile], known: Known) -> Sequence[Row]:
    return fold([_profile(profile, known) for profile in profiles])


def _profile(profile: Profile, known: Known) -> Row:
    return Row(
        label(words.profile(profile)),
        key=f"profile {profile.name}",
        children=lambda: tuple(_offers(profile, known)),
        static=True,
        short=profile.name,
    )


def _offers(profile: Profile, known: Known) -> Iterator[Row]:
    if known.until:
        until = known.until.get(profile.session, words.NO_SUCH_SESSION)
        yield Row(label(until), key="until")
        yield SEPARATOR
    yield from (_few if known.brief else _actions)(profile, known)


def _actions(profile: Profile, known: Known, *, pinned: bool = False) -> Iterator[Row]:
    session, account = known.sessions.get(profile.session), profile.account_id
    if account:
        named = words.named_account(account, known.accounts.get(account))
        yield Row(label(named), key="account")
    yield from _console(profile, session)
    yield Row(words.COPY, children=lambda: tuple(_copies(profile, session, known)))
    keep = words.UNPIN if pinned else words.PIN
    yield Row(keep, Pin(profile.name, not pinned), "pin")


def _few(profile: Profile, known: Known) -> Iterator[Row]:
    """Give what people want most, where profiles are many; the rest needs a pin."""
    yield from _console(profile, known.sessions.get(profile.session))
    yield Row(words.COPY_PROFILE_NAME, CopyText(profile.name, profile.name))
    yield Row(words.PIN, Pin(profile.name, pinned=True), "pin")


def _console(profile: Profile, session: SsoSession | None) -> Iterator[Row]:
    if session and session.start_url and profile.account_id:
        command = OpenConsole(profile.name, console_url(session, profile))
        yield Row(words.CONSOLE, command)


def _copies(
    profile: Profile, session: SsoSession | None, known: Known
) -> Iterator[Row]:
    name, program = profile.name, known.program
    yield Row(words.COPY_NAME, CopyText(name, name))
    if profile.account_id:
        yield Row(words.COPY_ACCOUNT, CopyText(profile.account_id, name))
    if session and profile.account_id and profile.role_name:
        pattern = role_arn_pattern(session, profile)
        yield Row(words.COPY_ARN, CopyText(pattern, name))
    yield Row(words.COPY_SHELL, CopyText(shell.env_line(name, program), name))
    yield Row(words.COPY_PROCESS, CopyText(shell.process_line(name, program), name))
