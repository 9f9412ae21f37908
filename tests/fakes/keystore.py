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


@dataclass
class DictSafe:
    """`TokenSafe` without files or a keyring; fails as a test says."""

    files: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    locked: bool = False

    def has_file(self, key: str) -> bool:
        """Tell whether there is a file."""
        return key in self.files

    def is_kept(self, key: str) -> bool:
        """Tell whether the keyring has it."""
        return key in self.kept

    def keep(self, key: str) -> None:
        """Move a token from its file into the keyring."""
        self._open()
        if key in self.files:
            self.files.remove(key)
            self.kept.add(key)

    def give_back(self, key: str) -> None:
        """Move a token from the keyring into its file."""
        if key in self.kept:
            self._open()
            self.kept.remove(key)
            self.files.add(key)

    def _open(self) -> None:
        if self.locked:
            raise CannotTell("Locked.", "Unlock it.")
