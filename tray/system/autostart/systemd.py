"""A unit of the systemd user manager, wanted by the graphical session.

Unit and link are written as `systemctl --user enable` would do it, so that a look
needs no other program. Formats: systemd.service(5), systemd.syntax(7), and
systemd.unit(5) about specifiers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tray.core.autostart import Fault, LoginItem, Method, State
from tray.core.errors import TrayError
from tray.core.wording import autostart as wording
from tray.system.autostart import files
from tray.system.autostart.technology import NAME, THROUGH_SHELL, Launch, Tell

UNIT: Final = f"{NAME}.service"
TARGET: Final = "graphical-session.target"
MARK: Final = "# sso-tray autostart\n"
"""The first line of every unit that we have written."""

UNSAFE: Final = "\"'\\"
"""systemd refuses these signs in a program's path, however they are quoted."""

RELOAD: Final = ("systemctl", "--user", "daemon-reload")
ASK_TARGET: Final = ("systemctl", "--user", "--quiet", "is-active", TARGET)


class SystemdUnit:
    """The unit in the user's own folder; `tell` reaches systemctl."""

    method: Final = Method.SYSTEMD

    def __init__(self, folder: Path, launch: Launch, tell: Tell) -> None:
        self._unit = folder / UNIT
        self._link = folder / f"{TARGET}.wants" / UNIT
        self._launch = launch
        self._tell = tell

    def look(self) -> LoginItem:
        """Give what stands there."""
        content = files.read_own(self._unit)
        if content is None:
            return LoginItem(self.method, str(self._unit))
        text = content.decode(errors="replace")
        if not text.startswith(MARK):
            return LoginItem(self.method, str(self._unit), State.FOREIGN)
        state = State.ON if self._linked() else State.OFF
        return LoginItem(self.method, str(self._unit), state, self._faults(text))

    def put(self) -> None:
        """Write unit and link, and let the manager read them."""
        if self.look().state is State.FOREIGN:
            raise TrayError(*wording.foreign(str(self._unit)))
        files.write_own(self._unit, render(self._launch).encode())
        files.link_own(self._link, self._unit)
        self._tell(RELOAD)  # without a manager it is read at its start

    def remove(self) -> None:
        """Take both away; what runs goes on."""
        if self.look().state in {State.ABSENT, State.FOREIGN}:
            return
        files.remove_own(self._link)
        files.remove_own(self._unit)
        self._tell(RELOAD)

    def in_use(self) -> bool:
        """Tell whether this session's desktop has begun what the unit is bound to."""
        return self._tell(ASK_TARGET)

    def _linked(self) -> bool:
        try:
            return self._link.samefile(self._unit)
        except OSError:
            return False

    def _faults(self, text: str) -> tuple[Fault, ...]:
        wanted = render(self._launch)
        if text == wanted:
            return ()
        faults = [
            fault
            for fault, key in (
                (Fault.PROGRAM, "ExecStart="),
                (Fault.VARIABLES, "Environment="),
            )
            if _lines(text, key) != _lines(wanted, key)
        ]
        return tuple(faults) or (Fault.TEXT,)


def render(launch: Launch) -> str:
    """Give the unit's text; the colon keeps `$` in the command from being replaced."""
    words = launch.command
    if set(words[0]) & set(UNSAFE):
        words = (*THROUGH_SHELL, *words)
    command = ":" + " ".join(map(quote, words))
    variables = "\n".join(
        f"Environment={quote(f'{name}={value}')}"
        for name, value in launch.variables.items()
    )
    text = files.template(UNIT).replace("@COMMAND@\n", f"{command}\n")
    return text.replace("@VARIABLES@\n", f"{variables}\n" if variables else "")


def quote(word: str) -> str:
    """Give a word as a unit holds it."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    plain = text == word and not set(word) & set(" ';#")
    return text if plain else f'"{text}"'


def _lines(text: str, key: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(key)]
