"""What is said while profiles are brought into step with what can be reached."""

from __future__ import annotations

Words = tuple[str, str]
"""What happened, and what to do."""


def listing_cancelled() -> Words:
    """Say that a listing was taken back."""
    return "The list of accounts was cancelled.", "Nothing was changed."
