"""`status --json` and `--format BAR`, asked often: the daemon's bytes, to stdout.

It imports `os` and `socket` alone and knows the plain cases; in all others it gives
None, and the usual way begins from the start. `system/paths.py` has the rules that
`_socket_path` follows, `local/protocol.py` the bytes; tests hold them equal.
"""

from __future__ import annotations

import os
import socket
import sys

TYPE_CHECKING = False  # as type checkers know it; `typing` would cost more than this
if TYPE_CHECKING:
    from collections.abc import Mapping

REQUEST = b'{"v":1,"world":"%s","verb":"status","args":{%s}}\n'
HEAD, TAIL = b'{"v":1,"ok":true,"result":', b"}\n"

LINE, LINE_END = b'{"line":"', b'"}'
"""How a bar's line comes, unless it is an object that the bar itself reads."""

BARS = ("waybar", "polybar", "tmux", "starship")
"""The formats of one line; `json` is the report."""

FILE_PROBLEM = b'"subject":"file"'
"""Such a report may mean exit status 5, which the usual way tells."""

PATIENCE = 5.0
"""Seconds; a daemon that takes longer is left to the usual way."""

CLOSED_PIPE = 141
"""What shells tell of a program that SIGPIPE ended."""

CHUNK = 1 << 16
FILES = (
    ("AWS_CONFIG_FILE", "config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
)
ENDPOINTS = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_SSO",
    "AWS_ENDPOINT_URL_SSO_OIDC",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
LATER = ("AWS_ENDPOINT_URL_STS",)
"""Counted with its name, and only where it is set."""


def quick_status(environ: Mapping[str, str], out: int, form: str = "") -> int | None:
    """Copy the daemon's report to a file descriptor; None: do it the usual way.

    With the name of a bar it is that bar's line.
    """
    if form not in ("", "json", *BARS):
        return None
    words = b'"bar":"%s"' % form.encode() if form in BARS else b""
    try:
        world = None if os.isatty(out) else _world(environ)
        answer = world and _ask(_socket_path(environ, world), world, words)
    except OSError:
        return None
    if not answer or FILE_PROBLEM in answer:
        return None
    text = answer[len(HEAD) : -len(TAIL)]
    line = _line(text, form) if form in BARS else text
    return None if line is None else _copy(line + b"\n", out)


def _line(text: bytes, form: str) -> bytes | None:
    """Give a bar's line; None where it is none, or would have to be decoded."""
    if form == BARS[0]:
        return text if text.startswith(b'{"text":') else None
    inner = text[len(LINE) : -len(LINE_END)]
    plain = text.startswith(LINE) and text.endswith(LINE_END) and b"\\" not in inner
    return inner if plain else None


def _copy(text: bytes, out: int) -> int | None:
    left = memoryview(text)
    try:
        while left:
            left = left[os.write(out, left) :]
    except BrokenPipeError:
        return CLOSED_PIPE
    except OSError:  # a full disk, say: the usual way finds out and tells
        return None
    return 0


def _ask(path: str, world: str, words: bytes) -> bytes | None:
    if not _private(path[: path.rindex("/")], 0o077):
        return None
    with _new_socket() as connection:
        connection.settimeout(PATIENCE)
        connection.connect(path)
        connection.sendall(REQUEST % (world.encode(), words))
        pieces = []
        while piece := connection.recv(CHUNK):
            pieces.append(piece)
    answer = b"".join(pieces)
    return answer if answer.startswith(HEAD) and answer.endswith(TAIL) else None


def _new_socket() -> socket.socket:
    if sys.platform == "win32":
        raise OSError
    else:  # noqa: RET506 - for the type checker on Windows
        return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


def _world(environ: Mapping[str, str]) -> str | None:
    """Give the world's name (FNV-1a, 64 bit, folded); None where that is not plain."""
    home = environ.get("HOME", "")
    files = [environ.get(name) or f"{home}/.aws/{file}" for name, file in FILES]
    if not all(path.startswith("/") and "$" not in path for path in (home, *files)):
        return None
    parts = [_user(), *(os.path.realpath(path) for path in (home, *files))]
    parts += [environ.get(name, "") for name in ENDPOINTS]
    parts += [f"{name}={environ[name]}" for name in LATER if environ.get(name)]
    number = 0xCBF29CE484222325
    for byte in b"".join(os.fsencode(part) + b"\0" for part in parts):
        number = (number ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{number >> 32 ^ number & 0xFFFFFFFF:08x}"


def _user() -> str:
    if sys.platform == "win32":
        raise OSError
    else:  # noqa: RET506 - for the type checker on Windows
        return str(os.getuid())


def _socket_path(environ: Mapping[str, str], world: str) -> str:
    base = environ.get("XDG_RUNTIME_DIR", "")
    if base.startswith("/") and _private(base, 0o022):
        return f"{base}/sso-tray/{world}"
    mac = sys.platform == "darwin"
    state = "" if mac else environ.get("XDG_STATE_HOME", "")
    if not state.startswith("/"):
        usual = "Library/Application Support" if mac else ".local/state"
        state = f"{environ['HOME']}/{usual}"
    return f"{state}/sso-tray/{world}"


def _private(folder: str, others: int) -> bool:
    """Tell whether a folder is this user's, and closed to others as told."""
    try:
        status = os.stat(f"{folder}/.")  # noqa: PTH116 - pathlib costs a start 5 ms
    except OSError:
        return False
    mine = sys.platform == "win32" or status.st_uid == os.geteuid()
    return mine and not status.st_mode & others
