"""What stands on the screen at once: one notice, or several that became one."""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.board import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is told at once: one notice, or several that became one."""

    notices: tuple[Notice, ...]
    """What it is about, the most urgent first."""

    @property
    def key(self) -> str:
        """Where it belongs: proposals and questions stand for themselves; else one."""
        first = self.notices[0]
        if first.kind is NoticeKind.UNLOCK:
            return first.key
        return f"plan {first.key}" if first.kind is NoticeKind.PLAN else "sign-ins"

    @property
    def sessions(self) -> tuple[str, ...]:
        """The names of the sessions that it is about."""
        return tuple(notice.session for notice in self.notices)

    @property
    def news(self) -> bool:
        """Whether people have not been told all of it yet."""
        return not all(notice.announced for notice in self.notices)
