"""What people click is done on a worker, and what goes wrong is told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.builders import a_session, a_token
from tests.flows.house import House
from tray.core import commands
from tray.core.errors import Cancelled, CannotTell, TrayError
from tray.core.model import Grant
from tray.flows.clicks import Clicks

KEY = a_session().cache_key


@dataclass
class Surroundings:
    """A clipboard and a place for sentences, which note what they get."""

    copied: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    missing: bool = False
    ended: int = 0

    def copy(self, text: str) -> None:
        """Note it, or be missing."""
        if self.missing:
            raise TrayError("No clipboard.", "Install one.")
        self.copied.append(text)

    def tell(self, title: str, body: str) -> None:
        """Note it."""
        self.told.append((title, body))

    def end(self) -> None:
        """Count it."""
        self.ended += 1


class Desk:
    """A house with somebody who clicks."""

    def __init__(self) -> None:
        self.house, self.around = House(), Surroundings()
        self.clicks = Clicks(
            self.house.verbs,
            self.house.browser,
            self.around,
            self.house.workers,
            self.around,
            self.around.end,
        )

    def click(self, *clicked: commands.Command) -> None:
        """Click, and let the workers work."""
        for command in clicked:
            self.clicks(command)
        self.house.workers.work()


def test_log_in_renew_log_out() -> None:
    """The three of every day reach their flows, and nothing is told."""
    desk = Desk()
    desk.click(commands.Login("corp"))
    assert desk.house.browser.opened
    desk.click(commands.Refresh("corp"))
    assert desk.house.center.asked[-1] == "refresh"
    desk.click(commands.Logout("corp"))
    assert desk.house.portal.ended == ["corp"]
    assert desk.around.told == []


def test_snooze_pause_quit_copy_open() -> None:
    """The others do what they say."""
    desk = Desk()
    desk.house.put(a_token())
    desk.click(
        commands.Snooze("corp"),
        commands.Pause(paused=True),
        commands.CopyText("dev"),
        commands.OpenLink("https://acme.example/"),
        commands.Quit(),
    )

    assert desk.house.records.current().of(KEY).snoozed_until is not None
    assert desk.house.activities.current().paused
    assert desk.around.copied == ["dev"]
    assert desk.house.browser.opened == ["https://acme.example/"]
    assert desk.around.ended == 1


def test_a_second_click_joins_and_a_cancel_is_not_told() -> None:
    """Clicked twice it is one log-in; who takes it back knows that."""
    desk = Desk()
    desk.house.redirects.redirect.ends = Cancelled("Taken back.")
    desk.click(
        commands.Login("corp"), commands.Login("corp"), commands.CancelLogin("corp")
    )

    assert len(desk.house.browser.opened) <= 1
    assert desk.around.told == []


def test_what_goes_wrong_is_told_with_the_remedy() -> None:
    """A click has no terminal: the sentence comes as a notice."""
    desk = Desk()
    desk.house.redirects.redirect.ends = CannotTell("Offline.", "Wait.")
    desk.click(commands.Login("corp"), commands.Refresh("nobody"))

    assert desk.around.told[0][0].startswith("There is no SSO session")
    assert ("Offline.", "Wait.") in desk.around.told


def test_a_log_in_that_can_not_begin_is_told_once() -> None:
    """Offline before there is an address: one sentence, not two."""
    desk = Desk()
    desk.house.center.registration = _offline  # type: ignore[method-assign, assignment]
    desk.click(commands.Login("corp"))

    assert desk.around.told == [("Offline.", "Wait.")]


def _offline(*_: object) -> None:
    raise CannotTell("Offline.", "Wait.")


def test_without_a_browser_the_address_is_told() -> None:
    """The log-in waits; people get the address to open themselves."""
    desk = Desk()
    desk.house.browser.missing = TrayError("No browser.", "")
    desk.click(commands.Login("corp"))

    ((title, body),) = desk.around.told
    assert title == "No browser could be opened."
    assert "https://oidc.example/authorize" in body


@pytest.mark.parametrize("legacy", [True, False])
def test_a_device_code_is_shown_for_comparison(*, legacy: bool) -> None:
    """Whoever approves a code can see that it is ours."""
    session = a_session(legacy=legacy)
    desk = Desk()
    desk.house = House(session)
    verbs = desk.house.verbs
    desk.clicks = Clicks(
        type(verbs)(
            verbs.edges,
            verbs.records,
            verbs.activities,
            verbs.refresher,
            verbs.logins,
            verbs.logouts,
            verbs.on_change,
            Grant.DEVICE_CODE,
        ),
        desk.house.browser,
        desk.around,
        desk.house.workers,
        desk.around,
        desk.around.end,
    )
    desk.click(commands.Login(session.name))

    assert desk.around.told[0][0] == "Your code is ABCD-EFGH"


def test_without_a_clipboard_the_text_is_told() -> None:
    """What could not be copied can be copied from the notice."""
    desk = Desk()
    desk.around.missing = True
    desk.click(commands.CopyText("dev"))

    assert desk.around.told == [("No clipboard.", "Copy it from here: dev")]
