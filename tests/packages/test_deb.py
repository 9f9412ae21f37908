"""The Debian package, on a system that was installed a minute ago."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import tray
from tests.packages.conftest import FreshRoot, run

pytestmark = [pytest.mark.packages, pytest.mark.timeout(400)]

WHERE_DEBIAN_HAS_THEM = (
    "/usr/share/applications/sso-tray.desktop",
    "/usr/share/bash-completion/completions/sso-tray",
    "/usr/share/doc/sso-tray/copyright",
    "/usr/share/fish/vendor_completions.d/sso-tray.fish",
    "/usr/share/icons/hicolor/48x48/apps/sso-tray.png",
    "/usr/share/icons/hicolor/scalable/apps/sso-tray.svg",
    "/usr/share/man/man1/sso-tray.1.gz",
    "/usr/share/zsh/vendor-completions/_sso-tray",
)
LIBRARIES = """
import boto3, cryptography.x509, jeepney, keyring, secretstorage, watchdog.observers
from PIL import ImageDraw, ImageFont
for service in ("sso", "sso-oidc"):
    boto3.Session().client(service, region_name="eu-west-1")
import sys
print([path for path in sys.path if "sso-tray" not in path and "python3" not in path])
"""


def test_it_comes_and_works_and_goes(fresh_root: FreshRoot, deb: Path) -> None:
    """Install, help, demo, purge: all go well, and nothing is left behind."""
    before = fresh_root.files()
    run([*fresh_root.become, "cp", deb, fresh_root.place / "tmp"])
    package = f"/tmp/{deb.name}"
    fresh_root("apt-get", "-qq", "-y", "install", "--no-install-recommends", package)

    assert fresh_root.files().issuperset(WHERE_DEBIAN_HAS_THEM)
    assert tray.__version__ in fresh_root("sso-tray", "--version")
    assert "COMMAND" in fresh_root("sso-tray", "--help")
    shown = fresh_root("sso-tray", "demo", "--headless", "--minutes", "0.05")
    assert "acme: signed in" in shown
    python = "/usr/lib/sso-tray/bin/python3"
    assert fresh_root(python, "-Pc", LIBRARIES).splitlines()[-1] == "[]"
    fresh_root("apt-get", "-qq", "-y", "remove", "sso-tray")
    fresh_root("dpkg", "--purge", "sso-tray")
    assert fresh_root.files() == before


def test_lintian_has_nothing_to_say(deb: Path) -> None:
    """Debian's own critic finds no error, and only that nobody asked for it there."""
    done = subprocess.run(
        ["lintian", "--allow-root", deb], capture_output=True, text=True, check=False
    )
    found = [line for line in done.stdout.splitlines() if "closes-no-bugs" not in line]

    assert done.returncode == 0, done.stdout
    assert not found


def test_the_menu_entry_is_sound() -> None:
    """The entry of the application menu has what launchers need."""
    entry = Path("packaging/deb/sso-tray.desktop")
    text = (Path(__file__).parent.parent.parent / entry).read_text(encoding="utf-8")

    assert "\nExec=sso-tray run\n" in text
    assert "\nIcon=sso-tray\n" in text
