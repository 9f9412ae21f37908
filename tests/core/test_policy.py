"""The policy of a machine wins, and says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.policy import combine, without
from tray.core.setting_keys import leaves


@pytest.mark.parametrize(
    ("settings", "policy", "holds", "refused"),
    [
        ({"mode": "open"}, {}, {"mode": "open"}, []),
        ({"mode": "open"}, {"mode": "silent"}, {"mode": "silent"}, [("mode",)]),
        ({"snooze": "1m"}, {"mode": "x"}, {"snooze": "1m", "mode": "x"}, []),
        (
            {"sessions": {"a": {"mode": "open", "session_duration": "1h"}}},
            {"mode": "silent"},
            {"sessions": {"a": {"session_duration": "1h"}}, "mode": "silent"},
            [("sessions", "a", "mode")],
        ),
        (
            {"sessions": {"a": {"mode": "open"}, "b": {"mode": "open"}}},
            {"sessions": {"a": {"mode": "silent"}}},
            {"sessions": {"a": {"mode": "silent"}, "b": {"mode": "open"}}},
            [("sessions", "a", "mode")],
        ),
        (
            {"sessions": 3},
            {"sessions": {"a": {"mode": "silent"}}},
            {"sessions": {"a": {"mode": "silent"}}},
            [("sessions",)],
        ),
    ],
)
def test_a_policy_over_settings(
    settings: dict[str, object],
    policy: dict[str, object],
    holds: dict[str, object],
    refused: list[tuple[str, ...]],
) -> None:
    """What the policy sets holds; all else is as people set it."""
    both = combine(settings, policy, "/etc/x")

    assert both.data == holds
    assert [each.path for each in both.mistakes] == refused
    assert all("/etc/x" in each.problem.remedy for each in both.mistakes)


TABLES = st.dictionaries(
    st.sampled_from(["mode", "sessions", "a", "b"]),
    st.recursive(
        st.integers(),
        lambda inner: st.dictionaries(st.sampled_from(["a", "mode"]), inner),
        max_leaves=4,
    ),
)


@given(TABLES, TABLES)
def test_what_a_policy_sets_always_holds(
    settings: dict[str, object], policy: dict[str, object]
) -> None:
    """Nothing that people write takes a value of the policy away."""
    both = combine(settings, policy, "")

    for path in leaves(policy):
        value, wanted = both.data, policy
        for name in path:
            value, wanted = value[name], wanted[name]  # type: ignore[assignment]
        assert value == wanted


def test_without_nothing_is_the_same() -> None:
    """Only what is named goes."""
    data = {"a": {"b": 1, "c": 2}, "d": 3}

    assert without(data, []) == data
    assert without(data, [("a", "b"), ("d",)]) == {"a": {"c": 2}}
    assert without(data, [("a",)]) == {"d": 3}
