"""What `simulate` reads, once; nothing is written, locked, started or asked."""

from __future__ import annotations

from tray.app.house import token_files
from tray.aws.config import ConfigFile
from tray.core.model import AwsConfig
from tray.core.simulation import Simulation, Until, end_of
from tray.flows.simulation import Premises, simulate
from tray.system.clock import SystemClock
from tray.system.keystore import SystemKeystore
from tray.system.paths import World
from tray.system.settings_file import SettingsFile
from tray.system.store import JsonStore


def foretell(world: World, until: Until) -> tuple[Simulation, AwsConfig]:
    """Tell what would happen in a world, and what its config says.

    Raises `UsageError` for a time that is over or too far away.
    """
    now = SystemClock().now()
    end = end_of(until, now)
    config = ConfigFile(world.environ, world.home).read()
    keys = [session.cache_key for session in config.sessions]
    premises = Premises(
        now=now,
        config=config,
        settings=SettingsFile(world.settings_path, world.policy_path).read(),
        tokens=dict(token_files(world, SystemKeystore()).read_all(keys)),
        memory=JsonStore(world.state_path).peek(),
    )
    return simulate(premises, end), config
