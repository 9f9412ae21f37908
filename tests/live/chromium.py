"""Headless Chromium, driven over the WebDriver protocol with the standard library."""

from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.live import panels
from tests.live.screen import poll

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--window-size=900,620",
)
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name of an element's id on the wire (W3C WebDriver, section 11)."""


@dataclass
class Page:
    """A browser with one page."""

    session: str
    """The session's address."""

    def open(self, url: str) -> None:
        """Go to an address."""
        self._call("POST", "/url", {"url": url})

    def click(self, element: str) -> None:
        """Click the element with this id, once it is there."""
        poll(lambda: self._clicked(f"#{element}"), f"#{element}")

    def text(self) -> str:
        """Give what the page says; nothing while one page gives way to the next."""
        body = self._find("body")
        said = self._on_element("GET", f"{body}/text") if body else None
        return str(said[0]) if said else ""

    def picture(self, path: Path) -> None:
        """Save what the page looks like."""
        path.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))

    def _find(self, selector: str) -> str | None:
        wanted = {"using": "css selector", "value": selector}
        found = self._call("POST", "/elements", wanted)
        return str(found[0][ELEMENT]) if found else None

    def _clicked(self, selector: str) -> bool:
        found = self._find(selector)
        return found is not None and bool(
            self._on_element("POST", f"{found}/click", {})
        )

    def _on_element(
        self, method: str, path: str, body: object = None
    ) -> tuple[Any] | None:
        """Make a call about an element; none when its page went away meanwhile."""
        try:
            return (self._call(method, f"/element/{path}", body),)
        except urllib.error.HTTPError as error:
            with error:
                if error.code != HTTPStatus.NOT_FOUND:
                    raise
            return None

    def _call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        return call(method, self.session + path, body)


def call(method: str, url: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    """Make one WebDriver call; gives its value."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["value"]


@contextmanager
def chromium(home: Path) -> Iterator[Page]:
    """Give a fresh browser, ended with the block."""
    driver = panels.find("chromedriver")
    binary = panels.find("chromium")
    log = home / "chromedriver.log"
    process = subprocess.Popen(
        [driver, f"--port={free_port()}", f"--log-path={log}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"},
    )
    try:
        url = f"http://127.0.0.1:{_port(process)}"
        profile = f"--user-data-dir={home / 'chromium'}"
        options = {"binary": binary, "args": [*ARGUMENTS, profile]}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options}}
        begun = call("POST", f"{url}/session", {"capabilities": wanted})
        session = f"{url}/session/{begun['sessionId']}"
        try:
            yield Page(session)
        finally:
            call("DELETE", session)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def free_port() -> int:
    """Give a port that is free right now."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(rb"successfully on port (\d+)", line):
            return int(found[1])
    raise AssertionError(process.wait())
