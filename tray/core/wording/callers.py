"""What we call a program that we can't name."""

from __future__ import annotations

UNKNOWN = "a program"
