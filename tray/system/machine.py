"""What the program runs on, for a report."""

from __future__ import annotations

import contextlib
import platform
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tray import __version__
from tray.core.wording.shell import PROGRAM

LIBRARIES = ("apscheduler", "boto3", "botocore", "keyring", "pillow", "pystray")
"""What we build on, as the package index calls it."""

DESKTOP_VARIABLES = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DESKTOP_SESSION")


def about(
    environ: Mapping[str, str], libraries: Sequence[str] = LIBRARIES
) -> Mapping[str, str]:
    """Give names and values that tell of the machine and of nobody in person."""
    found = {
        "sso-tray": __version__,
        "python": platform.python_version(),
        "system": f"{sys.platform} {platform.release()} {platform.machine()}",
    }
    desktop = {name: environ[name] for name in DESKTOP_VARIABLES if name in environ}
    return found | _versions(libraries) | desktop


def _versions(libraries: Sequence[str]) -> dict[str, str]:
    """Give the versions of the libraries; one that does not tell its own is left out.

    Read from what is installed: importing them would take a second.
    """
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in libraries:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def callable_as(environ: Mapping[str, str], script: Path) -> str:
    """Give how a shell can start a program: by its name, or with the whole path.

    `script` is how it was started this time.
    """
    if script.name != PROGRAM or shutil.which(PROGRAM, path=environ.get("PATH")):
        return PROGRAM
    return str(script.absolute())
