"""The token cache as a stranger sees it: names and modes, and no content."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from tray.core.looks import CacheFacts

OURS = re.compile(r"[0-9a-f]{40}\.json")
"""The name of a token file, and of a registration: SHA-1 in hex."""

OTHERS = 0 if sys.platform == "win32" else stat.S_IRWXG | stat.S_IRWXO
"""What others may do; modes say nothing of that on Windows."""


def look_at_cache(folder: Path) -> CacheFacts:
    """Look at the folder and at the files in it."""
    place = str(folder)
    tokens, foreign, readable = 0, [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if OURS.fullmatch(entry.name):
                    tokens += 1
                else:
                    foreign.append(entry.name)
                if _open_to_others(entry):
                    readable.append(entry.name)
        fault = "" if os.access(folder, os.W_OK | os.X_OK) else "it is not writable"
    except FileNotFoundError:
        return CacheFacts(place, there=False)
    except OSError as error:
        return CacheFacts(place, fault=(error.strerror or "unreadable").lower())
    names = tuple(sorted(foreign)), tuple(sorted(readable))
    return CacheFacts(place, tokens, *names, fault=fault)


def _open_to_others(entry: os.DirEntry[str]) -> bool:
    try:
        mode = entry.stat().st_mode
    except OSError:  # a link to nothing, or gone meanwhile
        return False
    return bool(stat.S_ISREG(mode) and mode & OTHERS)
