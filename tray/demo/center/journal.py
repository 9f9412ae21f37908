"""What has been asked so far: times, operations and outcomes, and never a secret."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from tray.demo.center.operations import Operation


@dataclass(frozen=True, slots=True)
class Request:
    """One request and how it ended."""

    at: datetime
    """When it came."""

    operation: Operation
    """What was asked."""

    outcome: str
    """`ok`, the error's name, or the name of the fault that was planned."""


class Journal:
    """The requests in the order in which they were answered; safe for threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._requests: list[Request] = []

    def add(self, request: Request) -> None:
        """Note a request."""
        with self._changed:
            self._requests.append(request)
            self._changed.notify_all()

    def all(self) -> tuple[Request, ...]:
        """Give every request so far."""
        with self._changed:
            return tuple(self._requests)

    def count(self, operation: Operation) -> int:
        """Count the requests for one operation."""
        return sum(operation.covers(request.operation) for request in self.all())

    def wait_for(self, operation: Operation, count: int, seconds: float) -> bool:
        """Wait until an operation was asked that often; tell whether it was."""
        with self._changed:
            return self._changed.wait_for(
                lambda: (
                    sum(
                        operation.covers(request.operation)
                        for request in self._requests
                    )
                    >= count
                ),
                seconds,
            )
