"""Start at log-in: picks the way that this desktop heeds, and keeps it the only one.

A systemd unit is right only where the desktop begins `graphical-session.target`, as
GNOME and Plasma do. Xfce, LXQt and MATE do not, and a unit would never start there;
they, and all the others, heed desktop entries.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tray.core.autostart import (
    AutostartStatus,
    Change,
    Fault,
    LeftOut,
    LoginItem,
    Method,
    Outcome,
    State,
)
from tray.core.errors import UsageError
from tray.core.wording import autostart as wording
from tray.system.autostart.launch import launch_of
from tray.system.autostart.systemd import SystemdUnit
from tray.system.autostart.technology import (
    Launch,
    Registry,
    Technology,
    Tell,
    teller,
)
from tray.system.autostart.xdg import XdgEntry


class StartAtLogin:
    """All ways of one system; `best` names the right one for the desktop of now."""

    def __init__(
        self,
        technologies: Sequence[Technology],
        best: Callable[[], Method],
        left_out: tuple[LeftOut, ...] = (),
    ) -> None:
        self._technologies = technologies
        self._best = best
        self._left_out = left_out

    def status(
        self, method: Method | None = None, *, thorough: bool = False
    ) -> AutostartStatus:
        """Tell whether and how the program starts at log-in, by all ways or by one."""
        items = [one.look() for one in self._meant(method)]
        on = [item for item in items if item.state is State.ON]
        bound = thorough and [item.method for item in on] == [Method.SYSTEMD]
        unused = bound and self._best() is not Method.SYSTEMD
        extra = (Fault.TWICE,) * (len(on) > 1) + (Fault.UNUSED,) * unused
        return AutostartStatus(
            tuple(
                replace(item, faults=(*item.faults, *extra)) if item in on else item
                for item in items
            ),
            self._left_out,
        )

    def enable(self, method: Method | None = None) -> Outcome:
        """See to it that the program starts at log-in, by one way only."""
        [target] = self._meant(method or self._best())
        item = target.look()
        others = [
            (one, found)
            for one in self._technologies
            if one is not target
            and (found := one.look()).state in {State.ON, State.OFF}
        ]
        change = _change(item, [found for _, found in others])
        if change is not Change.ALREADY_ON or others:
            target.put()
        for one, _ in others:
            one.remove()
        return Outcome(change, self.status())

    def disable(self, method: Method | None = None) -> Outcome:
        """Take our entries away; what is not ours stays."""
        change = Change.ALREADY_OFF
        for one in self._meant(method):
            if one.look().state in {State.ON, State.OFF}:
                one.remove()
                change = Change.DISABLED
        return Outcome(change, self.status(method))

    def _meant(self, method: Method | None) -> Sequence[Technology]:
        meant = [one for one in self._technologies if method in {None, one.method}]
        if not meant:
            raise UsageError(
                *wording.elsewhere(
                    str(method), [str(one.method) for one in self._technologies]
                )
            )
        return meant


def _change(item: LoginItem, others: Sequence[LoginItem]) -> Change:
    if item.state is State.ON:
        return Change.REPAIRED if item.faults or others else Change.ALREADY_ON
    if any(other.state is State.ON for other in others):
        return Change.MOVED
    return Change.ENABLED


def start_at_login(environ: Mapping[str, str], home: Path) -> StartAtLogin:
    """Give what serves this system. Raises `TrayError`."""
    launch = launch_of(environ, sys.argv[0], sys.executable)
    if sys.platform == "win32":
        from tray.system.autostart.windows_registry import WindowsRegistry

        chosen = of_windows(launch, WindowsRegistry())
    elif sys.platform == "darwin":
        chosen = of_mac(home, os.getuid(), launch, teller(environ))
    else:
        chosen = of_desktop(environ, home, launch, teller(environ))
    return chosen


def of_windows(launch: Launch, registry: Registry) -> StartAtLogin:
    """Give what serves Windows."""
    from tray.system.autostart.windows_run import RunKey, passing

    names = (*launch.variables, *(one.name for one in launch.left_out))
    left_out = passing(registry, names)
    return StartAtLogin([RunKey(registry, launch)], lambda: Method.WINDOWS, left_out)


def of_mac(home: Path, user: int, launch: Launch, tell: Tell) -> StartAtLogin:
    """Give what serves macOS."""
    from tray.system.autostart.launchd import LaunchAgent

    agent = LaunchAgent(home / "Library" / "LaunchAgents", user, launch, tell)
    return StartAtLogin([agent], lambda: Method.LAUNCHD, launch.left_out)


def of_desktop(
    environ: Mapping[str, str], home: Path, launch: Launch, tell: Tell
) -> StartAtLogin:
    """Give what serves the desktops of Linux and its like."""
    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    folder = base if base.is_absolute() else home / ".config"
    unit = SystemdUnit(folder / "systemd" / "user", launch, tell)
    entry = XdgEntry(folder / "autostart", launch)
    in_desktop = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))

    def best() -> Method:
        if unit.in_use():
            return Method.SYSTEMD
        if not in_desktop and unit.look().state is State.ON:
            return Method.SYSTEMD  # from a console nobody can tell; it stays
        return Method.XDG

    return StartAtLogin([unit, entry], best, launch.left_out)
