"""Edge: the operating system."""

from __future__ import annotations
