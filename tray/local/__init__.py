"""Edge: our own endpoint on this machine."""

from __future__ import annotations
