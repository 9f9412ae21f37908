"""Opening addresses in the person's browser, without ever waiting for it."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from tray.core.errors import TrayError
from tray.core.wording import menu as wording

Spawn = Callable[[Sequence[str]], object]
"""Starts a program that lives on without us; raises `TrayError` where it can't."""

OPENERS = ("xdg-open", "wslview", "x-www-browser", "firefox", "chromium")
"""Programs that open an address on Linux, best first."""


class DesktopBrowser:
    """`Browser`: BROWSER where it is set, else what the system opens addresses with."""

    def __init__(self, environ: Mapping[str, str], spawn: Spawn) -> None:
        self._environ = environ
        self._spawn = spawn

    def open(self, url: str) -> None:
        """Open a web address; returns at once. Raises `TrayError` without a browser."""
        if not _is_web_address(url):
            raise TrayError(*wording.not_a_web_address())
        for command in self._commands(url):
            try:
                self._spawn(command)
            except TrayError:
                continue
            return
        raise TrayError(*wording.no_browser())

    def _commands(self, url: str) -> Iterator[Sequence[str]]:
        for named in self._environ.get("BROWSER", "").split(":"):
            if named.strip():
                yield _filled(named, url)
        if sys.platform == "win32":
            yield ("rundll32", "url.dll,FileProtocolHandler", url)
        elif sys.platform == "darwin":
            yield ("open", url)
        elif has_screen(self._environ):
            path = self._environ.get("PATH")
            for opener in OPENERS:
                if shutil.which(opener, path=path):
                    yield (opener, url)


def _is_web_address(url: str) -> bool:
    if not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _filled(named: str, url: str) -> Sequence[str]:
    """Give the command that BROWSER names; `%s` stands for the address."""
    try:
        words = shlex.split(named, posix=sys.platform != "win32")
    except ValueError:
        words = [named]
    if any("%s" in word for word in words):
        return [word.replace("%s", url) for word in words]
    return [*words, url]


def has_screen(environ: Mapping[str, str]) -> bool:
    """Tell whether these variables name a screen (Linux); others always have one."""
    named = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return bool(named) or sys.platform in {"win32", "darwin"}


def can_reach_us(environ: Mapping[str, str]) -> bool:
    """Tell whether the person's browser can come back to a listener of ours.

    Over SSH, in WSL, in a container of an editor and where there is no screen, the
    browser is on another machine; there the device code is the way to log in.
    """
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if environ.get("BROWSER"):
        return True
    if environ.get("WSL_DISTRO_NAME") or environ.get("REMOTE_CONTAINERS"):
        return False
    return has_screen(environ)
