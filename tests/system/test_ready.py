"""Telling the service manager: sd_notify(3) in a few lines."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path

import pytest

from tray.system.ready import ready, stopping

assert sys.platform != "win32"


@pytest.mark.parametrize("abstract", [False, True])
def test_a_manager_is_told(tmp_path: Path, *, abstract: bool) -> None:
    """Both kinds of socket hear when we are ready and when we end."""
    name = f"@sso-tray-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name.replace("@", "\0") if abstract else name)
        manager.settimeout(5)

        assert ready({"NOTIFY_SOCKET": name})
        assert manager.recv(100) == b"READY=1"
        assert stopping({"NOTIFY_SOCKET": name})
        assert manager.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize("name", [None, "", "vsock:2:1234", "relative"])
def test_without_a_manager_nothing_happens(name: str | None) -> None:
    """Started by hand, or by something that we do not know, nothing is sent."""
    environ = {} if name is None else {"NOTIFY_SOCKET": name}

    assert not ready(environ)
    assert not stopping(environ)


def test_a_manager_that_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A socket that nobody reads is a line in the log and no failure."""
    with caplog.at_level(logging.WARNING):
        assert not ready({"NOTIFY_SOCKET": str(tmp_path / "none")})
        assert not ready({"NOTIFY_SOCKET": "/" + "x" * 200})

    assert len(caplog.records) == 2
