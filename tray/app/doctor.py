"""What `doctor` looks at: the real files, services and desktop of a world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from tray.aws.cache_looks import look_at_cache
from tray.aws.registrations import RegistrationFiles
from tray.core import checkup
from tray.core.audit import Asked
from tray.core.board import Board
from tray.core.findings import Finding, Part
from tray.core.ledger import StartedLogin
from tray.core.ports import Clock
from tray.flows.examining import Probe, examine, reached_in_time
from tray.system.audit_log import AuditFile
from tray.system.clock import Pauses, SystemClock
from tray.system.machine import about
from tray.system.paths import World
from tray.system.settings_file import SettingsFile
from tray.system.store import JsonStore
from tray.system.workers import Pool

MOST_ASKED = 200
"""So many of the newest requests are summed up."""


def examined(
    world: World, board: Board, running: str | None, now: datetime
) -> tuple[Finding, ...]:
    """Look at everything; `running` is the daemon's version, None without one."""
    pool = Pool()
    try:
        return examine(_probes(world, board, running, now), pool)
    finally:
        pool.stop(timedelta())


def _probes(
    world: World, board: Board, running: str | None, now: datetime
) -> Mapping[Part, Probe]:
    environ = world.environ
    names = {profile.name for profile in board.profiles}
    return {
        Part.VERSIONS: lambda: checkup.about_versions(about(environ), running),
        Part.CONFIG: lambda: checkup.about_config(board),
        Part.SETTINGS: lambda: _settings(world),
        Part.VARIABLES: lambda: checkup.about_variables(environ, names),
        Part.SESSIONS: lambda: checkup.about_sessions(board, now),
        Part.REGISTRATIONS: lambda: _registrations(world, board, now),
        Part.CACHE: lambda: checkup.about_cache(look_at_cache(world.cache_folder)),
        Part.NETWORK: lambda: _network(world, board, SystemClock()),
        Part.KEYRING: _keyring,
        Part.TRAY: lambda: _desktop(environ),
        Part.AUTOSTART: lambda: _autostart(world),
        Part.AUDIT: lambda: checkup.about_audit(record(world)),
        Part.LOGINS: lambda: checkup.about_logins(_memory(world), now),
    }


def _settings(world: World) -> checkup.Findings:
    file = SettingsFile(world.settings_path, world.policy_path)
    file.read()
    return checkup.about_settings(file.problems, file.locked)


def _registrations(world: World, board: Board, now: datetime) -> checkup.Findings:
    files = RegistrationFiles(world.cache_folder, Pauses().pause)
    sessions = [status.session for status in board.sessions]
    ends = {session.name: files.ends_at(session) for session in sessions}
    return checkup.about_registrations(board, ends, now)


def _network(world: World, board: Board, clock: Clock) -> checkup.Findings:
    """Ask each region once, whatever number of sessions it has, all side by side."""
    from tray.aws.clients import Clients
    from tray.aws.endpoints import authority, reach

    sessions = {
        status.session.region: status.session
        for status in board.sessions
        if status.session.region
    }
    clients = Clients(clock)
    asking = {
        region: partial(reach, session, clients, clock)
        for region, session in sessions.items()
    }
    pool = Pool()
    try:
        reached = reached_in_time(asking, pool)
    finally:
        pool.stop(timedelta())
    bundle = authority(dict(world.environ))
    return checkup.about_network(reached, world.environ, bundle)


def _keyring() -> checkup.Findings:
    from tray.system.keystore import SystemKeystore

    return checkup.about_keyring(SystemKeystore().look())


def _desktop(environ: Mapping[str, str]) -> checkup.Findings:
    from tray.desktop.looking import look_at_desktop

    return checkup.about_desktop(look_at_desktop(environ))


def _autostart(world: World) -> checkup.Findings:
    from tray.system.autostart.chooser import start_at_login

    status = start_at_login(world.environ, world.home).status(thorough=True)
    return checkup.about_autostart(status)


def record(world: World) -> tuple[Asked, ...]:
    """Give the newest requests for credentials, the newest first."""
    return AuditFile(world.audit_path).recent(MOST_ASKED)


def _memory(world: World) -> tuple[StartedLogin, ...]:
    return JsonStore(world.state_path).peek().logins
