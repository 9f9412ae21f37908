"""What `upgrade` would do: legacy profiles grouped by portal, a session for each group.

A legacy profile carries `sso_start_url` and `sso_region` itself; its token can't be
renewed. A profile that names an `sso-session` gets one that can.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tray.core.edits import Add, Change, Edit, Head, Kind
from tray.core.guiding import likely_name
from tray.core.links import normalised_start_url
from tray.core.model import DEFAULT_SCOPES, SsoSession


@dataclass(frozen=True, slots=True)
class LegacyProfile:
    """A profile that carries its sign-in itself."""

    name: str
    """The profile's name."""

    start_url: str
    """Its `sso_start_url`, as written."""

    region: str
    """Its `sso_region`."""

    in_config: bool = True
    """Whether it stands in the config file; an upgrade changes no other."""


@dataclass(frozen=True, slots=True)
class Group:
    """Profiles of one portal and region, and the session that they are to name."""

    session: SsoSession
    """The session."""

    profiles: tuple[str, ...]
    """The profiles, in the order of the file."""

    new: bool = True
    """Whether the session is still to be written."""


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What is to change; nothing of it is done yet."""

    groups: tuple[Group, ...] = ()
    """Who comes together under which session."""

    elsewhere: tuple[str, ...] = ()
    """Legacy profiles of the credentials file, which stay as they are."""

    @property
    def profiles(self) -> int:
        """How many profiles change."""
        return sum(len(group.profiles) for group in self.groups)

    def edits(self) -> tuple[Edit, ...]:
        """Give it as changes to the config file."""
        made = [_session(group.session) for group in self.groups if group.new]
        changed = [
            Change(
                Head(Kind.PROFILE, name),
                (("sso_session", group.session.name),),
                ("sso_start_url", "sso_region"),
            )
            for group in self.groups
            for name in group.profiles
        ]
        return (*made, *changed)


def plan_upgrade(
    legacy: Iterable[LegacyProfile],
    sessions: Iterable[SsoSession],
    taken: frozenset[str],
) -> UpgradePlan:
    """Group profiles by start URL and region, however the URL is written.

    `sessions` are those of the config, of which a group joins one that is right;
    `taken` are all names that a new session can't have.
    """
    groups: dict[tuple[str, str], list[LegacyProfile]] = {}
    elsewhere = []
    for each in legacy:
        if each.in_config:
            key = normalised_start_url(each.start_url), each.region
            groups.setdefault(key, []).append(each)
        else:
            elsewhere.append(each.name)
    known = {
        (normalised_start_url(one.start_url), one.region): one
        for one in sessions
        if not one.legacy
    }
    used, found = set(taken), []
    for (url, region), members in groups.items():
        there = known.get((url, region))
        name = likely_name(url, used)
        session = there or SsoSession(name, url, region, DEFAULT_SCOPES)
        used.add(session.name)
        names = tuple(one.name for one in members)
        found.append(Group(session, names, new=there is None))
    return UpgradePlan(tuple(found), tuple(elsewhere))


def _session(session: SsoSession) -> Add:
    values = (
        ("sso_start_url", session.start_url),
        ("sso_region", session.region),
        ("sso_registration_scopes", ",".join(session.registration_scopes)),
    )
    return Add(Head(Kind.SESSION, session.name), values)
