"""Edge: what people see."""

from __future__ import annotations
