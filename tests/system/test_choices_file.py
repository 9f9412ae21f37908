"""What people chose for their profiles, in a file of ours."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours, minutes
from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.choices import Choice
from tray.system.choices_file import ChoicesFile

CHOICE = Choice(
    "{role}",
    "role=Admin",
    "eu-west-1",
    "json",
    frozenset({("111111111111", "Admin"), ("111111111111", "Read")}),
    NOON,
    (Access(Account("222222222222", "Lab"), "Billing"),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a place in a folder that is not there yet."""
    return tmp_path / "state" / "setup-0a1b2c3d.json"


def test_choices_come_back(path: Path) -> None:
    """Another process of ours finds them; those of other sessions stay."""
    ChoicesFile(path).change("corp", lambda _: CHOICE)
    ChoicesFile(path).change("lab", lambda one: replace(one, filter="x"))

    assert ChoicesFile(path).read() == {"corp": CHOICE, "lab": Choice(filter="x")}
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_was_chosen_yet(path: Path) -> None:
    """No file is no choice, and none is made by looking."""
    assert ChoicesFile(path).read() == {}
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"sessions": []}',
        b'{"sessions": {"corp": 7}}',
        b'{"sessions": {"corp": {"looked_at": "yesterday"}}}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_damaged_file_holds_nothing(path: Path, content: bytes) -> None:
    """It stops nothing, and the next choice is kept."""
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)

    assert ChoicesFile(path).read() == {}
    ChoicesFile(path).change("corp", lambda _: CHOICE)
    assert ChoicesFile(path).read() == {"corp": CHOICE}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "template": st.none() | st.text(max_size=5) | st.integers(),
            "seen": st.none() | st.dictionaries(st.text(max_size=3), st.none()),
            "gained": st.none() | st.lists(st.none() | st.lists(st.text(max_size=1))),
            "looked_at": st.sampled_from([None, 7, "2026-03-02T12:00:00"]),
        },
    )
)
def test_members_that_are_none_of_ours_are_left_out(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, object]
) -> None:
    """The rest of the choice stays."""
    path = tmp_path_factory.mktemp("state") / "setup.json"
    path.write_text(json.dumps({"sessions": {"corp": {**members, "filter": "x"}}}))

    assert ChoicesFile(path).read()["corp"].filter == "x"


def test_a_folder_that_can_t_be_written_is_only_logged(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A choice that is lost is no reason to fail."""
    path.parent.parent.joinpath("state").write_text("a file")

    ChoicesFile(path).change("corp", lambda _: CHOICE)

    assert "setup-0a1b2c3d.json" in caplog.text


@pytest.mark.parametrize(
    ("choice", "due"),
    [
        (Choice(), False),
        (replace(CHOICE, looked_at=NOON - minutes(30)), False),
        (replace(CHOICE, looked_at=NOON - hours(21)), True),
        (replace(CHOICE, looked_at=NOON + hours(1)), True),
    ],
)
def test_a_look_is_due_once_a_day(choice: Choice, *, due: bool) -> None:
    """Never for those who chose nothing; at once when the clock was set back."""
    assert choice.due(NOON) is due
