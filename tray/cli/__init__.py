"""The command line: one module per theme, one printer."""

from __future__ import annotations
