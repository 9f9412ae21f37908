"""The limit of the portal: a bucket of tokens, as AWS's services have one."""

from __future__ import annotations

import threading
from datetime import datetime

from tray.demo.center.messages import Answer, portal_refusal
from tray.demo.center.operations import Operation
from tray.demo.center.settings import Limit

LIMITED = frozenset(
    {
        Operation.LIST_ACCOUNTS,
        Operation.LIST_ACCOUNT_ROLES,
        Operation.GET_ROLE_CREDENTIALS,
    }
)
"""What counts against the limit."""


class Limiter:
    """Counts requests of all clients together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: float | None = None
        self._at: datetime | None = None

    def refusal(
        self, operation: Operation, limit: Limit | None, now: datetime
    ) -> Answer | None:
        """Give what a request too many gets; None: there is room for it."""
        if limit is None or operation not in LIMITED:
            return None
        with self._lock:
            tokens = limit.burst if self._tokens is None else self._tokens
            if self._at is not None:
                seconds = max(0.0, (now - self._at).total_seconds())
                tokens = min(limit.burst, tokens + seconds * limit.rate)
            self._at = now
            self._tokens = tokens - 1 if tokens >= 1 else tokens
        return None if tokens >= 1 else _too_many(limit)


def _too_many(limit: Limit) -> Answer:
    answer = portal_refusal("TooManyRequestsException").answer
    if limit.retry_after is None:
        return answer
    headers = {**answer.headers, "Retry-After": str(limit.retry_after)}
    return Answer(answer.status, answer.body, headers, answer.outcome)
