"""Failures on demand: everything that services, networks and middlemen do wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Self

from tray.demo.center.messages import (
    Answer,
    Transport,
    json_answer,
    oidc_refusal,
    page_answer,
    portal_refusal,
)
from tray.demo.center.operations import Operation
from tray.demo.center.sts import refused

HUGE = 32 * 1024 * 1024
"""Bytes of the huge answer, unless told otherwise."""

_WRONG_TYPES = {
    "accessToken": 7,
    "accountList": "none",
    "clientId": [],
    "clientSecret": {},
    "clientSecretExpiresAt": "later",
    "deviceCode": 7,
    "expiresIn": "soon",
    "refreshToken": ["x"],
    "roleCredentials": [],
    "roleList": 7,
    "userCode": {},
    "verificationUri": 7,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One way to fail; made by the methods below."""

    name: str
    """What the journal calls it: the error's name, or the fault's."""

    answer: Answer | None = field(default=None, repr=False)
    """What comes instead of the answer; None lets the true one come."""

    seconds: float = 0.0
    """How long nothing comes first."""

    after: bool = False
    """Whether the request takes effect all the same."""

    transport: Transport = Transport.WHOLE
    """How what comes travels."""

    @classmethod
    def refusal(cls, code: str, reason: str = "") -> Self:
        """Refuse as the OIDC service does, such as with `InvalidGrantException`."""
        return cls._of(oidc_refusal(code, reason=reason).answer)

    @classmethod
    def server_error(cls, status: int = 500) -> Self:
        """Fail as the service does (500), or as what stands before it (502, 503)."""
        if status == 500:  # noqa: PLR2004 - the one status that the service names
            return cls.refusal("InternalServerException")
        body = b"<html><body><h1>Service Unavailable</h1></body></html>"
        headers = {"Content-Type": "text/html"}
        return cls._of(Answer(status, body, headers, f"HTTP {status}"))

    @classmethod
    def throttled(cls) -> Self:
        """Say 429."""
        return cls._of(portal_refusal("TooManyRequestsException").answer)

    @classmethod
    def sts(cls, code: str, status: int = 403) -> Self:
        """Refuse as STS does, such as with `Throttling` and 400."""
        return cls._of(refused(status, code, "Refused as planned.").answer)

    @classmethod
    def unauthorized(cls) -> Self:
        """Say the portal's 401: the token is not known any more."""
        return cls._of(portal_refusal("UnauthorizedException").answer)

    @classmethod
    def forbidden(cls) -> Self:
        """Say the portal's 403: the role is not assigned."""
        return cls._of(portal_refusal("ForbiddenException").answer)

    @classmethod
    def not_found(cls) -> Self:
        """Say the portal's 404."""
        return cls._of(portal_refusal("ResourceNotFoundException").answer)

    @classmethod
    def hang(cls, seconds: float, *, after: bool = False) -> Self:
        """Answer truly, but only after some seconds, or when the center stops."""
        return cls("hang", seconds=seconds, after=after)

    @classmethod
    def close(cls, *, after: bool = False) -> Self:
        """End the connection without a byte."""
        return cls("close", Answer(0), after=after, transport=Transport.CLOSED)

    @classmethod
    def half(cls) -> Self:
        """Take effect, and end the connection in the middle of the true answer."""
        return cls("half", after=True, transport=Transport.HALF)

    @classmethod
    def wrong_json(cls) -> Self:
        """Answer 200 with something that only looks like JSON."""
        headers = {"Content-Type": "application/json"}
        return cls("wrong_json", Answer(200, b'{"accessToken": "abc', headers))

    @classmethod
    def wrong_types(cls) -> Self:
        """Answer 200 with JSON in which every member has a wrong type."""
        return cls("wrong_types", json_answer(_WRONG_TYPES))

    @classmethod
    def captive_redirect(cls, location: str = "/captive") -> Self:
        """Send elsewhere, as a network does that wants a sign-in first."""
        headers = {"Location": location, "Content-Type": "text/html"}
        return cls("captive_redirect", Answer(302, b"", headers))

    @classmethod
    def captive_page(cls) -> Self:
        """Answer 200 with a network's own page."""
        page = b"<!doctype html><title>Guest network</title><h1>Welcome</h1>"
        return cls("captive_page", page_answer(page))

    @classmethod
    def huge(cls, size: int = HUGE) -> Self:
        """Answer 200 with JSON that has an endless member."""
        start, end = b'{"message": "', b'"}'
        body = start + b" " * max(size - len(start) - len(end), 0) + end
        return cls("huge", Answer(200, body, {"Content-Type": "application/json"}))

    @classmethod
    def _of(cls, answer: Answer) -> Self:
        return cls(answer.outcome, answer)

    def spoil(self, answer: Answer) -> Answer:
        """Give what comes in place of the true answer."""
        given = answer if self.answer is None else self.answer
        return replace(given, outcome=self.name, transport=self.transport)


@dataclass(slots=True)
class _Planned:
    operation: Operation
    failure: Failure
    times: int | None


class Failures:
    """What is going to fail; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[_Planned] = []

    def plan(self, operation: Operation, failure: Failure, times: int | None) -> None:
        """Let an operation fail some times, or until `clear`; first planned, first."""
        with self._lock:
            self._planned.append(_Planned(operation, failure, times))

    def clear(self) -> None:
        """Let nothing fail any more."""
        with self._lock:
            self._planned.clear()

    def take(self, operation: Operation) -> Failure | None:
        """Give the failure that is due now, and count it."""
        with self._lock:
            due = next(
                (p for p in self._planned if p.operation.covers(operation)), None
            )
            if due is None:
                return None
            if due.times is not None:
                due.times -= 1
                if due.times <= 0:
                    self._planned.remove(due)
            return due.failure
