"""The page of all settings, from the table that the program itself reads them by."""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

from collections.abc import Sequence

from tray.core.setting_keys import KEYS, TABLES, Key
from tray.core.settings_template import NAMES, template

INTRO = """\
# All settings

This page is made from [the table in the program](../tray/core/setting_keys.py)
(`python packaging/papers.py`).

None is needed. Settings stand in `settings.toml`: on Linux in `~/.config/sso-tray` (or
under `XDG_CONFIG_HOME`), on macOS in `~/Library/Application Support/sso-tray`, on
Windows in `%APPDATA%\\sso-tray`. The menu opens the file (*More*, *Open the settings*)
and makes it, with every line explained, if there is none yet.

What you save holds at once. All mistakes are reported together, each with its line, in
the log and by `sso-tray doctor`; a wrong value costs only itself: its default holds.

Durations are written `90s`, `15m`, `2h`, `1d` or `2h30m`.

An administrator can lock any of them for a whole machine:
[For administrators](for-administrators.md).
"""
HEADS = "| setting | default | what it is | example |\n|---|---|---|---|\n"


def page() -> str:
    """Give the page."""
    parts = [INTRO, "\n## For all\n\n", _table(KEYS)]
    for name, (_, keys) in TABLES.items():
        parts += [f"\n## In `[{name}.NAME]`, such as `[{name}.{NAMES[name]}]`\n\n"]
        parts += [_table(keys)]
    parts += ["\n## The file as it is made\n\n```toml\n", template(), "```\n"]
    return "".join(parts)


def _table(keys: Sequence[Key]) -> str:
    return HEADS + "".join(map(_row, keys))


def _row(key: Key) -> str:
    default = f"`{key.default}`" if key.default else "none"
    first, *others = key.meaning.splitlines()
    said = first + "".join(f"<br>{_choice(line)}" for line in others)
    return f"| `{key.name}` | {default} | {said} | `{key.example}` |\n"


def _choice(line: str) -> str:
    word, about = line.split(maxsplit=1)
    return f"`{word}`: {about}"
