"""The texts in AWS's cache files: what can't be sent anywhere is none."""

from __future__ import annotations


def usable_text(value: object) -> str | None:
    r"""Give a JSON value that is a text and can be sent; None for anything else.

    JSON can hold half a character (`"\ud800"`), which no header or address takes.
    """
    if not isinstance(value, str) or not value:
        return None
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return None
    return value
