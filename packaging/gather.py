"""Puts the program and every library it needs into one folder, for all our Pythons.

    python packaging/gather.py FOLDER

What `build-deb` and `build-zipapp` start from. On Linux the compiled files of each
CPython that we support stand beside each other, for they carry its version in their
names, so one package serves them all. It asks the package index that pip is set to.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import platform
import shutil
import subprocess  # noqa: TID251 - a tool for those who package, not the program
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
LINUXES = ("manylinux2014", "manylinux_2_17", "manylinux_2_28")
"""The oldest systems' wheels come first to hand; 2.28 is glibc of 2018."""

SERVICES = ("sso", "sso-oidc")
"""What the program asks of AWS: botocore's descriptions of all others stay out."""

BUILT = "py3-none-any.whl"
NEEDLESS = (
    "bin",
    "share",
    "PIL/_imagingtk.*",
    "PIL/_avif.*",
    "**/__pycache__",
    "**/tests",
)


def gather(folder: Path) -> None:
    """Fill a folder that is not there yet, or is empty."""
    pip("wheel", "--no-deps", "--wheel-dir", str(folder / "wheel"), str(ROOT))
    [ours] = (folder / "wheel").glob(f"*{BUILT}")
    site = folder / "site"
    first, *others = PYTHONS
    install(site, first, str(ours))
    compiled = sorted(
        {
            name.removesuffix(".dist-info").replace("-", "==", 1)
            for name in _compiled(site)
        }
    )
    for version in others:
        with tempfile.TemporaryDirectory() as beside:
            install(Path(beside), version, "--no-deps", *compiled)
            for path in sorted(Path(beside).rglob("*.so*")):
                place = site / path.relative_to(beside)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place)
    thin(site)


def install(site: Path, version: str, *wanted: str) -> None:
    """Install wheels into a folder, for one Python on this kind of machine."""
    machine = platform.machine()
    platforms = [f"--platform={linux}_{machine}" for linux in LINUXES]
    pip(
        *("install", "--target", str(site), "--only-binary=:all:", "--no-compile"),
        *("--python-version", version, "--implementation", "cp", *platforms),
        *wanted,
    )


def pip(*words: str) -> None:
    """Run pip with the settings of whoever calls."""
    command = (sys.executable, "-m", "pip", "-q", *words)
    subprocess.run(command, check=True)  # noqa: S603 - words of our own


def thin(site: Path) -> None:
    """Leave out what the program never uses."""
    for pattern in NEEDLESS:
        for path in list(site.glob(pattern)):
            _remove(path)
    data = site / "botocore" / "data"
    for path in data.iterdir():
        if path.is_dir() and path.name not in SERVICES:
            _remove(path)
    for path in site.glob("boto3/data/*"):
        if path.is_dir():
            _remove(path)


def _compiled(site: Path) -> Iterable[str]:
    """Give the folders that tell of libraries whose files are for one Python only."""
    for wheel in site.glob("*.dist-info/WHEEL"):
        if "Tag: cp" in (text := wheel.read_text()) and "-abi3-" not in text:
            yield wheel.parent.name


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
