"""PURE values and rules: no clock, file, thread, socket, environment or logging."""

from __future__ import annotations
