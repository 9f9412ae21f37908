"""A launch agent of macOS.

launchd reads the agents of a user's folder at log-in, and that is all that is wanted:
`bootstrap` would start a second program now, and `bootout` would end the one that
runs, perhaps the very one that asks. So launchctl only lifts a switch that people
have put on "off". Formats: launchd.plist(5), launchctl(1). It has been checked by
types and on plain files only.
"""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

from tray.core.autostart import Fault, LoginItem, Method, State
from tray.core.errors import TrayError
from tray.core.wording import autostart as wording
from tray.system.autostart import files
from tray.system.autostart.technology import NAME, Launch, Tell

PLIST: Final = f"{NAME}.plist"


class LaunchAgent:
    """The agent of this user; `tell` reaches launchctl."""

    method: Final = Method.LAUNCHD

    def __init__(self, folder: Path, user: int, launch: Launch, tell: Tell) -> None:
        self._path = folder / PLIST
        self._user = user
        self._launch = launch
        self._tell = tell

    def look(self) -> LoginItem:
        """Give what stands there."""
        content = files.read_own(self._path)
        if content is None:
            return LoginItem(self.method, str(self._path))
        found = _parse(content)
        if found.get("Label") != NAME or not isinstance(
            found.get("ProgramArguments"), list
        ):
            return LoginItem(self.method, str(self._path), State.FOREIGN)
        state = State.OFF if found.get("Disabled") is True else State.ON
        return LoginItem(self.method, str(self._path), state, self._faults(found))

    def put(self) -> None:
        """Write the agent, for the next log-in."""
        if self.look().state is State.FOREIGN:
            raise TrayError(*wording.foreign(str(self._path)))
        files.write_own(self._path, render(self._launch))
        self._tell(("launchctl", "enable", f"gui/{self._user}/{NAME}"))

    def remove(self) -> None:
        """Take it away; what runs goes on until log-out."""
        if self.look().state in {State.ON, State.OFF}:
            files.remove_own(self._path)

    def _faults(self, found: Mapping[str, Any]) -> tuple[Fault, ...]:
        wanted = _parse(render(self._launch))
        faults = [
            fault
            for fault, key in (
                (Fault.PROGRAM, "ProgramArguments"),
                (Fault.VARIABLES, "EnvironmentVariables"),
            )
            if found.get(key) != wanted.get(key)
        ]
        if not faults and dict(found) != dict(wanted):
            faults.append(Fault.TEXT)
        return tuple(faults)


def render(launch: Launch) -> bytes:
    """Give the agent's text."""
    content = _parse(files.template(PLIST).encode())
    content["ProgramArguments"] = list(launch.command)
    if launch.variables:
        content["EnvironmentVariables"] = dict(launch.variables)
    return plistlib.dumps(content, sort_keys=False)


def _parse(content: bytes) -> dict[str, Any]:
    try:
        found = plistlib.loads(content)
    except (ExpatError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}
