"""What every way to start at log-in has in common, and what it asks of the system."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from tray.core.autostart import LeftOut, LoginItem, Method
from tray.core.errors import TrayError

NAME: Final = "sso-tray"
"""What our entries are called everywhere."""

THROUGH_SHELL: Final = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""Before a command whose path a format can't hold: the shell turns into it."""

PATIENCE: Final = timedelta(seconds=5)
"""So long the system's own tools may take; they only ask a service."""

log = logging.getLogger(__name__)

Tell = Callable[[Sequence[str]], bool]
"""Runs a tool of the system to its end; whether it was there and content."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What is to be started at log-in."""

    command: tuple[str, ...]
    """The program, by its absolute path, and its arguments."""

    variables: Mapping[str, str]
    """Variables that it must find; none holds a secret."""

    left_out: tuple[LeftOut, ...] = ()
    """Variables that it would need and does not get."""


class Technology(Protocol):
    """One way to start at log-in; raises `TrayError` only."""

    @property
    def method(self) -> Method:
        """Tell which one."""
        ...

    def look(self) -> LoginItem:
        """Give what stands there; reads a file or two and starts nothing."""
        ...

    def put(self) -> None:
        """Write our entry, in place of an older one of ours.

        Raises `TrayError` where something stands that is not ours.
        """
        ...

    def remove(self) -> None:
        """Take our entry away; what is not ours stays."""
        ...


class Registry(Protocol):
    """The registry; keys begin with HKCU or HKLM. Raises `TrayError` only."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Give a value; None: it is not there, or of another kind."""
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Set a text (REG_SZ)."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Take a value away, if it is there."""
        ...


def teller(environ: Mapping[str, str]) -> Tell:
    """Give the real one."""

    def tell(argv: Sequence[str]) -> bool:
        from tray.system.processes import run

        try:
            done = run(argv, environ, timeout=PATIENCE)
        except TrayError as error:
            log.debug("%s", error)
            return False
        return done.status == 0

    return tell
