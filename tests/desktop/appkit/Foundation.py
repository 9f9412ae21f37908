"""So much of Foundation as pystray asks for."""

from __future__ import annotations

from typing import Self


class NSObject:
    """The base of all."""

    @classmethod
    def alloc(cls) -> Self:
        """Give a new one."""
        return cls()

    def init(self) -> Self:
        """Give itself."""
        return self


def NSData(data: bytes) -> bytes:  # noqa: N802 - Apple's name
    """Give the same bytes."""
    return data
