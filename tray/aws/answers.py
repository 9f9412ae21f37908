"""The members of the services' answers; one that is missing is not AWS's answer.

Networks that want a sign-in first answer in AWS's place, with pages and status 200.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tray.aws.faults import not_aws
from tray.core.model import SsoSession


def text(answer: Mapping[str, object], name: str, session: SsoSession) -> str:
    """Give a text that the service always sends."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise not_aws(session)
    return value


def number(answer: Mapping[str, object], name: str) -> int | None:
    """Give a whole number, None where the answer has none."""
    value = answer.get(name)
    return value if isinstance(value, int) else None


def length(answer: Mapping[str, object], name: str, session: SsoSession) -> timedelta:
    """Give a length that is told in seconds."""
    seconds = number(answer, name)
    if seconds is None:
        raise not_aws(session)
    return timedelta(seconds=seconds)


def moment(answer: Mapping[str, object], name: str, session: SsoSession) -> datetime:
    """Give a moment that is told in seconds since 1970."""
    seconds = number(answer, name)
    try:
        return datetime.fromtimestamp(seconds, UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        raise not_aws(session) from None
