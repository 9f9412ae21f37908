"""Settings: durations, defaults, and every mistake at once."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import hours, minutes
from tray.core.hours import Daily, Hours
from tray.core.setting_keys import KEYS, TABLES, Key, from_mapping
from tray.core.settings import (
    Mode,
    ProfileSettings,
    Settings,
    Storage,
    parse_duration,
    protected_ones,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", minutes(15)),
        ("2h", hours(2)),
        ("1d", hours(24)),
        (" 2h30m ", hours(2.5)),
    ],
)
def test_durations(text: str, expected: timedelta) -> None:
    """Durations are read as they are documented."""
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "0s", "15", "m", "-5m", "1.5h", "5m2h", "soon", "367d", "9" * 20 + "d"]
)
def test_no_durations(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r".*"):
        parse_duration(text)


@pytest.mark.parametrize("key", ["snooze", "login_timeout", "idle_after"])
def test_a_duration_of_ages_stops_no_tick(key: str) -> None:
    """Nothing can be set from which no moment could be counted."""
    ages = "999999999d"

    settings, problems = from_mapping({key: ages, "notice_before": [ages]})

    assert settings == Settings()
    assert len(problems) == 2


def test_all_settings_are_read() -> None:
    """Every setting reaches its place, and a session's own length wins."""
    settings, problems = from_mapping(
        {
            "session_duration": "8h",
            "sessions": {
                "corp": {"session_duration": "12h"},
                "lab": {"mode": "silent"},
            },
            "mode": "open",
            "notice_before": ["5m", "30m", "5m"],
            "snooze": "10m",
            "quiet_hours": ["22:00-07:00", "sat-sun 00:00-24:00"],
            "idle_after": "2m",
            "working_hours": "mon-fri 09:00-17:30",
            "daily_login": "mon-fri 08:45",
            "login_timeout": "3m",
        }
    )

    assert problems == ()
    assert settings.duration_of("corp") == hours(12)
    assert settings.duration_of("lab") == hours(8)
    assert settings.notice_before == (minutes(30), minutes(5))
    assert settings.snooze == minutes(10)
    assert settings.mode_of("corp") is Mode.OPEN
    assert settings.mode_of("lab") is Mode.SILENT
    assert len(settings.quiet_hours) == 2
    assert settings.idle_after == minutes(2)
    assert settings.working_hours == Hours(time(9), time(17, 30), frozenset(range(5)))
    assert settings.daily_login == Daily(time(8, 45), frozenset(range(5)))
    assert settings.login_timeout == minutes(3)


def test_every_mistake_is_told_at_once_and_costs_only_itself() -> None:
    """Each wrong key is named with what it wants; the good ones count."""
    wrong: dict[str, object] = {
        "sesion_duration": "8h",
        "session_duration": "long",
        "sessions": ["corp"],
        "notice_before": "5m",
        "snooze": 15,
        "mode": "loud",
        "quiet_hours": ["22-7"],
        "working_hours": 9,
        "daily_login": "noon",
        "login_timeout": "3m",
    }

    settings, problems = from_mapping(wrong)

    assert settings == Settings(login_timeout=minutes(3))
    assert len(problems) == 9
    for key in set(wrong) - {"login_timeout"}:
        [mistake] = [each for each in problems if each.path[0] == key]
        assert key in mistake.problem.title
        assert mistake.problem.remedy


@pytest.mark.parametrize(
    "table",
    [
        {"corp": {"session_duration": "5m"}},
        {"corp": "8h"},
        {"corp": {"colour": "red"}},
        {"corp": {"x": 1}},
        {"corp": {"mode": "loud"}},
    ],
)
def test_a_session_table_wants_its_own_keys(table: object) -> None:
    """A table of sessions is checked to its leaves."""
    _, problems = from_mapping({"sessions": table})

    assert len(problems) == 1


def test_a_profile_has_what_people_set_for_it_and_nothing_else() -> None:
    """Each switch of a profile's table counts; all others are off."""
    settings, problems = from_mapping(
        {"profiles": {"dev": {"mirror": True}, "ops": {"cli_cache": True}}}
    )

    assert problems == ()
    assert settings.of_profile("dev") == ProfileSettings(mirror=True)
    assert settings.of_profile("ops") == ProfileSettings(cli_cache=True)
    assert settings.of_profile("prod") == ProfileSettings()


@pytest.mark.parametrize(
    "table",
    [True, {"dev": True}, {"dev": {"colour": "red"}}, {"dev": {"mirror": "yes"}}],
)
def test_a_profile_table_wants_its_own_keys(table: object) -> None:
    """A table of profiles is checked to its leaves."""
    settings, problems = from_mapping({"profiles": table})

    assert settings.of_profile("dev") == ProfileSettings()
    assert len(problems) == 1


def test_where_a_token_rests() -> None:
    """In the shared cache, unless people want it otherwise; a slip is told."""
    settings, problems = from_mapping(
        {"sessions": {"corp": {"storage": "strict"}, "lab": {"storage": "safe"}}}
    )

    assert settings.storage_of("corp") is Storage.STRICT
    assert settings.storage_of("lab") is Storage.SHARED
    assert settings.storage_of("other") is Storage.SHARED
    assert len(problems) == 1


@pytest.mark.parametrize(
    "table",
    [
        {"prod": {"protected": True}, "dev": {"colour": "red"}},
        {"prod": {"protected": "yes"}, "dev": {"protected": False}},
        {"prod": {"protected": True, "mirror": 1}, "dev": 7},
    ],
)
def test_a_slip_elsewhere_unlocks_nothing(table: object) -> None:
    """What is protected, or seems meant to be, stays so; the slip is told."""
    settings, problems = from_mapping({"profiles": table})

    assert protected_ones(settings.profiles) == {
        "prod": ProfileSettings(protected=True)
    }
    assert problems


WORDS = st.text(max_size=8)
NAMES = st.sampled_from([*(key.name for key in KEYS), *TABLES]) | WORDS
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_no_mapping_breaks_it(data: dict[str, object]) -> None:
    """Whatever the file holds, there are settings to go on with."""
    settings, problems = from_mapping(data)

    assert isinstance(settings, Settings)
    assert all(problem.path[0] in data for problem in problems)


def test_a_mistake_in_a_table_costs_only_itself() -> None:
    """All mistakes of all tables are told, and the good values count."""
    settings, mistakes = from_mapping(
        {
            "sessions": {
                "corp": {"mode": "loud", "session_duration": "5h", "colour": 1},
                "lab": {"mode": "open"},
            }
        }
    )

    assert settings.sessions["corp"].session_duration == hours(5)
    assert settings.mode_of("lab") is Mode.OPEN
    assert [each.path for each in mistakes] == [
        ("sessions", "corp", "mode"),
        ("sessions", "corp", "colour"),
    ]


ALL_KEYS = [
    (key, settings)
    for keys, settings in (
        (KEYS, Settings()),
        *((keys, empty) for empty, keys in TABLES.values()),
    )
    for key in keys
]


@pytest.mark.parametrize(("key", "empty"), ALL_KEYS)
def test_the_table_tells_the_truth(key: Key, empty: object) -> None:
    """Each default in the table is the default, and each example can be read."""
    default = getattr(empty, key.name)
    if key.default:
        [value] = tomllib.loads(f"x = {key.default}").values()
        assert key.read(value) == default
    else:
        assert default is None
    [value] = tomllib.loads(f"x = {key.example}").values()

    key.read(value)
    assert key.meaning
