"""A value under the Run key of the Windows registry.

Source: "Run and RunOnce Registry Keys" of Microsoft's documentation: a command line
of at most 260 characters. The task manager switches entries off by a value of the
same name under `StartupApproved`, whose first byte is odd then. A command line hands
on no variables; Windows gives those that are set for good to every program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tray.core.autostart import Fault, LeftOut, LoginItem, Method, Reason, State
from tray.core.errors import TrayError
from tray.core.wording import autostart as wording
from tray.system.autostart.technology import NAME, Launch, Registry

RUN: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
)
USER_VARIABLES: Final = r"HKCU\Environment"
MACHINE_VARIABLES: Final = (
    r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
)
LONGEST: Final = 260
"""A command line under the Run key has at most so many characters."""

OURS: Final = re.compile(r"(?i)(\s-m tray|sso-tray(\.exe)?\"?|\.pyz\"?) run$")
"""How every command line of ours ends."""


class RunKey:
    """Our value under the Run key of this user."""

    method: Final = Method.WINDOWS

    def __init__(self, registry: Registry, launch: Launch) -> None:
        self._registry = registry
        self._launch = launch

    def look(self) -> LoginItem:
        """Give what stands there."""
        place = f"{RUN}\\{NAME}"
        text = self._registry.read(RUN, NAME)
        if text is None:
            return LoginItem(self.method, place)
        if not isinstance(text, str) or OURS.search(text) is None:
            return LoginItem(self.method, place, State.FOREIGN)
        approved = self._registry.read(APPROVED, NAME)
        off = isinstance(approved, bytes) and approved[:1] != b"" and approved[0] & 1
        faults = () if text == command_line(self._launch.command) else (Fault.PROGRAM,)
        return LoginItem(self.method, place, State.OFF if off else State.ON, faults)

    def put(self) -> None:
        """Set the value, and lift the task manager's switch."""
        item, text = self.look(), command_line(self._launch.command)
        if item.state is State.FOREIGN:
            raise TrayError(*wording.foreign(item.place))
        if len(text) > LONGEST:
            raise TrayError(*wording.command_long(LONGEST))
        self._registry.write(RUN, NAME, text)
        self._registry.delete(APPROVED, NAME)

    def remove(self) -> None:
        """Take it away."""
        if self.look().state in {State.ON, State.OFF}:
            self._registry.delete(RUN, NAME)
            self._registry.delete(APPROVED, NAME)


def passing(registry: Registry, names: Iterable[str]) -> tuple[LeftOut, ...]:
    """Give those of the variables that are set in this console alone."""
    return tuple(
        LeftOut(name, Reason.PASSING)
        for name in dict.fromkeys(name.upper() for name in names)
        if registry.read(USER_VARIABLES, name) is None
        and registry.read(MACHINE_VARIABLES, name) is None
    )


def command_line(words: Sequence[str]) -> str:
    """Give one line that the C runtime takes apart into these words again."""
    return " ".join(map(_quote, words))


def _quote(word: str) -> str:
    if word and not set(word) & set(' \t"'):
        return word
    text = re.sub(r'(\\*)"', r'\1\1\\"', word)
    return '"' + re.sub(r"(\\+)$", r"\1\1", text) + '"'
