"""Roles that a profile assumes with the credentials of another one, through STS."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

MOST_ROLES = 8
"""Longer chains are followed in the config, and served by nobody."""

SHORTEST, LONGEST = 900, 3600
"""Seconds: what `AssumeRole` takes from credentials that came from a role themselves
(IAM user guide, "Role chaining")."""

SESSION_NAME = "sso-tray"
"""What stands in CloudTrail where the profile names no `role_session_name`."""

_ACCOUNT = 4
"""The part of an ARN with the account."""


@dataclass(frozen=True, slots=True)
class AssumedRole:
    """One role, as a profile asks for it."""

    role_arn: str
    """`role_arn`."""

    external_id: str = ""
    """`external_id`; empty without one."""

    session_name: str = ""
    """`role_session_name`; empty when the profile names none."""

    duration: int = 0
    """`duration_seconds`; 0 when the profile names none, or no number."""

    mfa_serial: str = ""
    """`mfa_serial`; who has one must be asked for a code, and is not served."""

    @property
    def account_id(self) -> str:
        """The account of the role, by its ARN; empty when that is none."""
        parts = self.role_arn.split(":")
        return parts[_ACCOUNT] if len(parts) > _ACCOUNT else ""


def served(roles: tuple[AssumedRole, ...]) -> bool:
    """Tell whether these roles can be given without anybody being asked."""
    return len(roles) <= MOST_ROLES and not any(role.mfa_serial for role in roles)


def mark_of(roles: tuple[AssumedRole, ...]) -> str:
    """Give 16 hex digits that tell these roles, one upon the other, from others."""
    text = json.dumps([asdict(role) for role in roles], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
