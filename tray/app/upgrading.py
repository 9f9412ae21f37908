"""What `upgrade` needs of the edges."""

from __future__ import annotations

from tray.aws.config import ConfigFile
from tray.aws.config_writer import ConfigWriter
from tray.flows.upgrading import Upgrades
from tray.system.locks import FileLocks
from tray.system.paths import World


def upgrades(world: World) -> Upgrades:
    """Give what upgrades a world's config."""
    config = ConfigFile(world.environ, world.home)
    locks = FileLocks(world.locks_folder, world.cache_folder)
    editor = ConfigWriter(lambda: config.paths.config, world.home, locks)
    return Upgrades(config, editor)
