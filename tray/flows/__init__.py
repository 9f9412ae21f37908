"""What happens, told through ports only."""

from __future__ import annotations
