"""AWS's config as a whole: the `ConfigReader` of the real files.

Nothing is cached but the last result, and it holds as long as both files are the same
by time, size and inode.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tray.aws.config_headers import Headers, sort_sections
from tray.aws.config_profiles import Profiles
from tray.aws.config_sections import Findings
from tray.aws.config_sessions import declared_session, legacy_sessions
from tray.aws.config_text import (
    BEGIN,
    ConfigPaths,
    ConfigText,
    Mark,
    config_paths,
    mark_of,
    read_text,
)
from tray.core.model import AwsConfig

if TYPE_CHECKING:
    from tray.core.upgrading import LegacyProfile


class ConfigFile:
    """Reads `~/.aws/config` and `~/.aws/credentials`, or what stands for them."""

    def __init__(self, environ: Mapping[str, str], home: Path) -> None:
        self._environ = environ
        self._home = home
        self._last: tuple[tuple[Mark, Mark], AwsConfig] | None = None

    @cached_property
    def paths(self) -> ConfigPaths:
        """Where the two files are, whether they exist or not."""
        return config_paths(self._environ, self._home)

    def read(self) -> AwsConfig:
        """Give all that the config says about SSO; the same object while unchanged.

        Never raises for what the files hold or lack: that stands in `problems`.
        """
        paths = self.paths
        marks = mark_of(paths.config), mark_of(paths.credentials)
        last = self._last
        if last is None or last[0] != marks:
            self._last = last = (marks, self._read(paths))
        return last[1]

    def legacy_profiles(self) -> tuple[LegacyProfile, ...]:
        """Give the sound profiles that carry their sign-in themselves, in order."""
        from tray.core.upgrading import LegacyProfile

        found = Findings()
        profiles = Profiles(self._headers(self.paths, found), found)
        sound = {profile.name for profile in profiles.sound()}
        return tuple(
            LegacyProfile(one.profile, one.start_url, one.region, one.rank == 0)
            for one in profiles.sign_ins()
            if one.profile in sound
        )

    def _headers(self, paths: ConfigPaths, found: Findings) -> Headers:
        return sort_sections(
            read_text(paths.config, self._home),
            _credentials_text(paths.credentials, self._home),
            found,
        )

    def _read(self, paths: ConfigPaths) -> AwsConfig:
        found = Findings()
        headers = self._headers(paths, found)
        declared = {
            name: declared_session(entry, found)
            for name, entry in headers.sessions.items()
        }
        profiles = Profiles(headers, found)
        sound = profiles.sound()
        legacy = legacy_sessions(profiles.sign_ins(), profiles.entry, found)
        return AwsConfig(
            sessions=tuple((legacy | declared)[name] for name in declared | legacy),
            profiles=sound,
            problems=found.listed(),
            path=str(paths.config),
        )


def _credentials_text(path: Path, home: Path) -> ConfigText:
    """Read the credentials file without what we have mirrored into it ourselves."""
    found = read_text(path, home)
    text = found.text
    if BEGIN in text:
        from tray.aws.mirror_blocks import without_blocks

        text = without_blocks(text)
    return found._replace(text=text, rank=1)
