"""The places where other programs look, without files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tray.core.credentials import RoleCredentials
from tray.core.errors import TrayError
from tray.core.model import Problem, Profile, SsoSession


@dataclass
class DictFiller:
    """The AWS CLI's role cache; refuses as a test says."""

    kept: dict[str, RoleCredentials] = field(default_factory=dict)
    refuses: TrayError | None = None
    fills: int = 0

    def fill(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> None:
        """Keep it."""
        assert profile.session == session.name
        if self.refuses:
            raise self.refuses
        self.fills += 1
        self.kept[profile.name] = keys

    def clear(self, session: SsoSession, profile: Profile) -> None:
        """Forget it."""
        assert profile.session == session.name
        if self.refuses:
            raise self.refuses
        self.kept.pop(profile.name, None)


@dataclass
class DictMirror:
    """The shared credentials file; refuses as a test says."""

    shown: dict[str, RoleCredentials] = field(default_factory=dict)
    snags: dict[str, Problem] = field(default_factory=dict)
    refuses: TrayError | None = None
    shows: int = 0

    def show(self, wanted: Mapping[str, RoleCredentials]) -> Mapping[str, Problem]:
        """Have exactly these."""
        if self.refuses:
            raise self.refuses
        self.shows += 1
        self.shown = {n: keys for n, keys in wanted.items() if n not in self.snags}
        return {name: self.snags[name] for name in wanted if name in self.snags}


@dataclass
class StubRoles:
    """What the AWS CLI serves, as a test says; notes for whom it was asked."""

    until: dict[str, datetime] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ends(
        self, profiles: Iterable[tuple[SsoSession, Profile]], now: datetime
    ) -> Mapping[str, datetime]:
        """Give what a test says."""
        names = [profile.name for _, profile in profiles]
        self.asked += names
        return {n: end for n, end in self.until.items() if n in names and end > now}
