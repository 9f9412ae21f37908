"""Who is at the other end of a local socket, as the system tells it."""

from __future__ import annotations

import socket
import struct
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """The process at the other end."""

    uid: int
    """Its user."""

    pid: int | None
    """Its number; None where the system does not tell."""


if sys.platform == "linux":
    _UCRED = struct.Struct("3i")

    def peer_of(connection: socket.socket) -> Peer | None:
        """Give the peer: SO_PEERCRED, unix(7); None when the system does not tell."""
        try:
            raw = connection.getsockopt(
                socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size
            )
        except OSError:
            return None
        pid, uid, _ = _UCRED.unpack(raw)
        return Peer(uid, pid or None)

elif sys.platform == "darwin":
    _SOL_LOCAL, _LOCAL_PEERCRED, _LOCAL_PEERPID = 0, 1, 2
    """From macOS's sys/un.h."""

    _XUCRED = struct.Struct("IIh16I")
    """sys/ucred.h: version, user, number of groups, groups."""

    def peer_of(connection: socket.socket) -> Peer | None:
        """Give the peer: LOCAL_PEERCRED, unix(4); None when the system won't tell."""
        try:
            raw = connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED.size)
            pid = connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERPID)
        except OSError:
            return None
        version, uid = struct.unpack_from("II", raw)
        return None if version else Peer(uid, pid)

else:

    def peer_of(connection: socket.socket) -> Peer | None:
        """Give nothing: this system does not tell."""
        del connection
        return None
