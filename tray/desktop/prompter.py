"""The board's notices on the desktop: which buttons they have and what those mean."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from tray.core.board import Notice, NoticeKind
from tray.core.wording import board as wording

log = logging.getLogger(__name__)

LOGIN: Final = "login"
SNOOZE: Final = "snooze"
TOLD: Final = "told"


class Notices(Protocol):
    """A notification server, as `notices.Notifier` and its like."""

    def show(  # noqa: PLR0913 - what a notice is made of
        self,
        key: str,
        title: str,
        body: str,
        *,
        buttons: tuple[tuple[str, str], ...] = (),
        urgent: bool = False,
        without_buttons: str = "",
    ) -> None:
        """Show a notice under a key."""
        ...

    def withdraw(self, key: str) -> None:
        """Take it away."""
        ...


class Prompter:
    """`Notifier` over a notification server; button clicks come back as verbs."""

    def __init__(
        self,
        notices: Notices,
        login: Callable[[str], None],
        snooze: Callable[[str], None],
    ) -> None:
        self._notices = notices
        self._verbs: Mapping[str, Callable[[str], None]] = {
            LOGIN: login,
            SNOOZE: snooze,
        }
        self._sessions: dict[str, str] = {}

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the one with the same key."""
        self._sessions[notice.key] = notice.session
        self._notices.show(
            notice.key,
            notice.title,
            notice.body,
            buttons=((LOGIN, wording.LOGIN), (SNOOZE, wording.SNOOZE)),
            urgent=notice.kind is NoticeKind.ENDED,
            without_buttons=wording.without_buttons(notice.session),
        )

    def withdraw(self, key: str) -> None:
        """Take the notice with this key away if it still stands."""
        self._sessions.pop(key, None)
        self._notices.withdraw(key)

    def tell(self, title: str, body: str) -> None:
        """Tell people something once, in place of what was told so before."""
        self._notices.show(TOLD, title, body)

    def clicked(self, key: str, button: str) -> None:
        """Do what a button says; a click on a notice that is gone does nothing."""
        session = self._sessions.get(key)
        verb = self._verbs.get(button)
        if session is not None and verb is not None:
            verb(session)


class LoggedNotices:
    """`Notices` where there is no notification server: they go to the log."""

    def show(  # noqa: PLR0913 - what a notice is made of
        self,
        key: str,
        title: str,
        body: str,
        *,
        buttons: tuple[tuple[str, str], ...] = (),
        urgent: bool = False,
        without_buttons: str = "",
    ) -> None:
        """Log it; `without_buttons` tells what to do."""
        del key, buttons
        level = logging.WARNING if urgent else logging.INFO
        log.log(level, "%s. %s %s", title, body, without_buttons)

    def withdraw(self, key: str) -> None:
        """Leave the log as it is."""
