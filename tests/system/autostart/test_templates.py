"""What packages ship is what the program itself installs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.autostart.odd import plain
from tray.system.autostart import files, launchd, systemd, xdg
from tray.system.autostart.technology import Launch

FOLDER = Path(__file__).parents[3] / "packaging" / "autostart"
BREW = Launch(("/opt/homebrew/bin/sso-tray", "run"), {})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sso-tray.service", systemd.render(plain())),
        ("sso-tray.desktop", xdg.render(plain())),
        ("sso-tray.plist", launchd.render(BREW).decode()),
    ],
)
def test_one_text_for_both(name: str, text: str) -> None:
    """The copies in `packaging/autostart` are rendered from the templates."""
    assert (FOLDER / name).read_text(encoding="utf-8") == text
    assert "@" not in text


@pytest.mark.parametrize("name", [systemd.UNIT, xdg.ENTRY, launchd.PLIST])
def test_templates_are_part_of_the_package(name: str) -> None:
    """The templates lie beside the code, so every wheel has them."""
    assert files.template(name)
