"""Manual page, completions and icons are what the program itself makes."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageChops

from tests.packages.conftest import PACKAGING, ROOT, run

pytestmark = pytest.mark.packages

REMAKE = "out of date; make it again: python packaging/papers.py"
COMPLETIONS = {"bash": "sso-tray.bash", "zsh": "_sso-tray", "fish": "sso-tray.fish"}
PAGE = PACKAGING / "man" / "sso-tray.1"
PIXELS_APART = 0.02


def tool(name: str) -> ModuleType:
    """Load a script of the folder that must not become a package."""
    place = PACKAGING / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def made() -> dict[str, str]:
    """Give what the script makes now, by place, from a process of its own."""
    code = "import json, papers, sys; json.dump(papers.papers(), sys.stdout)"
    text = run([sys.executable, "-c", code], PYTHONPATH=f"{PACKAGING}:{ROOT}")
    papers: dict[str, str] = json.loads(text)
    return papers


@pytest.mark.parametrize(
    "place",
    [
        "man/sso-tray.1",
        "../docs/refusals.md",
        "../docs/settings.md",
        "../docs/messages.md",
        *(f"completions/{name}" for name in COMPLETIONS.values()),
    ],
)
def test_papers_are_up_to_date(made: dict[str, str], place: str) -> None:
    """A changed command shows in manual page and completions."""
    kept = (PACKAGING / place).read_text(encoding="utf-8")

    assert kept == made[place], f"packaging/{place} is {REMAKE}"


def test_the_manual_page_is_sound() -> None:
    """Neither of the programs that show manual pages complains."""
    run(["mandoc", "-Tlint", "-Wstyle", PAGE])
    shown = subprocess.run(
        ["man", "--warnings", "-l", PAGE],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stderr == ""
    assert "sso-tray login" in shown.stdout


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_shells_can_read_their_completions(shell: str) -> None:
    """Each shell takes its file for a script without faults."""
    run([shell, "-n", PACKAGING / "completions" / COMPLETIONS[shell]])


def test_icons_are_the_drawing(tmp_path: Path) -> None:
    """Each kept icon has the shapes that the artwork draws in its size."""
    papers, icons = tool("papers"), tool("icons")
    for made in icons.draw_icons(tmp_path, papers.ICONS):
        kept = Image.open(PACKAGING / "icons" / made.name).convert("RGBA")
        apart = ImageChops.difference(kept, Image.open(made).convert("RGBA"))
        coverage = sum(apart.getchannel("A").histogram()[64:])

        assert f"-{kept.width}.png" in made.name
        assert kept.width == kept.height
        share = coverage / (kept.width * kept.height)
        assert share <= PIXELS_APART, f"{made.name} is {REMAKE}"
