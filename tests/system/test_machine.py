"""What the program says of the machine, and how it can be called there."""

from __future__ import annotations

from pathlib import Path

import boto3
import botocore

from tray import __version__
from tray.system.machine import LIBRARIES, about, callable_as


def test_about_the_machine() -> None:
    """Versions, Python, system and desktop; nothing of the person."""
    told = about({"XDG_CURRENT_DESKTOP": "XFCE", "USER": "alice", "HOME": "/alice"})

    assert told["sso-tray"] == __version__
    assert told["XDG_CURRENT_DESKTOP"] == "XFCE"
    assert "alice" not in str(told)


def test_about_the_libraries() -> None:
    """The versions that are installed, as the libraries themselves say."""
    told = about({})

    assert (told["boto3"], told["botocore"]) == (
        boto3.__version__,
        botocore.__version__,
    )
    assert set(LIBRARIES) <= told.keys()


def test_a_library_that_is_not_there() -> None:
    """Without its papers, as in a single file, nothing is made up and all else told."""
    told = about({}, ("boto3", "sso-tray-has-none-such"))

    assert told["sso-tray"] == __version__
    assert "boto3" in told
    assert "sso-tray-has-none-such" not in told


def test_by_its_name_where_a_shell_finds_it(tmp_path: Path) -> None:
    """On the PATH the name is enough; from a folder of its own the path is needed."""
    program = tmp_path / "sso-tray"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)

    assert callable_as({"PATH": str(tmp_path)}, program) == "sso-tray"
    assert callable_as({"PATH": "/nowhere"}, program) == str(program)
    assert callable_as({"PATH": "/nowhere"}, Path("-m")) == "sso-tray"
