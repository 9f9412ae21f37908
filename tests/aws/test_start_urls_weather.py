"""Start URLs in bad weather: no TLS, no HTTP, no end, nobody there."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from tests.fakes.secure import Authority, Talk, saying, secure_server
from tray.aws import start_urls
from tray.aws.start_urls import resolve
from tray.core.errors import CannotTell, ConfigError, TrayError

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"
MOVED = saying("302 Found", f"Location: {PORTAL}/start/#/?tab=accounts")


def endless(connection: socket.socket, _line: str) -> None:
    """Send a page that has no end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b"x" * 65536)


def huge_header(connection: socket.socket, _: str) -> None:
    """Send a header that nobody can want."""
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + b"x" * 200_000)


def many_headers(connection: socket.socket, _: str) -> None:
    """Send more headers than anybody reads."""
    connection.sendall(b"HTTP/1.1 302 Found\r\n" + b"A: b\r\n" * 5000 + b"\r\n")


def nothing(connection: socket.socket, _: str) -> None:
    """Hang up."""
    connection.close()


def nonsense(connection: socket.socket, _: str) -> None:
    """Say what is not HTTP."""
    connection.sendall(b"220 mail.corp.example ESMTP\r\n")


@pytest.mark.parametrize("talk", [huge_header, many_headers, nothing, nonsense])
def test_no_http_is_told(authority: Authority, talk: Talk) -> None:
    """Whatever comes instead of an answer ends in a sentence for people."""
    with (
        secure_server(authority.context(), talk) as server,
        pytest.raises(TrayError) as caught,
    ):
        resolve(server.url(), "eu-west-1")
    assert caught.value.remedy


def test_a_page_is_never_read(authority: Authority) -> None:
    """A page without an end costs no more than its headers."""
    begun = time.monotonic()
    with (
        secure_server(authority.context(), endless) as server,
        pytest.raises(ConfigError, match="page of its own"),
    ):
        resolve(server.url(), "eu-west-1")
    assert time.monotonic() - begun < 10


def test_a_dripping_answer_is_not_waited_for(authority: Authority) -> None:
    """Bytes that come one by one do not keep a log-in for ever."""
    assert start_urls.LONGEST > start_urls.READ_TIMEOUT
    ended = threading.Event()

    def dripping(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nX: ")
        while not ended.wait(0.05):
            connection.sendall(b"x")

    with secure_server(authority.context(), dripping) as server:
        try:
            with pytest.raises(CannotTell, match="in time"):
                resolve(server.url(), "eu-west-1", longest=0.5)
        finally:
            ended.set()


def test_a_certificate_of_nobody_is_told(authority: Authority, tmp_path: Path) -> None:
    """Who can't show that he is the host gets no question."""
    assert authority.path.exists()
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    with (
        secure_server(other.context(), MOVED) as server,
        pytest.raises(CannotTell, match=r"(?i)certificate"),
    ):
        resolve(server.url(), "eu-west-1")
    assert server.asked == []


@pytest.mark.parametrize(("name", "days"), [("sso.corp.example", 1), ("localhost", -1)])
def test_another_names_certificate_is_told(
    authority: Authority, name: str, days: int
) -> None:
    """A certificate for another host, or one that has ended, is none."""
    with (
        secure_server(authority.context(name, days), MOVED) as server,
        pytest.raises(CannotTell, match=r"(?i)certificate"),
    ):
        resolve(server.url(), "eu-west-1")
    assert server.asked == []


def test_no_tls_is_told(authority: Authority) -> None:
    """A server that speaks plain HTTP on an https address is told."""
    assert authority.path.exists()
    with (
        secure_server(None, MOVED) as server,
        pytest.raises(CannotTell),
    ):
        resolve(server.url(), "eu-west-1")


def test_nobody_there_is_told(authority: Authority) -> None:
    """A host that does not answer is told as such."""
    with secure_server(authority.context(), MOVED) as server:
        url = server.url()
    with pytest.raises(CannotTell, match="can't be reached"):
        resolve(url, "eu-west-1")
