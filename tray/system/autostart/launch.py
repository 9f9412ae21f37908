"""What has to be started, and with which of the variables of now.

A session manager starts programs without what a shell's start-up files have set, so
that a program that works by hand would find no proxy, no certificates and other AWS
files. Those are handed on; keys, tokens and passwords never are.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tray.core.autostart import LeftOut, Reason
from tray.core.errors import TrayError
from tray.core.wording import autostart as wording
from tray.system.autostart.technology import NAME, Launch
from tray.system.paths import ENDPOINT_VARIABLES, LATER_VARIABLES

PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

URLS: Final = frozenset({*PROXIES, *ENDPOINT_VARIABLES, *LATER_VARIABLES})
"""Variables whose value may be an address with a password in it, in capitals."""

HANDED_ON: Final = (
    *PROXIES,
    *(name.lower() for name in PROXIES),
    "AWS_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    *ENDPOINT_VARIABLES,
    *LATER_VARIABLES,
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "BROWSER",
)
"""Variables that are handed on, in this order; all others never are."""

FILES: Final = frozenset(
    {
        *(name for name in HANDED_ON if name.endswith(("_BUNDLE", "_FILE"))),
        "SSL_CERT_DIR",
    }
)
"""Variables that name a file; at log-in the current folder is another one."""

USUAL_PATH: Final = ("/usr/local/bin", "/usr/bin", "/bin")
"""Folders of programs that every session has."""

PROGRAMS: Final = ("xdg-open", "open", "wl-copy", "xclip", "xsel")
"""What we start, beside the browser that is set."""

Find = Callable[[str, str], str | None]
"""Finds a program in a search path; gives its absolute path."""


def launch_of(environ: Mapping[str, str], argv0: str, executable: str) -> Launch:
    """Give what starts this very program again, with the variables it needs.

    `argv0` is how it was called, `executable` the Python that runs it. Raises
    `TrayError` when their paths have characters that no entry can hold.
    """
    command = (*_program(argv0, executable), "run")
    if any(not writable(word) for word in command):
        raise TrayError(*wording.path_unwritable())
    values, left_out = {}, []
    for name in HANDED_ON:
        value = environ.get(name)
        if not value:
            continue
        reason = _objection(name, value)
        if reason is None:
            values[name] = _from_anywhere(name, value)
        else:
            left_out.append(LeftOut(name, reason))
    if sys.platform != "win32":
        path = path_needed(environ, lambda name, path: shutil.which(name, path=path))
        values |= {"PATH": path} if path else {}
    return Launch(command, values, tuple(left_out))


def program_of(argv0: str, executable: str) -> tuple[str, ...]:
    """Give the words that start this program from anywhere.

    The command itself where it was called so or stands beside its Python; a single
    file by its Python; else the package, with nothing of the current folder in it.
    """
    called = Path(os.path.abspath(argv0))  # noqa: PTH100 - links stay
    if called.suffix == ".pyz" and called.is_file():
        return (executable, str(called))
    for path in (called, Path(executable).with_name(NAME)):
        if path.name == NAME and path.is_file() and os.access(path, os.X_OK):
            return (str(path),)
    return (executable, "-P", "-m", "tray")


def windowless(executable: str) -> tuple[str, ...]:
    """Give the same for Windows, where the command itself would open a console."""
    python = Path(executable).with_name("pythonw.exe")
    return (str(python) if python.exists() else executable, "-P", "-m", "tray")


def path_needed(environ: Mapping[str, str], find: Find) -> str:
    """Give a search path for programs that a session would not find; "": needless.

    It names the folders of just those programs before the usual ones, so that it is
    the same in every shell.
    """
    usual = os.pathsep.join(USUAL_PATH)
    folders: list[str] = []
    for name in (*_browsers(environ.get("BROWSER", "")), *PROGRAMS):
        if os.sep in name or find(name, usual) is not None:
            continue
        found = find(name, environ.get("PATH", ""))
        folder = Path(found).parent if found else Path()
        if folder.is_absolute() and writable(str(folder)):
            folders.append(str(folder))
    return os.pathsep.join(dict.fromkeys((*folders, *USUAL_PATH))) if folders else ""


def writable(text: str) -> bool:
    """Tell whether every format can hold a text: UTF-8 without control characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return all(sign >= " " and sign != "\x7f" for sign in text)


def _program(argv0: str, executable: str) -> tuple[str, ...]:
    if sys.platform == "win32":
        words = windowless(executable)
    else:
        words = program_of(argv0, executable)
    return words


def _objection(name: str, value: str) -> Reason | None:
    if name.upper() in URLS and "@" in value:  # user and password, however mistyped
        return Reason.SECRET
    return None if writable(value) else Reason.UNWRITABLE


def _from_anywhere(name: str, value: str) -> str:
    relative = name in FILES and value[0] not in "~$%" and not Path(value).is_absolute()
    return str(Path.cwd() / value) if relative else value


def _browsers(text: str) -> Iterator[str]:
    """Give the program of each command in $BROWSER, which are parted by colons."""
    for command in text.split(os.pathsep):
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        yield from words[:1]
