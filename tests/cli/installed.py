"""The fast script as an installation has it: beside the usual command."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "fast" / "sso-tray-credential-process"


def bin_of(folder: Path) -> Path:
    """Give a folder with the script, as an installation has it."""
    folder.mkdir(exist_ok=True)
    script = folder / SCRIPT.name
    script.write_bytes(SCRIPT.read_bytes())
    script.chmod(0o755)
    (folder / "python3").unlink(missing_ok=True)
    (folder / "python3").symlink_to(sys.executable)
    usual = folder / "sso-tray"
    usual.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tray "$@"\n'
    )
    usual.chmod(0o755)
    return script
