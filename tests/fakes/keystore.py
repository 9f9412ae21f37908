"""A keyring in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from tray.core.errors import CannotTell
from tray.core.model import Secret


@dataclass
class DictKeystore:
    """`Keystore` without a keyring; locked as a test says."""

    entries: dict[str, Secret] = field(default_factory=dict)
    locked: bool = False
    asked: list[str] = field(default_factory=list)

    def read(self, name: str) -> Secret | None:
        """Give what is kept under a name."""
        self._ask(f"read {name}")
        return self.entries.get(name)

    def write(self, name: str, secret: Secret) -> None:
        """Keep it."""
        self._ask(f"write {name}")
        self.entries[name] = secret

    def remove(self, name: str) -> None:
        """Forget it."""
        self._ask(f"remove {name}")
        self.entries.pop(name, None)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.locked:
            raise CannotTell("Locked.", "Unlock it.")
