"""A file of AWS's in memory, for those who have it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tray.aws.config_diff import diff_of
from tray.aws.config_editor import edit_text, heads_in
from tray.core.edits import Edit, Head, Written
from tray.core.errors import TrayError
from tray.core.wording import editing as wording


@dataclass
class MemoryEditor:
    """Changes a text, and keeps what it was."""

    text: str = ""
    before: list[tuple[str, str]] = field(default_factory=list)
    refusal: TrayError | None = None

    def heads(self) -> frozenset[Head]:
        """Give the sections that are there."""
        return heads_in(self.text)[0]

    def managed(self) -> frozenset[Head]:
        """Give those that bear our mark."""
        return heads_in(self.text)[1]

    def diff(self, edits: Sequence[Edit]) -> str:
        """Give what edits would change."""
        return diff_of(edit_text(self.text, edits, "config"), "config")

    def write(self, edits: Sequence[Edit]) -> Written | None:
        """Apply edits, or fail as scripted."""
        edited = edit_text(self.text, edits, "config")
        if not edited.changed:
            return None
        if self.refusal is not None:
            raise self.refusal
        self.before.append((self.text, edited.text))
        self.text = edited.text
        return Written("config", f"config.{len(self.before)}")

    def undo(self) -> Written:
        """Take the last change back."""
        if not self.before:
            raise TrayError(*wording.nothing_to_undo("config"))
        before, after = self.before[-1]
        if self.text != after:
            raise TrayError(*wording.changed_since("config", "config.1"))
        self.before.pop()
        self.text = before
        return Written("config", "")
