"""Where log lines go: a small file that rotates, and stderr when somebody looks.

Other libraries stay at warnings even with `debug`: botocore's debug lines hold tokens.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from tray.core.errors import TrayError
from tray.core.wording import system as wording
from tray.system.paths import private_folder
from tray.system.redact import redact

LARGEST_FILE, FILES_KEPT = 1 << 20, 2
"""A log of one megabyte and two older ones tell weeks."""

OTHERS = (
    "apscheduler",
    "boto3",
    "botocore",
    "jeepney",
    "keyring",
    "PIL",
    "pystray",
    "s3transfer",
    "urllib3",
    "watchdog",
)
"""Libraries whose debug lines hold secrets or are of no use."""


class Redacting(logging.Formatter):
    """Formats a record, tracebacks and all, and takes out what looks secret."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        return redact(super().format(record))


class _PrivateFile(RotatingFileHandler):
    """A log file for the owner's eyes only."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


class Logging:
    """The log of this process, from `start` to `stop`."""

    def __init__(
        self, path: Path | None, *, debug: bool = False, stderr: TextIO | None = None
    ) -> None:
        self._path = path
        self._debug = debug
        self._stderr = stderr
        self._handlers: list[logging.Handler] = []
        self._levels: dict[str, int] = {}

    def start(self) -> None:
        """Begin to log; a log file that can't be written is told of and done without.

        To stderr only when one was given, or ours is a terminal.
        """
        logging.raiseExceptions = False  # a full disk must not fill stderr
        ours = logging.DEBUG if self._debug else logging.INFO
        levels = dict.fromkeys(("", *OTHERS), logging.WARNING) | {"tray": ours}
        for name, level in levels.items():
            logger = logging.getLogger(name)
            self._levels[name] = logger.level
            logger.setLevel(level)
        stream = self._stderr or _terminal()
        if stream is not None:
            self._add(logging.StreamHandler(stream), "%(levelname)s %(message)s")
        if self._path is not None:
            self._add_file(self._path)
        logging.captureWarnings(capture=True)

    def stop(self) -> None:
        """End logging, with everything written."""
        logging.captureWarnings(capture=False)
        root = logging.getLogger()
        while self._handlers:
            handler = self._handlers.pop()
            root.removeHandler(handler)
            handler.close()
        while self._levels:
            name, level = self._levels.popitem()
            logging.getLogger(name).setLevel(level)

    def _add(self, handler: logging.Handler, form: str) -> None:
        handler.setFormatter(Redacting(form))
        logging.getLogger().addHandler(handler)
        self._handlers.append(handler)

    def _add_file(self, path: Path) -> None:
        try:
            private_folder(path.parent)
            handler = _PrivateFile(
                path, maxBytes=LARGEST_FILE, backupCount=FILES_KEPT, encoding="utf-8"
            )
        except TrayError as error:
            logging.getLogger(__name__).warning("%s", error)
        except OSError as error:
            words = wording.log_unwritable(str(path), error.strerror or "")
            logging.getLogger(__name__).warning("%s %s", *words)
        else:
            form = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"
            self._add(handler, form)


def _terminal() -> TextIO | None:
    stream: TextIO | None = sys.stderr
    return stream if stream is not None and stream.isatty() else None
