"""AWS accounts as the access portal lists them.

Names are other people's texts: they are kept raw here, and `wording.labels.label` makes
them fit for a menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_TEXT = 64
"""Characters of a name or address; AWS allows names of 50 and addresses of 64."""

MOST_ACCOUNTS = 10_000
"""More accounts than one person can reach; a longer list is not taken."""

_DIGITS = 12
_ROLE = re.compile(r"[A-Za-z0-9_+=,.@-]{1,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account that a person can reach."""

    account_id: str
    """Twelve digits."""

    name: str = ""
    """What people call it, as the portal sends it; empty when it sends none."""

    email: str = ""
    """The address of its owner; empty when the portal sends none."""


def is_account_id(text: str) -> bool:
    """Tell whether a text is the number of an account."""
    return len(text) == _DIGITS and text.isascii() and text.isdecimal()


def is_role(text: str) -> bool:
    """Tell whether a text can be the name of a role.

    The signs are IAM's own for names of roles, which have at most 64 of them.
    """
    return _ROLE.fullmatch(text) is not None
