"""`sso-tray-credential-process PROFILE`: the daemon's answer, copied to stdout.

It runs before every AWS command, so it knows nothing but a socket: a script is made of
it (`packaging/papers.py`) that starts Python without its site (`-I -S`). What is not
plain is handed to `sso-tray credential-process`, which does it the usual way. The rules
are those of `cli/quick.py`, and tests hold the two equal.
"""

from __future__ import annotations

import sys

assert sys.platform != "win32"  # noqa: S101 - it is installed on POSIX alone

import _socket  # noqa: E402
import posix  # noqa: E402

TYPE_CHECKING = False  # as type checkers know it; `typing` would cost more than this
if TYPE_CHECKING:
    from collections.abc import Mapping

REQUEST = (
    b'{"v":1,"world":"%s","verb":"credential-process",'
    b'"args":{"profile":"%s","wait":45}}\n'
)
HEAD, TAIL = b'{"v":1,"ok":true,"result":', b"}\n"
ERROR = b'{"v":1,"ok":false,"error":'

PATIENCE = 50.0
"""Seconds; Go's SDK ends us after 60."""

CHUNK = 1 << 16
PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.@+-:/ ="
"""What a profile's name may hold to need no JSON."""

FILES = (
    (b"AWS_CONFIG_FILE", b"config"),
    (b"AWS_SHARED_CREDENTIALS_FILE", b"credentials"),
)
ENDPOINTS = (
    b"AWS_ENDPOINT_URL",
    b"AWS_ENDPOINT_URL_SSO",
    b"AWS_ENDPOINT_URL_SSO_OIDC",
    b"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
LATER = (b"AWS_ENDPOINT_URL_STS",)
STATUSES = {
    "usage": 2,
    "login-required": 3,
    "session-over": 3,
    "registration-over": 3,
    "cannot-tell": 4,
    "throttled": 4,
    "slow-down": 4,
    "config": 5,
    "cancelled": 130,
}
"""Exit statuses by the error's name on the wire (`core/errors.py`); all others: 1."""

LEFT_TO_OTHERS = frozenset({"other-world", "no-daemon"})
MOST_LINKS = 40


def main(arguments: list[str], environ: Mapping[bytes, bytes]) -> int | None:
    """Copy the answer; gives the exit status, None where it is to be done otherwise."""
    profile = arguments[0].encode() if len(arguments) == 1 else b""
    if not profile or profile.strip(PLAIN) or profile[:1] == b"-":
        return None
    try:
        world = find_world(environ)
        answer = world and ask(find_socket(environ, world), REQUEST % (world, profile))
    except OSError:
        return None
    if not answer:
        return None
    if answer.startswith(HEAD):
        return copy(answer[len(HEAD) : -len(TAIL)] + b"\n")
    return tell(answer) if answer.startswith(ERROR) else None


def ask(path: bytes, line: bytes) -> bytes:
    """Give the daemon's answer to a line. Raises `OSError` where there is none."""
    if not private(path[: path.rindex(b"/")], 0o077):
        raise OSError
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    pieces = []
    try:
        connection.settimeout(PATIENCE)
        connection.connect(path)
        connection.send(line)  # it fits the socket's buffer, so it is taken whole
        while piece := connection.recv(CHUNK):
            pieces.append(piece)
    finally:
        connection.close()
    answer = b"".join(pieces)
    return answer if answer.endswith(TAIL) else b""


def copy(text: bytes) -> int:
    """Write the answer to stdout; where that fails, the pipe's reader is gone."""
    while text:
        try:
            text = text[posix.write(1, text) :]
        except OSError:
            return 1
    return 0


def tell(answer: bytes) -> int | None:
    """Say on stderr what went wrong; errors are rare enough to read them as JSON."""
    import json

    error = json.loads(answer)["error"]
    if error["kind"] in LEFT_TO_OTHERS:
        return None
    words = f"sso-tray: {error['title']} {error['remedy']}".rstrip()
    posix.write(2, words.encode("utf-8", "replace") + b"\n")
    return STATUSES.get(error["kind"], 1)


def find_world(environ: Mapping[bytes, bytes]) -> bytes | None:
    """Give the world's name (FNV-1a, 64 bit, folded); None where that is not plain."""
    home = environ.get(b"HOME", b"")
    files = [environ.get(name) or home + b"/.aws/" + file for name, file in FILES]
    for path in (home, *files):
        if path[:1] != b"/" or b"$" in path:
            return None
    parts = [b"%d" % posix.getuid()]
    parts += [real(path) for path in (home, *files)]
    parts += [environ.get(name, b"") for name in ENDPOINTS]
    parts += [name + b"=" + environ[name] for name in LATER if environ.get(name)]
    number = 0xCBF29CE484222325
    for byte in b"\0".join(parts) + b"\0":
        number = (number ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return b"%08x" % (number >> 32 ^ number & 0xFFFFFFFF)


def real(path: bytes) -> bytes:
    """Give a path with its links resolved, as `os.path.realpath` does."""
    done, left, links = b"", path.split(b"/")[::-1], 0
    while left:
        part = left.pop()
        if part in (b"", b"."):
            continue
        if part == b"..":
            done = done[: done.rindex(b"/")] if done else b""
            continue
        try:
            target = posix.readlink(done + b"/" + part)
        except OSError:
            done += b"/" + part
            continue
        links += 1
        if links > MOST_LINKS:
            raise OSError(path)
        if target[:1] == b"/":
            done = b""
        left += target.split(b"/")[::-1]
    return done or b"/"


def find_socket(environ: Mapping[bytes, bytes], world: bytes) -> bytes:
    """Give the path of the daemon's socket."""
    base = environ.get(b"XDG_RUNTIME_DIR", b"")
    if base[:1] == b"/" and private(base, 0o022):
        return base + b"/sso-tray/" + world
    mac = sys.platform == "darwin"
    state = b"" if mac else environ.get(b"XDG_STATE_HOME", b"")
    if state[:1] != b"/":
        usual = b"/Library/Application Support" if mac else b"/.local/state"
        state = environ[b"HOME"] + usual
    return state + b"/sso-tray/" + world


def private(folder: bytes, others: int) -> bool:
    """Tell whether a folder is this user's, and closed to others as told."""
    try:
        status = posix.stat(folder + b"/.")
    except OSError:
        return False
    return status.st_uid == posix.geteuid() and not status.st_mode & others


def otherwise(script: str, arguments: list[str]) -> None:
    """Become `sso-tray credential-process`, which lies beside the script."""
    folder = script.rpartition("/")[0] or "."
    profile = arguments[:1] if arguments[:1] != ["--profile"] else arguments[1:2]
    words = ["sso-tray", "credential-process", *(f"--profile={one}" for one in profile)]
    posix.execv(f"{folder}/sso-tray", words)


if __name__ == "__main__":
    given = sys.argv[1:]
    status = main(given, posix.environ)
    if status is None:
        otherwise(sys.argv[0], given)
    posix._exit(status or 0)  # noqa: SLF001 - nothing is left to be tidied up
