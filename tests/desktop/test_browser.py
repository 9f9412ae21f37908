"""Opening addresses: whose browser, and when none can reach us."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tray.core.errors import TrayError
from tray.desktop.browser import DesktopBrowser, can_reach_us

URL = "https://oidc.example/authorize?a=1&b=2"


class Programs:
    """Programs that can be started, or not."""

    def __init__(self, *missing: str) -> None:
        self.missing = missing
        self.started: list[list[str]] = []

    def spawn(self, argv: Sequence[str]) -> None:
        """Note it; a missing one is an error."""
        if argv[0] in self.missing:
            raise TrayError("There is no such program.", "")
        self.started.append(list(argv))


@pytest.mark.parametrize(
    ("named", "started"),
    [
        ("mybrowser", ["mybrowser", URL]),
        ("mybrowser --profile work", ["mybrowser", "--profile", "work", URL]),
        ("open-in '%s' --tab", ["open-in", URL, "--tab"]),
        ("gone:mybrowser", ["mybrowser", URL]),
        ("broken 'quote", ["broken 'quote", URL]),
    ],
)
def test_browser_is_honoured(named: str, started: list[str]) -> None:
    """BROWSER names one or several, with words and a place for the address."""
    programs = Programs("gone")
    DesktopBrowser({"BROWSER": named}, programs.spawn).open(URL)

    assert programs.started == [started]


def test_without_browser_the_system_opens_it(tmp_path: Path) -> None:
    """On a screen, the system's own opener is found on the path."""
    opener = tmp_path / "xdg-open"
    opener.write_text("#!/bin/sh\n")
    opener.chmod(0o755)
    programs = Programs()
    DesktopBrowser({"DISPLAY": ":9", "PATH": str(tmp_path)}, programs.spawn).open(URL)

    assert programs.started == [["xdg-open", URL]]


@pytest.mark.parametrize("environ", [{}, {"BROWSER": "gone"}, {"DISPLAY": ":9"}])
def test_no_browser_is_said_with_the_remedy(environ: dict[str, str]) -> None:
    """Where none can be started, the remedy names the way without."""
    browser = DesktopBrowser(
        {**environ, "PATH": "/nonexistent"}, Programs("gone").spawn
    )

    with pytest.raises(TrayError, match="--no-browser"):
        browser.open(URL)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:1",
        "https://",
        "https://[bad",
        "https://a\nb",
        " https://a.example/",
    ],
)
def test_only_web_addresses_are_opened(url: str) -> None:
    """Nothing but http and https reaches a browser."""
    programs = Programs()
    with pytest.raises(TrayError, match="no web address"):
        DesktopBrowser({"BROWSER": "b"}, programs.spawn).open(url)

    assert programs.started == []


@pytest.mark.parametrize(
    ("environ", "reaches"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"BROWSER": "b"}, True),
        ({}, False),
        ({"DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"}, False),
        ({"BROWSER": "b", "SSH_TTY": "/dev/pts/1"}, False),
        ({"DISPLAY": ":0", "WSL_DISTRO_NAME": "Debian"}, False),
        ({"DISPLAY": ":0", "REMOTE_CONTAINERS": "true"}, False),
    ],
)
def test_who_can_reach_us(environ: dict[str, str], *, reaches: bool) -> None:
    """Over SSH, in WSL and in containers the browser can't come back to us."""
    assert can_reach_us(environ) is reaches
