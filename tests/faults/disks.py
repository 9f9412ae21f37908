"""Disks that are full, or that take nothing any more."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

assert sys.platform != "win32"


def as_root(*command: str) -> None:
    """Run a command that only root may."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*become, *command], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path, kilobytes: int = 256) -> Iterator[None]:
    """Make a folder a disk of its own, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    owner = f"uid={os.geteuid()},gid={os.getegid()},mode=0700"
    options = f"size={kilobytes}k,{owner}"
    as_root("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    try:
        yield
    finally:
        as_root("umount", "-l", str(folder))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let a disk take nothing more, until the block ends."""
    as_root("mount", "-o", "remount,ro", str(folder))
    try:
        yield
    finally:
        as_root("mount", "-o", "remount,rw", str(folder))


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Fill a disk to the last byte, until the block ends."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)
    try:
        yield
    finally:
        filler.unlink()


def without_privilege(command: Sequence[str]) -> list[str]:
    """Give the command that does this without root's right to write everywhere."""
    if os.geteuid() != 0:
        return list(command)
    return [
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search,-fowner",
        *command,
    ]
