"""The daemon's log read back."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tray.core.errors import TrayError
from tray.system.log import LARGEST_FILE, Logging
from tray.system.logfile import LogFile


def test_no_log_yet(tmp_path: Path) -> None:
    """Without a log, its place and the remedy are told."""
    log = LogFile(tmp_path / "x.log")

    with pytest.raises(TrayError, match=r"x\.log can't be read"):
        log.all()
    assert log.more() == ""


def test_all_that_is_kept_oldest_first(tmp_path: Path) -> None:
    """The older files come before the one of now."""
    for name, text in (("x.log.2", "1\n"), ("x.log.1", "2\n"), ("x.log", "3\n")):
        (tmp_path / name).write_text(text)

    assert LogFile(tmp_path / "x.log").all() == "1\n2\n3\n"


def test_what_comes_is_given_once_over_a_rotation(tmp_path: Path) -> None:
    """No line is lost or told twice when the log begins a new file."""
    path = tmp_path / "x.log"
    filler = "filler " * (LARGEST_FILE // 12)
    writing = Logging(path)
    writing.start()
    lines = logging.getLogger("tray.test")
    try:
        lines.info("first")
        log = LogFile(path)
        assert log.all().endswith("first\n")
        assert log.more() == ""
        lines.info(filler)
        assert log.more().endswith("filler \n")
        lines.info("last of the old")
        lines.info(filler)
        lines.info("first of the new")
        told = log.more()
    finally:
        writing.stop()

    assert path.with_name("x.log.1").exists()
    assert told.count("last of the old") == 1
    assert told.count("first of the new") == 1
    assert log.more() == ""


def test_a_log_that_was_emptied_begins_anew(tmp_path: Path) -> None:
    """Whoever truncates it does not silence it."""
    path = tmp_path / "x.log"
    path.write_text("a long first line\n")
    log = LogFile(path)
    log.all()
    path.write_text("new\n")

    assert log.more() == "new\n"
