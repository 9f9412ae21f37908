"""Notices through the icon itself: one at a time, with words in place of buttons."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import pytest

from tray.desktop.icon_notices import IconNotices


@dataclass
class Balloon:
    """An icon that notes what it is told."""

    said: list[str] = field(default_factory=list)

    def notify(self, message: str, title: str) -> None:
        """Note it."""
        self.said.append(f"{title}: {message}")

    def remove_notification(self) -> None:
        """Note it."""
        self.said.append("-")


def a_balloon() -> tuple[IconNotices, Balloon]:
    """Give notices through an icon."""
    notices, balloon = IconNotices(), Balloon()
    assert notices.watching(lambda *_: balloon)("picture", "title", "rows") is balloon
    return notices, balloon


def test_a_notice_says_what_to_do() -> None:
    """Without buttons the sentence tells the way."""
    notices, balloon = a_balloon()
    notices.show("a", "corp ends", "Log in.", without_buttons="Click the icon.")

    assert balloon.said == ["corp ends: Log in. Click the icon."]


def test_only_what_stands_is_corrected_and_taken_away() -> None:
    """The last notice is the one that stands; others are gone already."""
    notices, balloon = a_balloon()
    notices.show("a", "A", "1.")
    notices.show("b", "B", "2.")
    notices.show("a", "A", "3.", news=False)
    notices.withdraw("a")
    notices.show("b", "B", "4.", news=False)
    notices.withdraw("b")
    notices.withdraw("b")

    assert balloon.said == ["A: 1.", "B: 2.", "B: 4.", "-"]


def test_before_there_is_an_icon_it_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is told early is not lost."""
    caplog.set_level(logging.INFO)
    notices = IconNotices()
    notices.show("a", "A", "1.")
    notices.withdraw("a")

    assert "A. 1." in caplog.text
