"""Protected profiles on the board, and the question on the screen."""

from __future__ import annotations

import pytest

from tests.builders import NOON, a_profile, a_session, hours, minutes
from tray.core.board import Board, Guarded, NoticeKind, Wanted
from tray.core.errors import Locked, Refused
from tray.core.guarding import Pass, Verdict, guarded, refusal
from tray.core.manners import hold
from tray.core.presence import Presence
from tray.core.prompts import prompts_of
from tray.core.rules import ShowPrompt, WithdrawPrompt, decide, next_deadline
from tray.core.settings import ProfileSettings, Settings

SETTINGS = Settings(profiles={"prod": ProfileSettings(protected=True)})
PROD, DEV = a_profile("prod"), a_profile("dev")
ASKED = Wanted("terraform", "prod", NOON)
OPEN = Pass(NOON, NOON + minutes(30))


def board(wanted: Wanted | None = None, given: Pass | None = None) -> Board:
    """Give a board on which one of two profiles is protected."""
    found = guarded(
        (DEV, PROD),
        SETTINGS,
        {"prod": given} if given else {},
        {"prod": wanted} if wanted else {},
        NOON + minutes(1),
    )
    return Board(guarded=tuple(found))


def test_only_what_people_protect_is() -> None:
    """One row of two; and none where nothing is protected."""
    assert board().guarded == (Guarded(PROD),)
    assert list(guarded((DEV, PROD), Settings(), {}, {"dev": ASKED}, NOON)) == []


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        (NOON - minutes(1), False),
        (NOON, True),
        (NOON + minutes(29), True),
        (NOON + minutes(30), False),
        (NOON + hours(9), False),
    ],
)
def test_how_long_it_is_unlocked(now: object, holds: bool) -> None:  # noqa: FBT001
    """Never longer than was said, whatever the clock does."""
    assert OPEN.holds(now) is holds  # type: ignore[arg-type]


def test_a_question_is_one_prompt_of_its_own() -> None:
    """It is shown once, stands beside the sign-ins, and goes with its waiters."""
    before, after = board(), board(ASKED)
    (prompt,) = prompts_of(after)

    assert prompt.key == "unlock prod"
    assert prompt.notices[0].kind is NoticeKind.UNLOCK
    assert prompt.notices[0].session == a_session().name
    assert decide(before, after) == (ShowPrompt(prompt),)
    assert decide(after, board(ASKED)) == ()
    assert decide(after, before) == (WithdrawPrompt("unlock prod"),)


def test_it_waits_for_people_who_are_away() -> None:
    """On a locked screen there is nothing to click."""
    away = hold(board(ASKED), Presence(locked=True), NOON, SETTINGS)

    assert prompts_of(away) == ()


def test_the_end_is_a_deadline() -> None:
    """The menu must say that it is locked again when it is."""
    assert board(given=OPEN).guarded[0].unlocked_until == OPEN.until
    assert next_deadline(board(given=OPEN), NOON, SETTINGS) == OPEN.until


@pytest.mark.parametrize(
    ("verdict", "kind", "said"),
    [
        (Verdict.REFUSED, Refused, "was not unlocked"),
        (Verdict.LATE, Refused, "in time"),
        (Verdict.UNASKED, Locked, "nobody can be asked"),
    ],
)
def test_what_programs_are_told(
    verdict: Verdict, kind: type[Refused], said: str
) -> None:
    """One sentence with its remedy for each, and exit status 1."""
    error = refusal(verdict, "it's prod")

    assert type(error) is kind
    assert said in error.title
    assert error.exit_status == 1
