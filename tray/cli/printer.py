"""The one printer: results to stdout, talk to stderr, colour only where it is seen."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from typing import TextIO

from tray.core.errors import TrayError
from tray.core.wording import cli as wording

CLOSED_PIPE = 141
"""The exit status of a program that the signal SIGPIPE ends, as shells tell it."""

RICH = "█░…→"
"""What a terminal's encoding must know, or plain signs stand in."""

PLAIN = str.maketrans({"█": "#", "░": "-", "…": "...", "→": "->"})


class PipeClosed(Exception):
    """Whoever read our output has enough of it."""


class Tone(Enum):
    """What a piece of text means; the values are ANSI colours."""

    NONE = ""
    GOOD = "32"
    WARN = "33"
    BAD = "31"
    FAINT = "2"
    HEAD = "1"


class Printer:
    """Writes to the two streams, and knows what they can show."""

    def __init__(self, out: TextIO, err: TextIO, environ: Mapping[str, str]) -> None:
        self._out = out
        self._err = err
        self._environ = environ
        self._lost = False

    @property
    def terminal(self) -> bool:
        """Whether people see the result on a terminal."""
        return _is_terminal(self._out)

    @property
    def talks_to_terminal(self) -> bool:
        """Whether people see the talk on a terminal."""
        return _is_terminal(self._err)

    @property
    def movable(self) -> bool:
        """Whether the terminal of the result understands ANSI sequences."""
        return self.terminal and self._knows_ansi()

    @property
    def colourful(self) -> bool:
        """Whether the result may have colour."""
        return self.movable and not self._environ.get("NO_COLOR")

    @property
    def size(self) -> tuple[int, int]:
        """The terminal's columns and lines."""
        import shutil

        columns, lines = shutil.get_terminal_size((80, 24))
        return columns, lines

    def paint(self, text: str, tone: Tone) -> str:
        """Give a text in its colour, where there is any."""
        if not text or tone is Tone.NONE or not self.colourful:
            return text
        return f"\x1b[{tone.value}m{text}\x1b[0m"

    def result(self, text: str) -> None:
        """Print (a line of) the result."""
        self._write(self._out, f"{text}\n")

    def say(self, text: str) -> None:
        """Print a line of talk."""
        self._write(self._err, f"{text}\n")

    def ask(self, text: str) -> None:
        """Print a question; the answer comes on the same line."""
        self._write(self._err, text)

    def progress(self, text: str) -> None:
        """Show how far it is in one line of a terminal, in place of the one before."""
        if self.talks_to_terminal and self._knows_ansi():
            room = max(self.size[0] - 1, 1)
            self._write(self._err, f"\r\x1b[K{text[:room]}")

    def error(self, error: TrayError) -> None:
        """Say what happened and what to do, in one line."""
        self.say(f"sso-tray: {' '.join(str(error).split())}")

    def begin_screen(self) -> None:
        """Turn to a screen of our own, which `redraw` fills."""
        self._write(self._out, "\x1b[?1049h\x1b[?25l")

    def redraw(self, lines: Sequence[str]) -> None:
        """Show these lines in place of those before."""
        _, height = self.size
        room = max(height - 1, 1)
        if len(lines) > room:
            more = wording.more_lines(len(lines) - room + 1)
            lines = [*lines[: room - 1], more]
        body = "".join(f"{line}\x1b[K\n" for line in lines)
        self._write(self._out, f"\x1b[H{body}\x1b[J")

    def end_screen(self) -> None:
        """Turn back to what stood on the terminal before."""
        self._write(self._out, "\x1b[?25h\x1b[?1049l")

    def finish(self) -> None:
        """Get out what others have written to stdout, such as the help."""
        if self._lost:
            self.hush()
        else:
            self._write(self._out, "")

    def hush(self) -> None:
        """Let nothing more be written where nobody reads."""
        for stream in (self._out, self._err):
            with suppress(OSError, ValueError):
                stream.flush()
                continue
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

    def _knows_ansi(self) -> bool:
        names = ("WT_SESSION", "TERM") if sys.platform == "win32" else ("TERM",)
        kinds = {self._environ.get(name, "") for name in names}
        return bool(kinds - {"", "dumb"})

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="replace")
            stream.write(text if _is_rich(stream) else text.translate(PLAIN))
            stream.flush()
        except BrokenPipeError:
            raise PipeClosed from None
        except OSError as error:
            if sys.platform == "win32" and error.errno == 22:  # noqa: PLR2004 - EINVAL
                raise PipeClosed from None
            self._lost = True
            reason = error.strerror or type(error).__name__
            raise TrayError(*wording.unprintable(reason)) from None
        except ValueError:  # somebody has closed the stream
            raise PipeClosed from None


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        return False


def _is_rich(stream: TextIO) -> bool:
    try:
        RICH.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
