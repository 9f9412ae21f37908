"""Who works until when: the pure rule and its words."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours, minutes
from tray.core.holdings import Held
from tray.core.reliance import Reliance, reliance
from tray.core.wording.reliance import goes_on, works_until

SAFE, LATER = NOON + hours(1), NOON + hours(2)
SOME = st.integers(-60, 600).map(lambda m: NOON + minutes(m))
MOMENTS = st.none() | SOME
HELD = st.none() | SOME.map(lambda m: Held(m + minutes(20), m))


@pytest.mark.parametrize(
    ("found", "said", "differ"),
    [
        (reliance(SAFE), "AWS CLI, SDKs and sso-tray until 13:00", False),
        (reliance(None), "AWS CLI, SDKs and sso-tray not now", False),
        (
            reliance(SAFE, cli=LATER),
            "AWS CLI until 14:00; SDKs and sso-tray until 13:00",
            True,
        ),
        (
            reliance(None, cli=LATER),
            "AWS CLI until 14:00; SDKs and sso-tray not now",
            True,
        ),
        (
            reliance(SAFE, Held(LATER + minutes(20), LATER)),
            "AWS CLI and SDKs until 13:00; sso-tray until 14:00",
            True,
        ),
        (
            reliance(SAFE, Held(SAFE, NOON)),
            "AWS CLI, SDKs and sso-tray until 13:00",
            False,
        ),
        (
            reliance(SAFE, served=False),
            "AWS CLI and SDKs until 13:00; sso-tray not now",
            False,
        ),
        (
            reliance(SAFE, cli=LATER, at_least=True),
            "AWS CLI, SDKs and sso-tray at least until 13:00",
            False,
        ),
        (
            reliance(None, cli=LATER, at_least=True),
            "AWS CLI until 14:00; SDKs and sso-tray not now",
            True,
        ),
        (
            reliance(NOON - hours(1)),
            "AWS CLI, SDKs and sso-tray not now",
            False,
        ),
    ],
)
def test_the_rule_and_its_words(found: Reliance, said: str, *, differ: bool) -> None:
    """Each goes on as long as it has something to go on with, and is said so."""
    assert works_until(found, NOON) == said
    assert found.differ is differ


@given(MOMENTS, HELD, MOMENTS)
def test_nobody_works_for_less_than_the_sign_in(
    safe: datetime | None, held: Held | None, cli: datetime | None
) -> None:
    """What is kept can only add to what the sign-in gives."""
    found = reliance(safe, held, cli)

    assert found.sdks == safe
    for end in (found.aws_cli, found.ours):
        assert safe is None or (end is not None and end >= safe)


def test_many_profiles_are_counted() -> None:
    """Three are named."""
    assert goes_on(["a"], "x") == "a: x"
    assert goes_on(["a", "b"], "x") == "a and b: x"
    assert goes_on(list("abcde"), "x") == "a, b, c and 2 more: x"
