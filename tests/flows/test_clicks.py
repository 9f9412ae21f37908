"""What people click is done on a worker, and what goes wrong is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core import commands
from tray.core.errors import Cancelled, CannotTell, TrayError
from tray.core.memory import SessionRecord
from tray.core.model import Grant, SsoSession
from tray.core.settings import ProfileSettings, Settings
from tray.flows.clicks import ClickEdges, Clicks

KEY = a_session().cache_key


@dataclass
class Surroundings:
    """A clipboard and a place for sentences, which note what they get."""

    copied: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    missing: bool = False
    ended: int = 0
    opened: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)

    def open_settings(self) -> None:
        """Note it."""
        self.opened.append("settings")

    def open_logs(self) -> None:
        """Have nothing to open folders with."""
        raise TrayError("No program.", "Open it yourself.")

    def run(self, words: Sequence[str]) -> None:
        """Note it."""
        self.opened.append(" ".join(words))

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

    def __init__(self, *sessions: SsoSession, grant: Grant | None = None) -> None:
        self.house, self.around = House(*sessions), Surroundings()
        verbs = self.house.verbs
        self.clicks = Clicks(
            replace(verbs, default_grant=grant) if grant else verbs,
            ClickEdges(
                browser=self.house.browser,
                clipboard=self.around,
                files=self.around,
                terminals=self.around,
                teller=self.around,
                report=lambda: "all is well",
                start_at_login=self.around.starts.append,
                end=self.around.end,
            ),
            self.house.workers,
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
        commands.CopyText("eu-west-1"),
        commands.CopyReport(),
        commands.OpenSettings(),
        commands.StartAtLogin(wanted=True),
        commands.Quit(),
    )

    assert desk.house.records.current().of(KEY).snoozed_until is not None
    assert desk.house.records.current().paused
    assert desk.around.copied == ["eu-west-1", "all is well"]
    assert desk.around.opened == ["settings"]
    assert desk.around.starts == [True]
    assert desk.around.ended == 1


def test_a_protected_profile_is_unlocked_and_locked() -> None:
    """Both reach what stands before it."""
    desk = Desk()
    desk.house.settings.settings = Settings(
        profiles={"dev": ProfileSettings(protected=True)}
    )
    guard = desk.house.serving.guard

    desk.click(commands.Unlock("dev"))
    assert guard.is_open("dev")
    desk.click(commands.Lock("dev"))
    assert not guard.is_open("dev")


def test_quiet_in_every_way_and_back() -> None:
    """Until tomorrow, until it has ended, a reminder; and all of it taken back."""
    desk, later = Desk(), NOON + minutes(90)
    desk.click(
        commands.SnoozeToTomorrow("corp"),
        commands.Mute("corp"),
        commands.Remind("corp", later),
    )
    record = desk.house.records.current().of(KEY)
    assert record.snoozed_until == NOON + hours(20)
    assert (record.muted_at, record.remind_at) == (NOON, later)

    desk.click(commands.Listen("corp"))
    assert desk.house.records.current().of(KEY) == SessionRecord()


def test_profiles_that_are_used_or_pinned_are_remembered() -> None:
    """Opened or copied from, a profile is a recent one; pinned, it stays."""
    desk = Desk()
    desk.click(
        commands.OpenConsole("dev", "https://acme.example/"),
        commands.CopyText("prod", "prod"),
        commands.Pin("prod", pinned=True),
    )

    assert desk.house.browser.opened == ["https://acme.example/"]
    memory = desk.house.records.current()
    assert (memory.recent, memory.pinned) == (("prod", "dev"), ("prod",))


def test_what_can_not_be_opened_is_told() -> None:
    """Without a program for folders, people learn where the log lies."""
    desk = Desk()
    desk.click(commands.OpenLogs())

    assert desk.around.told == [("No program.", "Open it yourself.")]


def test_log_in_to_all_goes_one_after_the_other() -> None:
    """The second page opens when the first log-in is done; what is unknown is told."""
    desk = Desk(a_session(), a_session("lab"))
    desk.clicks(commands.LoginAll(("gone", "corp", "lab")))
    desk.house.workers.jobs.pop(0)()
    assert len(desk.house.workers.jobs) == 1
    desk.clicks(commands.LoginAll(("lab",)))
    desk.house.workers.work()

    assert len(desk.house.browser.opened) == 2
    assert [title[:12] for title, _ in desk.around.told] == ["There is no "]
    desk.click(commands.LoginAll(("corp",)))
    assert len(desk.house.browser.opened) == 3


def test_a_log_in_that_fails_ends_the_turn() -> None:
    """Who takes one back, or has gone, is not met by the next page."""
    desk = Desk(a_session(), a_session("lab"))
    desk.house.redirects.redirect.ends = Cancelled("Taken back.")
    desk.click(commands.LoginAll(("corp", "lab")))

    assert len(desk.house.browser.opened) == 1


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
    desk = Desk(session, grant=Grant.DEVICE_CODE)
    desk.click(commands.Login(session.name))

    assert desk.around.told[0][0] == "Your code is ABCD-EFGH"


def test_without_a_clipboard_the_text_is_told() -> None:
    """What could not be copied can be copied from the notice."""
    desk = Desk()
    desk.around.missing = True
    desk.click(commands.CopyText("dev"))

    assert desk.around.told == [("No clipboard.", "Copy it from here: dev")]


def test_a_command_in_a_terminal() -> None:
    """What asks or shows much gets a window of its own."""
    desk = Desk()

    desk.click(commands.InTerminal(("sync", "--session", "corp")))

    assert desk.around.opened == ["sync --session corp"]
