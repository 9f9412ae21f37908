"""A look at how things stand: the report of files, and nothing more.

Commands that only look need no flow and no way to AWS, so none of that is loaded here:
it would take longer than all the rest. The daemon's first answer is made in the same
way, while the rest of it is still being built.
"""

from __future__ import annotations

from dataclasses import dataclass

from tray.aws.cache import PATIENT_PAUSES
from tray.aws.config import ConfigFile
from tray.aws.kept_tokens import KeptTokens
from tray.core.report import Report, report
from tray.core.status import Activity, Facts, assess
from tray.system.clock import Pauses, SystemClock
from tray.system.keystore import SystemKeystore
from tray.system.paths import World
from tray.system.settings_file import SettingsFile
from tray.system.store import JsonStore


@dataclass(frozen=True, slots=True)
class Files:
    """What a world's files say; what was read once is not read again."""

    world: World
    """Whose files these are."""

    clock: SystemClock
    """The clocks."""

    config: ConfigFile
    """AWS's config."""

    settings: SettingsFile
    """Our settings."""

    store: JsonStore
    """What is remembered."""

    @classmethod
    def of(cls, world: World) -> Files:
        """Give those of a world; nothing is read yet."""
        return cls(
            world,
            SystemClock(),
            ConfigFile(world.environ, world.home),
            SettingsFile(world.settings_path, world.policy_path),
            JsonStore(world.state_path),
        )

    def report(self, *, daemon: bool) -> Report:
        """Give the report of `status --json`; raises what config and settings raise."""
        world, config = self.world, self.config.read()
        folders = (world.cache_folder, world.kept_folder)
        files = KeptTokens(folders, SystemKeystore(), Pauses().pause, PATIENT_PAUSES)
        tokens = files.read_all([one.cache_key for one in config.sessions])
        now = self.clock.now()
        facts = Facts(config, tokens, self.store.load(), Activity())
        return report(assess(facts, now, self.settings.read()), now, daemon=daemon)


def look(world: World) -> Report:
    """Give the report of `status --json`; raises what config and settings raise."""
    return Files.of(world).report(daemon=False)
