"""The pages about setting up show what the program really says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.papers import ROOT

PLACE = ROOT / "packaging" / "setup_pages.py"


def maker() -> ModuleType:
    """Load the script, whose folder must not become a package."""
    spec = importlib.util.spec_from_file_location("setup_pages", PLACE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["first-day.md", "many-accounts.md"])
def test_each_example_is_what_the_program_says(name: str) -> None:
    """Run again in a home of their own, all commands say the same."""
    path: Path = ROOT / "docs" / name

    made = maker().page(path)

    remedy = "make it again: python packaging/setup_pages.py"
    assert made == path.read_text(encoding="utf-8"), remedy
