"""What `sync` would do: the profiles that are there beside the accesses that are.

Only profiles of ours are ever changed. One that people wrote counts as present for its
account and role, whatever it is called, and its name is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tray.core.accesses import Access
from tray.core.edits import Add, Change, Edit, Head, Kind, Pairs, Remove, Rename
from tray.core.links import normalised_start_url
from tray.core.model import AwsConfig, Profile, SsoSession
from tray.core.naming import Template, fits, names_for

Key = tuple[str, str]
"""An account's number and a role's name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the config, as far as new profiles have to heed it."""

    config: AwsConfig
    """The sessions and profiles that the reader understands."""

    names: frozenset[str]
    """The names of all profiles, of every kind, in both files."""

    ours: frozenset[str]
    """The names of those that this program wrote."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the profiles of one session are to be."""

    session: SsoSession
    """The session."""

    template: Template
    """What they are called."""

    region: str = ""
    """The default region to write; empty: none."""

    output: str = ""
    """The output format to write; empty: none."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A profile that is missing."""

    name: str
    """What it will be called."""

    access: Access
    """What it is for."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A profile of ours whose name is no longer what the template says."""

    before: str
    """What it is called."""

    after: str
    """What the template says now."""

    access: Access
    """What it is for."""


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What differs; nothing of it is done yet."""

    add: tuple[Addition, ...] = ()
    """Profiles to write."""

    change: tuple[Addition, ...] = ()
    """Profiles of ours under a name that is right, for a session that is not."""

    gone: tuple[Profile, ...] = ()
    """Profiles of ours for what is not wanted, or can't be reached any more."""

    rename: tuple[Renaming, ...] = ()
    """Profiles of ours whose account is called otherwise now."""

    pinned: tuple[Renaming, ...] = ()
    """Those that other profiles name as their source, and so keep their names."""

    present: int = 0
    """Accesses that have a profile already."""

    @property
    def empty(self) -> bool:
        """Whether all is as it should be."""
        return not (self.add or self.change or self.gone or self.rename)


def plan_sync(wish: Wish, wanted: Iterable[Access], standing: Standing) -> SyncPlan:
    """Compare what is wanted with what stands there."""
    accesses = {access.key: access for access in wanted}
    portal = _portal(wish.session, standing.config)
    there = [one for one in standing.config.profiles if one.session in portal]
    direct = [one for one in there if one.source_profile is None]
    ours = [one for one in direct if one.name in standing.ours]
    present = {_key(one): one for one in direct if _key(one) in accesses}
    missing = tuple(one for key, one in accesses.items() if key not in present)
    names = names_for(missing, wish.session.name, wish.template, standing.names)
    renamings = tuple(_renamings(wish, ours, accesses, standing))
    sources = {one.source_profile for one in standing.config.profiles}
    return SyncPlan(
        add=tuple(Addition(names[one.key], one) for one in missing),
        change=tuple(
            Addition(one.name, accesses[_key(one)])
            for one in ours
            if one.session != wish.session.name and _key(one) in accesses
        ),
        gone=tuple(one for one in ours if _key(one) not in accesses),
        rename=tuple(one for one in renamings if one.before not in sources),
        pinned=tuple(one for one in renamings if one.before in sources),
        present=len(present),
    )


def gained(
    session: SsoSession,
    wanted: Iterable[Access],
    seen: frozenset[Key],
    config: AwsConfig,
) -> tuple[Access, ...]:
    """Give what is wanted and can be reached now, could not before, and has no profile.

    A profile of any session of the same portal counts.
    """
    portal = _portal(session, config)
    held = {_key(one) for one in config.profiles if one.session in portal}
    return tuple(one for one in wanted if one.key not in seen | held)


def _portal(session: SsoSession, config: AwsConfig) -> frozenset[str]:
    """Give the names of the sessions that lead to the same portal, legacy ones too."""
    url = normalised_start_url(session.start_url)
    same = {one.name for one in config.sessions if url == _url(one)}
    return frozenset(same | {session.name})


def _url(session: SsoSession) -> str:
    return normalised_start_url(session.start_url)


def _key(profile: Profile) -> Key:
    return profile.account_id, profile.role_name


def _renamings(
    wish: Wish,
    ours: Iterable[Profile],
    accesses: Mapping[Key, Access],
    standing: Standing,
) -> Iterable[Renaming]:
    """Give those whose name the template would not give them any more."""
    name = wish.session.name
    first = dict[Key, str]()
    for one in ours:
        first.setdefault(_key(one), one.name)
    odd = {
        one: accesses[key]
        for key, one in first.items()
        if key in accesses and not fits(one, accesses[key], name, wish.template)
    }
    taken = standing.names - odd.keys()
    names = names_for(tuple(odd.values()), name, wish.template, taken)
    for before, access in odd.items():
        yield Renaming(before, names[access.key], access)


@dataclass(frozen=True, slots=True)
class Consent:
    """What people allow beside new profiles."""

    prune: bool = False
    """Whether profiles of ours that are gone may be removed."""

    rename: bool = False
    """Whether profiles of ours may get the names that they would get today."""


def edits_of(plan: SyncPlan, wish: Wish, consent: Consent) -> tuple[Edit, ...]:
    """Give what is to be written, in the order of the file's readers."""
    more = tuple(
        (key, value)
        for key, value in (("region", wish.region), ("output", wish.output))
        if value
    )
    edits: list[Edit] = []
    edits += [Add(_head(one.name), (*_core(wish, one), *more)) for one in plan.add]
    edits += [Change(_head(one.name), _core(wish, one)) for one in plan.change]
    if consent.rename:
        edits += [Rename(_head(one.before), one.after) for one in plan.rename]
    if consent.prune:
        edits += [Remove(_head(one.name)) for one in plan.gone]
    return tuple(edits)


def session_edit(session: SsoSession) -> Add:
    """Give what writes a session."""
    values = [("sso_start_url", session.start_url), ("sso_region", session.region)]
    if session.registration_scopes:
        scopes = ",".join(session.registration_scopes)
        values.append(("sso_registration_scopes", scopes))
    return Add(Head(Kind.SESSION, session.name), tuple(values))


def _head(name: str) -> Head:
    return Head(Kind.PROFILE, name)


def _core(wish: Wish, one: Addition) -> Pairs:
    return (
        ("sso_session", wish.session.name),
        ("sso_account_id", one.access.account.account_id),
        ("sso_role_name", one.access.role),
    )
