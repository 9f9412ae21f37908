"""Print what Windows needs of our dependencies, as requirements for pip.

pip reads markers on the machine it runs on, which is Linux here. So ours are judged
here, and what other packages need on Windows alone is named.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PYPROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
ELSEWHERE = ("colorama", "pywin32-ctypes", "tzdata")
"""Needed on Windows alone by pytest, keyring and tzlocal."""

TOOLS = ("hypothesis", "pytest", "pytest-randomly", "pytest-socket", "pytest-timeout")


def needed() -> list[str]:
    """Give the requirements without their markers."""
    with PYPROJECT.open("rb") as file:
        project = tomllib.load(file)
    ours = map(Requirement, project["project"]["dependencies"])
    tools = map(Requirement, project["dependency-groups"]["test"])
    wanted = [
        one
        for one in (*ours, *(tool for tool in tools if tool.name in TOOLS))
        if one.marker is None or one.marker.evaluate(WINDOWS)
    ]
    return [*(f"{one.name}{one.specifier}" for one in wanted), *ELSEWHERE]


if __name__ == "__main__":
    sys.stdout.write("\n".join(needed()) + "\n")
