"""The menu's part with the profiles: by session, then by account, long lists folded.

It depends on the config alone; it is made once per config and level by level, where
people look, so that thousands of profiles cost nothing until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tray.core.commands import CopyText, OpenLink
from tray.core.links import console_url
from tray.core.model import Profile, SsoSession
from tray.core.wording import board as board_words
from tray.core.wording import menu as words
from tray.core.wording.labels import label
from tray.desktop.rows import FOLD, Row, fold

Sessions = Mapping[str, SsoSession]


def profile_row(profiles: Sequence[Profile], sessions: Sequence[SsoSession]) -> Row:
    """Give the row that holds the profiles."""
    by_name = {session.name: session for session in sessions}
    return Row(
        words.PROFILES,
        key="profiles",
        children=lambda: _by_session(profiles, by_name),
        static=True,
    )


def _by_session(profiles: Sequence[Profile], sessions: Sessions) -> Sequence[Row]:
    found: dict[str, list[Profile]] = {}
    for profile in profiles:
        found.setdefault(profile.session, []).append(profile)
    if len(found) == 1:
        return _by_account(profiles, sessions)
    return fold([_session(name, inside, sessions) for name, inside in found.items()])


def _session(name: str, profiles: Sequence[Profile], sessions: Sessions) -> Row:
    session = sessions.get(name)
    return Row(
        label(board_words.session_title(session) if session else name),
        key=f"session {name}",
        children=lambda: _by_account(profiles, sessions),
        static=True,
    )


def _by_account(profiles: Sequence[Profile], sessions: Sessions) -> Sequence[Row]:
    """Give the profiles themselves, or where they are many, their accounts.

    An account with one profile would be a detour: its place is taken by the profile.
    """
    ordered = sorted(
        profiles, key=lambda profile: (profile.name.casefold(), profile.name)
    )
    if len(profiles) <= FOLD:
        return _profiles(ordered, sessions)
    accounts: dict[str, list[Profile]] = {}
    for profile in ordered:
        key = profile.account_id or f"profile {profile.name}"
        accounts.setdefault(key, []).append(profile)
    return fold(
        [
            _account(number, inside, sessions)
            if len(inside) > 1
            else _profile(inside[0], sessions)
            for number, inside in accounts.items()
        ]
    )


def _account(number: str, profiles: Sequence[Profile], sessions: Sessions) -> Row:
    first, last = profiles[0].name, profiles[-1].name
    return Row(
        words.account(number, first, last),
        key=f"account {number}",
        children=lambda: _profiles(profiles, sessions),
        static=True,
        short=first,
    )


def _profiles(profiles: Iterable[Profile], sessions: Sessions) -> Sequence[Row]:
    return fold([_profile(profile, sessions) for profile in profiles])


def _profile(profile: Profile, sessions: Sessions) -> Row:
    return Row(
        label(words.profile(profile)),
        key=f"profile {profile.name}",
        children=lambda: _actions(profile, sessions.get(profile.session)),
        static=True,
        short=profile.name,
    )


def _actions(profile: Profile, session: SsoSession | None) -> Sequence[Row]:
    rows = [Row(words.COPY_NAME, CopyText(profile.name))]
    if profile.account_id:
        rows.append(Row(words.COPY_ACCOUNT, CopyText(profile.account_id)))
    if session and session.start_url and profile.account_id:
        link = console_url(session, profile)
        rows.insert(0, Row(words.CONSOLE, OpenLink(link)))
    return rows
