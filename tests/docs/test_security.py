"""The threat notes: each line names a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTES = ROOT / ".github" / "SECURITY.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
HEADS = re.compile(r"\| what is true \| held by \||\|---\|---\|")


def lines() -> list[str]:
    """Give the lines of the tables, without their heads."""
    text = NOTES.read_text(encoding="utf-8").splitlines()
    rows = [line for line in text if line.startswith("|")]
    return [line for line in rows if not HEADS.fullmatch(line)]


def test_there_are_notes() -> None:
    """All subjects have some."""
    assert len(lines()) > 25


@pytest.mark.parametrize("line", lines())
def test_each_line_is_held_by_a_test(line: str) -> None:
    """It names at least one, and that one exists."""
    named = NAMED.findall(line)

    assert named, line
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        found = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
        assert name in found, f"{path} has no {name}"
