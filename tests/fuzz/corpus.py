"""The inputs that are kept, one file each, named by what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
"""One folder per target below it."""

SUFFIX = ".seed"


def load(target: str, folder: Path = FOLDER) -> list[bytes]:
    """Give a target's inputs, always in the same order."""
    files = sorted((folder / target).glob(f"*{SUFFIX}"))
    return [file.read_bytes() for file in files]


def store(target: str, inputs: Iterable[bytes], folder: Path = FOLDER) -> None:
    """Keep exactly these inputs for a target."""
    place = folder / target
    place.mkdir(parents=True, exist_ok=True)
    wanted = {name_of(data): data for data in inputs}
    for file in place.glob(f"*{SUFFIX}"):
        if file.name not in wanted:
            file.unlink()
    for name, data in wanted.items():
        (place / name).write_bytes(data)


def name_of(data: bytes) -> str:
    """Give the name of an input's file."""
    return hashlib.sha256(data).hexdigest()[:16] + SUFFIX
