"""Whoever changes AWS's config keeps these promises: in memory and on files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from tests.fakes.editing import MemoryEditor
from tray.aws.config_writer import ConfigWriter
from tray.core.edits import Add, Change, Head, Kind, Remove
from tray.core.errors import ConfigError, TrayError
from tray.core.ports import ConfigEditor
from tray.system.locks import FileLocks

DEV = Head(Kind.PROFILE, "dev")
OPS = Head(Kind.PROFILE, "ops")
TEXT = "# mine\n[profile ops]\nregion = x\n"


class Place(ABC):
    """An editor and the text that it changes."""

    editor: ConfigEditor

    @abstractmethod
    def text(self) -> str:
        """Give what is there."""

    @abstractmethod
    def put(self, text: str) -> None:
        """Let somebody else write."""


class InMemory(Place):
    """The fake."""

    def __init__(self) -> None:
        self.fake = MemoryEditor(TEXT)
        self.editor = self.fake

    def text(self) -> str:
        """Give what is there."""
        return self.fake.text

    def put(self, text: str) -> None:
        """Let somebody else write."""
        self.fake.text = text


class OnFiles(Place):
    """The real one."""

    def __init__(self, home: Path) -> None:
        self.path = home / "config"
        self.put(TEXT)
        locks = FileLocks(home / "locks", home / "cache")
        self.editor = ConfigWriter(lambda: self.path, home, locks)

    def text(self) -> str:
        """Give what is there."""
        return self.path.read_text()

    def put(self, text: str) -> None:
        """Let somebody else write."""
        self.path.write_text(text)


@pytest.fixture(params=["memory", "files"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give one of them."""
    return InMemory() if request.param == "memory" else OnFiles(tmp_path)


def test_sections_come_and_go(place: Place) -> None:
    """What was added is there, bears our mark, and goes without a trace."""
    written = place.editor.write([Add(DEV, (("region", "y"),))])

    assert written is not None
    assert written.path.endswith("config")
    assert written.backup
    assert place.editor.heads() == {DEV, OPS}
    assert place.editor.managed() == {DEV}
    assert place.editor.write([Remove(DEV)]) is not None
    assert place.text() == f"{TEXT}\n"


def test_a_diff_writes_nothing(place: Place) -> None:
    """Looking at a change leaves the file alone."""
    assert "+region = y" in place.editor.diff([Change(OPS, (("region", "y"),))])
    assert place.text() == TEXT


def test_nothing_to_change(place: Place) -> None:
    """What is so already is not written again, and no backup is made."""
    assert place.editor.write([Change(OPS, (("region", "x"),))]) is None
    with pytest.raises(TrayError, match="no change of ours"):
        place.editor.undo()


def test_changes_are_taken_back_one_by_one(place: Place) -> None:
    """Each undo gives the text that was there before, to the byte."""
    place.editor.write([Change(OPS, (("region", "y"),))])
    first = place.text()
    place.editor.write([Add(DEV, ())])

    place.editor.undo()
    assert place.text() == first
    place.editor.undo()
    assert place.text() == TEXT


def test_edits_of_others_are_never_undone(place: Place) -> None:
    """What somebody wrote after us is not lost by taking our change back."""
    place.editor.write([Add(DEV, ())])
    theirs = f"{place.text()}# theirs\n"
    place.put(theirs)

    with pytest.raises(TrayError, match="edited since"):
        place.editor.undo()
    assert place.text() == theirs


def test_a_change_is_whole_or_not_at_all(place: Place) -> None:
    """One edit that can't be done keeps all of them out."""
    with pytest.raises(ConfigError):
        place.editor.write([Add(DEV, ()), Remove(Head(Kind.PROFILE, "none"))])
    assert place.text() == TEXT
