"""The settings file as people find it when they open it for the first time."""

from __future__ import annotations

from collections.abc import Iterator

from tray.core.setting_keys import KEYS, TABLES
from tray.core.wording.setting_keys import OF_TABLES
from tray.core.wording.settings_file import HEAD

NAMES = {"sessions": "acme", "profiles": "dev"}
"""Whose table stands in the file, by the kind of table."""


def template() -> str:
    """Give the file: each setting explained, and each switched off by a `#`."""
    return "\n".join([HEAD, *_settings(), *_tables()])


def _settings() -> Iterator[str]:
    for key in KEYS:
        yield f"{_comment(key.meaning)}#{key.name} = {key.example}\n"


def _tables() -> Iterator[str]:
    for table, (_, keys) in TABLES.items():
        lines = "".join(
            f"{_comment(key.meaning)}#{key.name} = {key.example}\n" for key in keys
        )
        head = f"#[{table}.{NAMES[table]}]\n"
        yield f"{_comment(OF_TABLES[table])}{head}{lines}"


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())
