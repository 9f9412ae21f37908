"""What people install and read first: metadata, entry points, papers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import tray

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEMO_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/sso-tray demo"
)
PAPERS = [
    path
    for folder in (".", ".github", "docs", "packaging", "tray")
    for path in sorted((ROOT / folder).glob("*.md"))
]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
EXAMPLE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
"""What stands between fences: other programs' text, in which a link is none."""


@pytest.fixture
def project() -> dict[str, Any]:
    """Give pyproject's table about the project."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def test_the_command_can_be_started(project: dict[str, Any]) -> None:
    """The console script names a function that is there."""
    [(name, target)] = project["scripts"].items()

    assert name == "sso-tray"
    assert callable(EntryPoint(name, target, "console_scripts").load())


def test_types_are_shipped() -> None:
    """Programs that import us get our types."""
    assert (ROOT / "tray" / "py.typed").exists()


def test_the_version_stands_once(project: dict[str, Any]) -> None:
    """The version is the package's own, and the changelog tells what it brings."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert "version" in project["dynamic"]
    assert re.search(
        rf"^## \[?{re.escape(tray.__version__)}\]? - ", changelog, re.MULTILINE
    )


def test_every_library_has_a_floor(project: dict[str, Any]) -> None:
    """Each dependency says the oldest version that works."""
    for line in project["dependencies"]:
        assert re.match(r"[\w.-]+>=[\d.]+", line), line


@pytest.mark.parametrize("command", [DEMO_COMMAND, "tests/run"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    """One line runs the demo and one line runs the tests; both can be copied whole."""
    assert command in README.splitlines()


@pytest.mark.parametrize("script", ["tests/run", ".ci/run", "tests/interop/setup"])
def test_scripts_can_be_run(script: str) -> None:
    """A new clone needs no chmod."""
    assert os.access(ROOT / script, os.X_OK)


def test_ci_runs_the_readme_s_own_command() -> None:
    """What guards the project is what people are told to run."""
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert "tests/run </dev/null" in commands


def test_the_readme_s_table_is_the_program_s(tmp_path: Path) -> None:
    """The README tells of the commands that the program has, and of no others."""
    told = set(re.findall(r"^\| `sso-tray ([a-z-]+)", README, re.MULTILINE))
    shown = subprocess.run(
        [sys.executable, "-m", "tray", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert told
    assert not {name for name in told if not re.search(rf"\b{name}\b", shown)}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(paper: Path) -> None:
    """Each link and picture of the papers that lies in this repository is there."""
    targets = LINK.findall(EXAMPLE.sub("", paper.read_text(encoding="utf-8")))
    local = [target for target in targets if "://" not in target]

    assert [t for t in local if not (paper.parent / t).exists()] == []


def test_the_application_icon_is_a_picture() -> None:
    """The icon for desktops is well-formed, square SVG."""
    picture = ET.parse(ROOT / "packaging" / "sso-tray.svg").getroot()

    assert picture.tag.endswith("svg")
    assert picture.get("viewBox") == "0 0 64 64"
