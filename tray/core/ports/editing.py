"""What we ask of the file that people write: changes that touch nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tray.core.ports.aws import ConfigReader

if TYPE_CHECKING:
    from tray.core.edits import Edit, Head, Written
    from tray.core.upgrading import LegacyProfile


class ConfigEditor(Protocol):
    """One of AWS's two files, changed section by section.

    Every byte that an edit does not ask for stays: comments, order, spacing, line ends,
    encoding, mode, owner, and the link that leads to it. All methods raise
    `ConfigError` where the file is in no state to be changed, and nothing is then.
    """

    def heads(self) -> frozenset[Head]:
        """Give the sections that are there."""
        ...

    def managed(self) -> frozenset[Head]:
        """Give those that bear our mark."""
        ...

    def diff(self, edits: Sequence[Edit]) -> str:
        """Give what edits would change, as a diff for people; empty: nothing.

        Values of keys that may hold secrets are not shown.
        """
        ...

    def write(self, edits: Sequence[Edit]) -> Written | None:
        """Apply edits to the file as it is now, whole or not at all; keeps a backup.

        Gives None when there is nothing to change. Raises `TrayError` when it can't be
        written; then it is as it was.
        """
        ...

    def undo(self) -> Written:
        """Take the last change of ours back.

        Raises `TrayError` where there is none, or where the file was edited since.
        """
        ...


class LegacyReader(ConfigReader, Protocol):
    """AWS's config, with what its legacy profiles say of their sign-in."""

    def legacy_profiles(self) -> tuple[LegacyProfile, ...]:
        """Give the sound profiles that carry their sign-in themselves, in order.

        Never raises; what is wrong with the config stands in `read().problems`.
        """
        ...
