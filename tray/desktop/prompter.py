"""The board's prompts on the desktop: which buttons they have and what those mean."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from tray.core.board import NoticeKind
from tray.core.commands import (
    Command,
    Lock,
    Login,
    LoginAll,
    Mute,
    Remind,
    Snooze,
    Unlock,
)
from tray.core.telling import Prompt
from tray.core.wording import guarding as guard_wording
from tray.core.wording import prompts as wording

log = logging.getLogger(__name__)

URGENT = frozenset({NoticeKind.ENDED, NoticeKind.WANTED, NoticeKind.UNLOCK})
"""What stays on the screen until people answer: something stands still already."""

LOGIN: Final = "login"
SNOOZE: Final = "snooze"
MUTE: Final = "mute"
REMIND: Final = "remind"
UNLOCK: Final = "unlock"
ONCE: Final = "once"
NOT_NOW: Final = "not-now"
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
        news: bool = True,
    ) -> None:
        """Show a notice under a key; no news only corrects one that still stands."""
        ...

    def withdraw(self, key: str) -> None:
        """Take it away."""
        ...


class Prompter:
    """`Notifier` over a notification server; clicks come back as commands."""

    def __init__(self, notices: Notices, act: Callable[[Command], None]) -> None:
        self._notices = notices
        self._act = act
        self._standing: dict[str, Prompt] = {}

    def show(self, prompt: Prompt) -> None:
        """Show a prompt in place of the one with the same key."""
        self._standing[prompt.key] = prompt
        title, body = wording.together(prompt)
        self._notices.show(
            prompt.key,
            title,
            body,
            buttons=tuple(_buttons(prompt)),
            urgent=any(n.kind in URGENT for n in prompt.notices),
            without_buttons=wording.without_buttons(prompt),
            news=prompt.news,
        )

    def withdraw(self, key: str) -> None:
        """Take the prompt with this key away if it still stands."""
        self._standing.pop(key, None)
        self._notices.withdraw(key)

    def tell(self, title: str, body: str) -> None:
        """Tell people something once, in place of what was told so before."""
        self._notices.show(TOLD, title, body)

    def clicked(self, key: str, button: str) -> None:
        """Do what a button says; a click on a prompt that is gone does nothing."""
        prompt = self._standing.get(key)
        if prompt is not None:
            for command in _meant(prompt, button):
                self._act(command)


def _buttons(prompt: Prompt) -> Iterator[tuple[str, str]]:
    first, *others = prompt.notices
    if first.kind is NoticeKind.UNLOCK:
        yield UNLOCK, guard_wording.UNLOCK
        yield ONCE, guard_wording.ONCE
        yield NOT_NOW, guard_wording.NOT_NOW
        return
    if first.kind is NoticeKind.PLAN and first.remind_at is not None:
        yield REMIND, wording.remind(first.remind_at)
        yield LOGIN, wording.LOGIN_NOW
        return
    yield LOGIN, wording.LOGIN_ALL if others else wording.LOGIN
    yield SNOOZE, wording.SNOOZE
    if any(notice.kind is NoticeKind.ENDING for notice in prompt.notices):
        yield MUTE, wording.MUTE


def _meant(prompt: Prompt, button: str) -> Iterator[Command]:
    first, *others = prompt.notices
    if button == LOGIN:
        yield LoginAll(prompt.sessions) if others else Login(first.session)
    elif button == SNOOZE:
        yield from map(Snooze, prompt.sessions)
    elif button == MUTE:
        yield from map(Mute, prompt.sessions)
    elif button in {UNLOCK, ONCE}:
        yield Unlock(first.profile, once=button == ONCE)
    elif button == NOT_NOW:
        yield Lock(first.profile)
    elif button == REMIND and first.remind_at is not None:
        yield Remind(first.session, first.remind_at)


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
        news: bool = True,
    ) -> None:
        """Log it; `without_buttons` tells what to do."""
        del key, buttons
        if news:
            level = logging.WARNING if urgent else logging.INFO
            log.log(level, "%s. %s %s", title, body, without_buttons)

    def withdraw(self, key: str) -> None:
        """Leave the log as it is."""
