"""Tells the service manager that we are ready, or about to end.

The protocol is sd_notify(3): one datagram to the socket that `$NOTIFY_SOCKET` names,
where a name that begins with `@` is an abstract one. Without that variable nobody
listens, and nothing is sent.
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Mapping

log = logging.getLogger(__name__)

VARIABLE = "NOTIFY_SOCKET"


def ready(environ: Mapping[str, str]) -> bool:
    """Say that the start is finished; tells whether somebody was told."""
    return _tell(environ, b"READY=1")


def stopping(environ: Mapping[str, str]) -> bool:
    """Say that the end has begun; tells whether somebody was told."""
    return _tell(environ, b"STOPPING=1")


def _tell(environ: Mapping[str, str], state: bytes) -> bool:
    name = environ.get(VARIABLE, "")
    if name[:1] not in {"/", "@"}:
        return False
    address = "\0" + name[1:] if name[0] == "@" else name
    try:
        _send(address, state)
    except OSError as error:
        log.warning("$NOTIFY_SOCKET: %s", error.strerror or type(error).__name__)
        return False
    return True


def _send(address: str, state: bytes) -> None:
    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.settimeout(1)
            end.connect(address)
            end.sendall(state)
