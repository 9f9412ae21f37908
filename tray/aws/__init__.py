"""Edge: the files and endpoints of AWS."""

from __future__ import annotations
