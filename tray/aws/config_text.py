"""Gets AWS's config and credentials files as text, in whatever state they are.

AWS's tools refuse or skip a file that has a byte order mark, is not UTF-8 or can't be
opened; here it is named, and what can be read of it is read.
"""

from __future__ import annotations

import codecs
import errno
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tray.core.model import Problem
from tray.core.wording import config as wording
from tray.core.wording import config_file as words

LARGEST = 16 * 1024 * 1024
"""Bytes; ten thousand profiles take about two million. Above, it is no config."""

BEGIN = "# sso-tray begin"
"""How a block of ours begins in a credentials file (`mirror_blocks`)."""

Mark = tuple[int, int, int] | int | None
"""Change time in ns, size and inode; the error's number; None for no file."""

_VARIABLE = re.compile(r"\$(\w+|\{[^}]*\})")
_GONE = {errno.ENOENT, errno.ENOTDIR}


class ConfigPaths(NamedTuple):
    """The two files that are AWS's config."""

    config: Path
    """The config file, which may not exist."""

    credentials: Path
    """The shared credentials file, which may not exist."""


class ConfigText(NamedTuple):
    """One of the two files as it was read."""

    path: Path
    """Where it is."""

    shown: str
    """Its path as people write it."""

    text: str
    """What is in it, as far as it is text; empty when there is no file."""

    problems: tuple[tuple[int, Problem], ...] = ()
    """What is wrong with the file as such, each with its line or 0."""

    rank: int = 0
    """0 for the config file, 1 for the credentials file."""


def config_paths(environ: Mapping[str, str], home: Path) -> ConfigPaths:
    """Tell where the two files are: by AWS's variables, or under the home.

    A leading `~` and `$NAME` are replaced, as botocore does.
    """

    def locate(variable: str, name: str) -> Path:
        text = environ.get(variable) or f"~/.aws/{name}"
        text = _VARIABLE.sub(lambda m: environ.get(m[1].strip("{}"), m[0]), text)
        if text == "~" or text.startswith(("~/", "~\\")):
            return home / text[2:]
        return Path(text)

    return ConfigPaths(
        locate("AWS_CONFIG_FILE", "config"),
        locate("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
    )


def mark_of(path: Path) -> Mark:
    """Give what changes when the file does."""
    try:
        status = path.stat()
    except OSError as error:
        return None if error.errno in _GONE else error.errno
    except ValueError:  # a NUL in the path
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_text(path: Path, home: Path) -> ConfigText:
    """Give a file's text and what is wrong with the file as such."""
    shown = show_path(path, home)
    try:
        status = path.stat()
        if stat.S_ISCHR(status.st_mode):  # /dev/null, which switches the file off
            return ConfigText(path, shown, "")
        problem = _unfit(status.st_mode, status.st_size, shown)
        data = b"" if problem else path.read_bytes()
    except OSError as error:
        problem, data = _refused(error, shown), b""
    except ValueError:  # a NUL in the path
        problem, data = None, b""
    if problem is not None:
        return ConfigText(path, shown, "", ((0, problem),))
    return _decoded(path, shown, data)


def show_path(path: Path, home: Path) -> str:
    """Write a path the way people do, with `~` for the home."""
    if path.is_relative_to(home):
        return f"~/{path.relative_to(home).as_posix()}"
    return str(path)


def _unfit(mode: int, size: int, shown: str) -> Problem | None:
    if stat.S_ISDIR(mode):
        return words.file_is_folder(shown)
    if not stat.S_ISREG(mode):
        return words.file_is_special(shown)
    if size > LARGEST:
        return words.file_too_large(shown, LARGEST // 1024 // 1024)
    return None


def _refused(error: OSError, shown: str) -> Problem | None:
    if error.errno in _GONE:
        return None
    if isinstance(error, PermissionError):
        return words.file_not_allowed(shown)
    return words.file_failed(shown, error.strerror or "unknown error")


def _decoded(path: Path, shown: str, data: bytes) -> ConfigText:
    wide = _wide_encoding(data)
    if wide:
        text = data.decode(wide, "replace").removeprefix("\ufeff")
        return ConfigText(path, shown, text, ((0, words.file_utf16(shown)),))
    problems: list[tuple[int, Problem]] = []
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        problems.append((1, words.file_has_mark(shown)))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return ConfigText(path, shown, "", ((0, words.file_binary(shown)),))
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode(errors="replace")
        problems.append((line, words.file_not_utf8(wording.place(shown, line))))
    return ConfigText(path, shown, text, tuple(problems))


def _wide_encoding(data: bytes) -> str:
    """Tell whether this is UTF-16, by its mark or by how it would begin."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    if data[:2] in {b"[\0", b"#\0", b";\0"}:
        return "utf-16-le"
    if data[:2] in {b"\0[", b"\0#", b"\0;"}:
        return "utf-16-be"
    return ""
