"""`profiles`: whose each is, and until when it is safe."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.builders import a_profile, a_session, a_token, hours
from tests.cli.conftest import Doors
from tests.fakes.cli import Terminal
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject


def test_the_table(doors: Doors) -> None:
    """One line each: name, session, account, role, and until when, or why not."""
    house, room = doors("corp", "lab")
    house.put(a_token(hours(1), refreshable=False))

    ended = room.run("profiles")

    assert ended.status == 0
    heads, corp, lab = ended.out.splitlines()
    assert heads.split() == ["PROFILE", "SESSION", "ACCOUNT", "ROLE", "SAFE", "UNTIL"]
    assert corp.split("  ")[0] == "of corp"
    assert corp.endswith("corp     111122223333  Admin  13:00 (1 h)")
    assert lab.endswith("log in first")
    assert ended.err == ""


def test_json_has_the_members_of_status(doors: Doors) -> None:
    """Version and profiles, each as `status --json` gives it, and nothing else."""
    house, room = doors("corp", "lab")
    house.put(a_token(hours(1), refreshable=False))

    told = json.loads(room.run("profiles", "--json").out)
    status = json.loads(room.run("status", "--json").out)

    assert set(told) == {"version", "profiles"}
    assert told["version"] == 1
    assert told["profiles"] == status["profiles"]
    assert set(told["profiles"][0]) == {
        "name",
        "session",
        "account_id",
        "role_name",
        "region",
        "source_profile",
        "safe_until",
        "role_credentials",
        "works_until",
        "problem",
    }


def test_one_session_alone(doors: Doors) -> None:
    """`--session` leaves the others' profiles out, in both forms."""
    _, room = doors("corp", "lab")

    assert "of lab" not in room.run("profiles", "--session", "corp").out
    told = json.loads(room.run("profiles", "--json", "--session", "lab").out)
    assert [profile["name"] for profile in told["profiles"]] == ["of lab"]
    assert room.run("profiles", "--session", "nope").status == 2


def test_what_is_wrong_stands_where_it_counts(doors: Doors) -> None:
    """A profile that can't work says why, and one without a session too."""
    house, room = doors("corp")
    wrong = Problem("Profile 'dev' has no role.", "Add sso_role_name.")
    house.config.config = AwsConfig(
        (a_session(),),
        (a_profile("dev"), a_profile("lost", "ghost")),
        (ConfigProblem(Subject.PROFILE, "dev", 4, wrong),),
    )

    ended = room.run("profiles")

    assert ended.status == 0
    assert "Profile 'dev' has no role. Add sso_role_name." in ended.out
    assert "correct the config first" in ended.out


def test_no_profile_and_no_config(doors: Doors) -> None:
    """Nothing to list is no failure; a config that can't be read is."""
    house, room = doors("corp")
    house.config.config = AwsConfig()
    empty = room.run("profiles")
    broken = ConfigProblem(Subject.FILE, "config", 0, Problem("Locked.", "Open it."))
    house.config.config = AwsConfig(problems=(broken,))
    closed = room.run("profiles")

    assert (empty.status, empty.out) == (0, "")
    assert "sso-tray configure" in empty.err
    assert (closed.status, closed.out) == (5, "")
    assert closed.err == "sso-tray: Locked. Open it.\n"


def test_ten_thousand_profiles(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gets its line, cut to the terminal where there is one."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    house, room = doors("corp")
    names = tuple(
        a_profile(f"account-{n}-of-a-rather-big-company") for n in range(9999)
    )
    wide = a_profile("東京" * 20)
    house.config.config = replace(house.config.config, profiles=(*names, wide))

    piped = room.run("profiles").out
    seen = room.run("profiles", terminal=Terminal()).out

    assert piped.count("\n") == 10_001
    assert wide.name in piped
    assert wide.name not in seen
    assert all(len(line) <= 60 for line in seen.splitlines())
