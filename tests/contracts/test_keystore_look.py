"""What `doctor` says of GNOME's own keyring, asked in a session where it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.keyrings import keyring_of, private_bus

pytestmark = pytest.mark.live

ROOT = Path(__file__).parents[2]
LOOK = """\
from tray.core import checkup
from tray.system.keystore import SystemKeystore

from tray.core.errors import TrayError

try:
    print(*checkup.about_keyring(SystemKeystore().look()))
except TrayError as error:
    print("TrayError", error.title, error.remedy)
"""


def looked(environ: dict[str, str]) -> str:
    """Look at the keyring of a session; give what was said."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_open_locked_and_open_again(tmp_path: Path) -> None:
    """Looking asks for no password and opens nothing; each state is told for itself."""
    with private_bus(tmp_path) as environ:
        with keyring_of(environ, "password"):
            opened = looked(environ)
        with keyring_of(environ, ""):
            locked, still = looked(environ), looked(environ)

    assert "SecretService" in opened
    assert "Health.OK" in opened
    assert "locked" in locked
    assert "TrayError" in locked
    assert still == locked


def test_no_keyring_breaks_nothing(tmp_path: Path) -> None:
    """A session without one: said with the remedy, and doctor's exit status stays 0."""
    with private_bus(tmp_path) as environ:
        said = looked(environ)
        doctor = subprocess.run(
            [sys.executable, "-m", "tray", "doctor"],
            env=environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert "TrayError" in said
    (line,) = [row for row in doctor.stdout.splitlines() if "keyring" in row[:25]]
    assert line.startswith("attention")
    assert doctor.returncode == 0, doctor.stdout
