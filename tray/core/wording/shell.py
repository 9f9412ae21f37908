"""Lines that people paste into a shell or a config, safe whatever a name holds."""

from __future__ import annotations

import re

PROGRAM = "sso-tray"
"""How the program is called where it is on the PATH."""

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


def quoted(word: str) -> str:
    """Give a word as POSIX shells take it."""
    if _PLAIN.fullmatch(word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def quoted_path(path: str) -> str:
    """Give a path as POSIX shells take it; only outside quotes `~` is the home."""
    home = "~/" if path.startswith("~/") else ""
    return home + quoted(path.removeprefix(home))


def env_line(profile: str, program: str = PROGRAM) -> str:
    """Give the line that puts a profile's credentials into a shell."""
    return f'eval "$({quoted(program)} env -- {quoted(profile)})"'


def process_line(profile: str, program: str = PROGRAM) -> str:
    """Give the line of a profile in `~/.aws/config` that lets us serve it.

    The SDKs split it as a shell would, and run no shell.
    """
    words = f"credential-process --profile={quoted(profile)}"
    return f"credential_process = {quoted(program)} {words}"
