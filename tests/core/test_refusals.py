"""The table of refusals: each cause has its words, its verdict and its next try."""

from __future__ import annotations

import pytest

from tests.builders import NOON, a_session, minutes
from tray.core import errors
from tray.core.board import Needs, Phase, Retry
from tray.core.errors import CannotTell, ConfigError, Refused, TrayError
from tray.core.model import Problem
from tray.core.refusals import TABLE, Again, Cause, Told, refusal, verdict
from tray.core.rules import hurried, later

CORP = a_session()
TOLD = Told(CORP, "oidc.eu-west-1.amazonaws.com", "HTTP 418")
OFFLINE = CannotTell("Offline.", "Check the network.")


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_a_title_and_a_remedy(cause: Cause) -> None:
    """Whatever happens, people read what it was and what they can do."""
    error = refusal(cause, TOLD)

    assert error.title.endswith((".", ":", f"'{CORP.region}'."))
    assert len(error.title) > 20
    assert len(error.remedy) > 10
    assert type(error) is TABLE[cause].error


def test_all_causes_are_told_apart() -> None:
    """No two causes have the same words."""
    titles = {refusal(cause, TOLD).title for cause in Cause}

    assert len(titles) == len(Cause)


@pytest.mark.parametrize(
    ("kind", "phase", "needs", "again"),
    [
        (errors.SessionOver, Phase.EXPIRED, Needs.LOGIN, Again.NEVER),
        (errors.RegistrationOver, Phase.EXPIRED, Needs.LOGIN, Again.NEVER),
        (errors.LoginRequired, Phase.EXPIRED, Needs.LOGIN, Again.NEVER),
        (errors.CannotTell, Phase.UNKNOWN, None, Again.BACK_OFF),
        (errors.SlowDown, Phase.UNKNOWN, None, Again.BACK_OFF),
        (errors.ConfigError, Phase.UNKNOWN, Needs.CONFIG, Again.SELDOM),
        (errors.Refused, Phase.UNKNOWN, None, Again.SELDOM),
        (errors.CodeExpired, Phase.UNKNOWN, None, Again.SELDOM),
        (errors.TrayError, Phase.UNKNOWN, None, Again.BACK_OFF),
    ],
)
def test_verdicts(
    kind: type[TrayError], phase: Phase, needs: Needs | None, again: Again
) -> None:
    """Only a refusal of the sign-in itself says that people must log in."""
    found = verdict(kind("Title.", "Remedy."))

    assert (found.phase, found.needs, found.again) == (phase, needs, again)


def test_weather_is_never_an_end() -> None:
    """No cause that is only weather makes an error that means a log-in."""
    for cause in Cause:
        found = verdict(refusal(cause, TOLD))
        over = cause in {Cause.SESSION_OVER, Cause.REGISTRATION_OVER}
        assert (found.needs is Needs.LOGIN) is over


@pytest.mark.parametrize(
    ("failures", "error", "pause"),
    [
        (None, OFFLINE, 1),
        (1, OFFLINE, 2),
        (4, OFFLINE, 15),
        (9, OFFLINE, 15),
        (None, Refused("Denied.", "Ask your administrator."), 15),
        (None, ConfigError("Wrong region.", "Correct it."), 15),
    ],
)
def test_pauses(failures: int | None, error: TrayError, pause: int) -> None:
    """Weather is tried again soon, what people must change first each 15 minutes."""
    before = (
        Retry(failures, NOON, Problem("Old.", ""), NOON)
        if failures is not None
        else None
    )

    retry = later(before, error, NOON, 0)

    assert retry.not_before == NOON + minutes(pause)
    assert retry.failures == (failures or 0) + 1
    assert retry.needs == verdict(error).needs
    assert retry.problem == Problem(error.title, error.remedy)


def test_a_hurried_retry() -> None:
    """When the network is back it is tried at once, and its pauses begin anew."""
    retry = later(later(None, OFFLINE, NOON, 0), OFFLINE, NOON, 0)

    soon = hurried(retry, NOON + minutes(1))

    assert soon.not_before == NOON + minutes(1)
    assert later(soon, OFFLINE, NOON + minutes(1), 0).not_before == NOON + minutes(2)


def test_a_storm_of_changes_makes_no_storm_of_requests() -> None:
    """However often the network comes and goes, ten seconds lie between two tries."""
    retry = later(None, OFFLINE, NOON, 0)

    assert hurried(retry, NOON).not_before == NOON + minutes(1) / 6
    assert hurried(hurried(retry, NOON), NOON) == hurried(retry, NOON)


def test_hurry_never_delays() -> None:
    """A retry that is due stays due."""
    due = Retry(3, NOON, Problem("Old.", ""), NOON)

    assert hurried(due, NOON + minutes(5)).not_before == NOON
