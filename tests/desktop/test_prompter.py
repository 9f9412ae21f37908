"""Prompts of the board, and what their buttons do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from tests.builders import NOON, hours
from tray.core.board import Notice, NoticeKind
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
from tray.desktop.prompter import Prompter

ENDING = Notice("key", "corp", NoticeKind.ENDING, "e1", "corp ends at 12:05", "Log in.")
ENDED = Notice("lab's", "lab", NoticeKind.ENDED, "e2", "lab has ended", "Log in.")
PLAN = replace(ENDING, kind=NoticeKind.PLAN, remind_at=NOON + hours(1))
UNLOCK = Notice(
    "unlock prod", "corp", NoticeKind.UNLOCK, "e3", "Unlock?", "Who.", profile="prod"
)
DUE = replace(ENDING, kind=NoticeKind.DUE)


@dataclass
class Shown:
    """One notice as a server was given it."""

    key: str
    title: str
    body: str
    buttons: tuple[str, ...]
    urgent: bool
    without_buttons: str
    news: bool


@dataclass
class Screen:
    """A notification server that notes what it is given."""

    shown: list[Shown] = field(default_factory=list)
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
        news: bool = True,
    ) -> None:
        """Note it."""
        labels = tuple(label for _, label in buttons)
        self.shown.append(
            Shown(key, title, body, labels, urgent, without_buttons, news)
        )

    def withdraw(self, key: str) -> None:
        """Note it."""
        self.withdrawn.append(key)


def shown(*notices: Notice) -> Shown:
    """Give what stands on the screen after these are told at once."""
    screen = Screen()
    Prompter(screen, print).show(Prompt(notices))
    return screen.shown[0]


BUTTONS: list[tuple[str, tuple[Notice, ...], tuple[str, ...]]] = [
    ("ending", (ENDING,), ("Log in", "Snooze", "Mute until it has ended")),
    ("ended", (ENDED,), ("Log in", "Snooze")),
    ("due", (DUE,), ("Log in", "Snooze")),
    (
        "two at once",
        (ENDED, ENDING),
        ("Log in to all", "Snooze", "Mute until it has ended"),
    ),
    ("a question", (UNLOCK,), ("Unlock for 30 min", "Only this time", "Not now")),
    ("a proposal", (PLAN,), ("Remind me at 13:00", "Log in now")),
]


@pytest.mark.parametrize(
    ("notices", "labels"), [row[1:] for row in BUTTONS], ids=[row[0] for row in BUTTONS]
)
def test_buttons(notices: tuple[Notice, ...], labels: tuple[str, ...]) -> None:
    """Each prompt offers what makes sense for it, and no more."""
    assert shown(*notices).buttons == labels


def test_one_notice_speaks_for_itself() -> None:
    """One session: its own words, and the command where there are no buttons."""
    one = shown(ENDING)

    assert (one.key, one.title, one.body) == (
        "sign-ins",
        "corp ends at 12:05",
        "Log in.",
    )
    assert not one.urgent
    assert one.without_buttons.endswith("run: sso-tray login --session corp")


def test_several_at_once_are_one_notice() -> None:
    """Several sessions make one notice that names the first and counts the rest."""
    three = shown(ENDED, ENDING, *(replace(ENDED, session=str(n)) for n in range(3)))

    assert three.title == "5 sign-ins need you"
    assert three.body == (
        "lab has ended. corp ends at 12:05. lab has ended. And 2 more."
    )
    assert three.urgent
    assert three.without_buttons.endswith("sso-tray login --all")
    assert shown(ENDED, ENDING).body == "lab has ended. corp ends at 12:05."


def test_what_was_told_only_corrects_what_stands() -> None:
    """A prompt without news is no new pop-up."""
    told = replace(ENDED, announced=True)

    assert not shown(told).news
    assert shown(told, ENDING).news


def test_a_question_without_buttons_names_the_menu() -> None:
    """Where notices have none, the menu has them; the question stays and is urgent."""
    one = shown(UNLOCK)

    assert (one.key, one.urgent) == ("unlock prod", True)
    assert one.without_buttons == "Unlock it in the menu of the tray icon."


def test_a_name_with_a_quote_is_safe_in_the_command() -> None:
    """The command that people copy means the session and nothing else."""
    odd = replace(ENDING, session="it's; rm -rf ~")

    assert shown(odd).without_buttons.endswith(r"--session 'it'\''s; rm -rf ~'")


CLICKS: list[tuple[tuple[Notice, ...], str, list[Command]]] = [
    ((ENDING,), "login", [Login("corp")]),
    ((ENDED, ENDING), "login", [LoginAll(("lab", "corp"))]),
    ((ENDED, ENDING), "snooze", [Snooze("lab"), Snooze("corp")]),
    ((ENDING,), "mute", [Mute("corp")]),
    ((PLAN,), "remind", [Remind("corp", NOON + hours(1))]),
    ((UNLOCK,), "unlock", [Unlock("prod")]),
    ((UNLOCK,), "once", [Unlock("prod", once=True)]),
    ((UNLOCK,), "not-now", [Lock("prod")]),
    ((ENDING,), "remind", []),
    ((ENDING,), "dance", []),
]


@pytest.mark.parametrize(("notices", "button", "commands"), CLICKS)
def test_buttons_reach_the_sessions_of_their_prompt(
    notices: tuple[Notice, ...], button: str, commands: list[Command]
) -> None:
    """A click names the sessions; one on a prompt that is gone does nothing."""
    screen, done, prompt = Screen(), list[Command](), Prompt(notices)
    prompter = Prompter(screen, done.append)
    prompter.show(prompt)
    prompter.clicked(prompt.key, button)
    prompter.withdraw(prompt.key)
    prompter.clicked(prompt.key, button)

    assert done == commands
    assert screen.withdrawn == [prompt.key]


def test_a_plain_sentence_has_no_buttons() -> None:
    """What is told once stands under a key of its own."""
    screen = Screen()
    Prompter(screen, print).tell("No clipboard.", "Install one.")

    assert [(one.title, one.buttons) for one in screen.shown] == [("No clipboard.", ())]
