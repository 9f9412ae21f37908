"""What every store of choices promises: the fake, and the real file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.choices import DictChoices
from tray.core.choices import Choice
from tray.core.ports import ChoiceStore
from tray.system.choices_file import ChoicesFile


@pytest.fixture(params=["fake", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ChoiceStore:
    """Give each implementation."""
    if request.param == "fake":
        return DictChoices()
    return ChoicesFile(tmp_path / "state" / "setup.json")


def test_nothing_is_chosen_at_first(store: ChoiceStore) -> None:
    """An empty mapping, and no error."""
    assert store.read() == {}


def test_a_choice_is_kept_and_changed(store: ChoiceStore) -> None:
    """The change gets what was there; the other sessions stay."""
    store.change("corp", lambda one: replace(one, template="{role}"))
    store.change("lab", lambda one: replace(one, filter="x"))
    store.change("corp", lambda one: replace(one, region="eu-west-1"))

    assert store.read() == {
        "corp": Choice(template="{role}", region="eu-west-1"),
        "lab": Choice(filter="x"),
    }
