"""What the program says of the machine, and how it can be called there."""

from __future__ import annotations

from pathlib import Path

from tray import __version__
from tray.system.machine import about, callable_as


def test_about_the_machine() -> None:
    """Version, Python, system and desktop; nothing of the person."""
    told = about({"XDG_CURRENT_DESKTOP": "XFCE", "USER": "alice", "HOME": "/alice"})

    assert told["sso-tray"] == __version__
    assert told["XDG_CURRENT_DESKTOP"] == "XFCE"
    assert "alice" not in str(told)


def test_by_its_name_where_a_shell_finds_it(tmp_path: Path) -> None:
    """On the PATH the name is enough; from a folder of its own the path is needed."""
    program = tmp_path / "sso-tray"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)

    assert callable_as({"PATH": str(tmp_path)}, program) == "sso-tray"
    assert callable_as({"PATH": "/nowhere"}, program) == str(program)
    assert callable_as({"PATH": "/nowhere"}, Path("-m")) == "sso-tray"
