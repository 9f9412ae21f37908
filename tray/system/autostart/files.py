"""Our own small files: read, replaced whole, removed; no link is followed."""

from __future__ import annotations

import contextlib
import os
import pkgutil
from pathlib import Path

from tray.core.errors import TrayError
from tray.core.wording import autostart as wording

LARGEST = 1 << 16
"""No file of ours is larger, in bytes."""


def template(name: str) -> str:
    """Give the text of a template that is shipped with the program."""
    content = pkgutil.get_data(__package__ or "", name)
    assert content is not None  # noqa: S101 - the wheel's own file
    return content.decode()


def read_own(path: Path) -> bytes | None:
    """Give what stands in a file; None: there is nothing.

    A link or a folder, and what can't be read or is too large, is no file of ours:
    that gives no bytes.
    """
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            return b""
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return b""


def write_own(path: Path, content: bytes) -> None:
    """Put a file there, whole or not at all, readable for its user alone.

    Raises `TrayError`.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(temporary, flags | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from None


def link_own(link: Path, target: Path) -> None:
    """Put a link there, in place of another one. Raises `TrayError`."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}.tmp")
    try:
        link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(target)
        temporary.replace(link)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise unwritable(link, error) from None


def remove_own(path: Path) -> None:
    """Take a file or link away, if it is there. Raises `TrayError`."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> TrayError:
    """Give the error for a place that can't be written."""
    reason = error.strerror or type(error).__name__
    return TrayError(*wording.unwritable(str(path), reason))
