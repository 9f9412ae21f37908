"""The lines of the record of who asked for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON
from tray.core.audit import LONGEST_TEXT, Asked, audit_report, line_of, read_line

ONE = Asked(NOON, "terraform", "prod", "served")


def test_a_line_says_it_all() -> None:
    """When, who, for what, and the result; its members are for scripts, too."""
    assert line_of(ONE) == (
        '{"at":"2026-03-02T12:00:00Z","program":"terraform","profile":"prod",'
        '"result":"served"}'
    )
    assert audit_report([ONE])[0]["program"] == "terraform"


@given(st.text(max_size=LONGEST_TEXT), st.text(max_size=LONGEST_TEXT))
def test_a_line_is_one_line_and_is_read_again(program: str, profile: str) -> None:
    """Whatever people call their programs and profiles."""
    asked = Asked(NOON, program, profile, "locked")

    assert line_of(asked).isascii()
    assert len(line_of(asked).splitlines()) == 1
    assert read_line(line_of(asked)) == asked


def test_a_name_without_end_is_cut() -> None:
    """One caller can't fill the record with a single line."""
    long = Asked(NOON, "x" * 9999, "y" * 9999, "usage")

    assert len(line_of(long)) < 2 * LONGEST_TEXT + 100


def test_half_a_letter_is_shown_as_a_question() -> None:
    """JSON can hold it, and no screen can show it."""
    found = read_line(line_of(Asked(NOON, "\ud800", "prod", "usage")))

    assert found == Asked(NOON, "?", "prod", "usage")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "7",
        '{"at":"2026-03-02T12:00:00Z","program":"a"',
        '{"at":"2026-03-02T12:00:00Z","program":"a","profile":"b"}',
        '{"at":"2026-03-02T12:00:00","program":"a","profile":"b","result":"c"}',
        '{"at":"2026-03-02T12:00:00Z","program":7,"profile":"b","result":"c"}',
        '{"at":7,"program":"a","profile":"b","result":"c"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_line_is_none(line: str) -> None:
    """Half a line, another's, or a bomb: skipped."""
    assert read_line(line) is None
