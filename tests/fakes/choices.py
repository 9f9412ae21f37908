"""What people chose, without a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tray.core.choices import Choice


@dataclass
class DictChoices:
    """Choices without a file."""

    choices: dict[str, Choice] = field(default_factory=dict)

    def read(self) -> Mapping[str, Choice]:
        """Give them."""
        return dict(self.choices)

    def change(self, session: str, change: Callable[[Choice], Choice]) -> None:
        """Keep one."""
        self.choices[session] = change(self.choices.get(session, Choice()))
