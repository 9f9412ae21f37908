"""The small IAM Identity Center of our own, and the demo built on it."""

from __future__ import annotations
