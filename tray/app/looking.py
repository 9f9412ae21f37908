"""A look at how things stand without a daemon: the report of files, and nothing more.

Commands that only look need no flow and no way to AWS, so none of that is loaded here:
it would take longer than all the rest.
"""

from __future__ import annotations

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


def look(world: World) -> Report:
    """Give the report of `status --json`; raises what config and settings raise."""
    config = ConfigFile(world.environ, world.home).read()
    folders = (world.cache_folder, world.kept_folder)
    files = KeptTokens(folders, SystemKeystore(), Pauses().pause, PATIENT_PAUSES)
    tokens = files.read_all([one.cache_key for one in config.sessions])
    now = SystemClock().now()
    facts = Facts(config, tokens, JsonStore(world.state_path).load(), Activity())
    settings = SettingsFile(world.settings_path).read()
    return report(assess(facts, now, settings), now, daemon=False)
