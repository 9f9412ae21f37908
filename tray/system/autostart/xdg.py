"""A desktop entry in the user's autostart folder.

Formats: the Desktop Application Autostart Specification and the Desktop Entry
Specification. Desktops rewrite these files when people switch an entry off in their
settings, which loses comments; so the entry is compared by its keys, and ours by one.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tray.core.autostart import Fault, LoginItem, Method, State
from tray.core.errors import TrayError
from tray.core.wording import autostart as wording
from tray.system.autostart import files
from tray.system.autostart.technology import NAME, THROUGH_SHELL, Launch

ENTRY: Final = f"{NAME}.desktop"
MARK: Final = "X-SSO-Tray"
SWITCH: Final = "X-GNOME-Autostart-enabled"
HIDDEN: Final = "Hidden"
HEAD: Final = "[Desktop Entry]"
PLAIN: Final = frozenset(string.ascii_letters + string.digits + "_/.:,@+=-%")
AWKWARD: Final = '"`$\\'


class XdgEntry:
    """The entry of this user."""

    method: Final = Method.XDG

    def __init__(self, folder: Path, launch: Launch) -> None:
        self._path = folder / ENTRY
        self._launch = launch

    def look(self) -> LoginItem:
        """Give what stands there."""
        content = files.read_own(self._path)
        if content is None:
            return LoginItem(self.method, str(self._path))
        found = keys(content.decode(errors="replace"))
        if MARK not in found:
            return LoginItem(self.method, str(self._path), State.FOREIGN)
        hidden = found.get(HIDDEN, "false").lower() == "true"
        off = hidden or found.get(SWITCH, "true").lower() == "false"
        state = State.OFF if off else State.ON
        return LoginItem(self.method, str(self._path), state, self._faults(found))

    def put(self) -> None:
        """Write the entry."""
        if self.look().state is State.FOREIGN:
            raise TrayError(*wording.foreign(str(self._path)))
        files.write_own(self._path, render(self._launch).encode())

    def remove(self) -> None:
        """Take it away."""
        if self.look().state in {State.ON, State.OFF}:
            files.remove_own(self._path)

    def _faults(self, found: dict[str, str]) -> tuple[Fault, ...]:
        wanted = keys(render(self._launch))
        wrong = {key for key in wanted if found.get(key) != wanted[key]} - {SWITCH}
        if not wrong:
            return ()
        if not wrong & {"Exec", "TryExec"}:
            return (Fault.TEXT,)
        command = exec_value(Launch(self._launch.command, {}))
        same = found.get("Exec", "").endswith(command)
        return (Fault.VARIABLES,) if same else (Fault.PROGRAM,)


def keys(text: str) -> dict[str, str]:
    """Give the keys of an entry's first group, with their values as they stand."""
    found: dict[str, str] = {}
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.strip() == HEAD and not found
        key, equals, value = line.partition("=")
        if inside and equals and not line.startswith(("#", "[")):
            found.setdefault(key.strip(), value.strip())
    return found


def render(launch: Launch) -> str:
    """Give the entry's text."""
    program = _escape(launch.command[0])
    text = files.template(ENTRY).replace("@PROGRAM@", program)
    return text.replace("@COMMAND@", exec_value(launch))


def exec_value(launch: Launch) -> str:
    """Give the value of `Exec`, which sets the variables by `env`."""
    words: Sequence[str] = launch.command
    if "=" in launch.command[0]:  # `env` would take it for a variable
        words = (*THROUGH_SHELL, *words)
    if launch.variables:
        pairs = (f"{name}={value}" for name, value in launch.variables.items())
        words = ("/usr/bin/env", *pairs, *words)
    return _escape(" ".join(map(quote, words)))


def quote(word: str) -> str:
    """Give a word as `Exec` holds it, before the escapes of every value."""
    word = word.replace("%", "%%")
    if word and set(word) <= PLAIN:
        return word
    return '"' + "".join(f"\\{c}" if c in AWKWARD else c for c in word) + '"'


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\")
