"""Notices of the board, and what their buttons do."""

from __future__ import annotations

from dataclasses import dataclass, field

from tray.core.board import Notice, NoticeKind
from tray.desktop.prompter import Prompter

NOTICE = Notice("key", "corp", NoticeKind.ENDING, "e1", "corp ends", "Log in now.")


@dataclass
class Screen:
    """A notification server that notes what it is given."""

    shown: list[tuple[str, str, tuple[tuple[str, str], ...], bool, str]] = field(
        default_factory=list
    )
    withdrawn: list[str] = field(default_factory=list)

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
        """Note it."""
        assert body
        self.shown.append((key, title, buttons, urgent, without_buttons))

    def withdraw(self, key: str) -> None:
        """Note it."""
        self.withdrawn.append(key)


def test_a_notice_has_its_buttons_and_a_way_without_them() -> None:
    """Log in and Snooze; where there are no buttons, the sentence names the command."""
    screen = Screen()
    Prompter(screen, print, print).show(NOTICE)

    ((key, title, buttons, urgent, without),) = screen.shown
    assert (key, title, urgent) == ("key", "corp ends", False)
    assert [label for _, label in buttons] == ["Log in", "Snooze"]
    assert "sso-tray login --session 'corp'" in without


def test_buttons_reach_the_session_of_their_notice() -> None:
    """A click names the session; one on a notice that is gone does nothing."""
    screen, logins, snoozes = Screen(), list[str](), list[str]()
    prompter = Prompter(screen, logins.append, snoozes.append)
    prompter.show(NOTICE)
    prompter.clicked("key", "login")
    prompter.clicked("key", "snooze")
    prompter.clicked("key", "dance")
    prompter.withdraw("key")
    prompter.clicked("key", "login")

    assert (logins, snoozes) == (["corp"], ["corp"])
    assert screen.withdrawn == ["key"]
