"""Typed fakes, one module per room: one for each port."""

from __future__ import annotations
