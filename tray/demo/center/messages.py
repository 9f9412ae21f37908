"""Requests and answers as values, and the shapes of AWS's refusals.

The shapes are those of the wire: the OIDC service names an error in a header and
describes it in OAuth's words; the portal names it in the body, and its 403 stands in no
service model (aws/aws-cli#8561, #6552; synfinatic/aws-sso-cli#279).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import parse_qs

OK = "ok"
ERROR_TYPE = "x-amzn-ErrorType"
_OIDC_SPACE = "http://internal.amazon.com/coral/com.amazonaws.sso.oidc/"
_PORTAL_SPACE = "com.amazonaws.switchboard.portal"
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "frame-ancestors 'none'"
)

OIDC_ERRORS: Mapping[str, tuple[int, str, str]] = {
    "AccessDeniedException": (400, "access_denied", "Access denied"),
    "AuthorizationPendingException": (400, "authorization_pending", ""),
    "ExpiredTokenException": (400, "expired_token", "Code expired"),
    "InternalServerException": (500, "server_error", "Internal failure"),
    "InvalidClientException": (401, "invalid_client", "Invalid client"),
    "InvalidClientMetadataException": (400, "invalid_client_metadata", "Bad metadata"),
    "InvalidGrantException": (400, "invalid_grant", "Invalid grant provided"),
    "InvalidRedirectUriException": (400, "invalid_redirect_uri", "Bad redirect URI"),
    "InvalidRequestException": (400, "invalid_request", "Invalid request"),
    "InvalidRequestRegionException": (400, "invalid_request", "Wrong Region"),
    "InvalidScopeException": (400, "invalid_scope", "Invalid scope provided"),
    "SlowDownException": (400, "slow_down", "Too many polls"),
    "UnauthorizedClientException": (400, "unauthorized_client", "Not registered so"),
    "UnsupportedGrantTypeException": (400, "unsupported_grant_type", "Unknown grant"),
}
"""HTTP status, OAuth's error word and a description, by the error's name."""

PORTAL_ERRORS: Mapping[str, tuple[int, str]] = {
    "ForbiddenException": (403, "No access"),
    "InvalidRequestException": (400, "Invalid request"),
    "ResourceNotFoundException": (404, "Resource not found"),
    "TooManyRequestsException": (429, "HTTP 429 Unknown Code"),
    "UnauthorizedException": (401, "Session token not found or invalid"),
}
"""HTTP status and message, by the error's name."""


class Transport(Enum):
    """How an answer travels."""

    WHOLE = auto()
    HALF = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request that has been read whole."""

    method: str
    """GET, POST or HEAD."""

    path: str
    """Without the query."""

    query_text: str = field(repr=False)
    """The query as it came."""

    headers: Mapping[str, str] = field(repr=False)
    """By lower-case names."""

    body: bytes = field(default=b"", repr=False)
    """What was sent."""

    @property
    def query(self) -> Mapping[str, str]:
        """The members of the query; the first of each name."""
        return _members(self.query_text)

    @property
    def form(self) -> Mapping[str, str]:
        """The fields of a form that was sent."""
        return _members(self.body.decode("utf-8", "replace"))

    @property
    def document(self) -> Mapping[str, object]:
        """The JSON object that was sent; empty when it was none."""
        try:
            sent = json.loads(self.body)
        except ValueError:
            return {}
        return sent if isinstance(sent, dict) else {}

    def cookie(self, name: str) -> str:
        """Give a cookie by name; empty without one."""
        for pair in self.headers.get("cookie", "").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return ""


def _members(text: str) -> Mapping[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    """The HTTP status."""

    body: bytes = field(default=b"", repr=False)
    """The body, whole."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Besides length and connection."""

    outcome: str = OK
    """What the journal calls it."""

    transport: Transport = Transport.WHOLE
    """How it travels."""


class Refusal(Exception):
    """The service says no."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.outcome)
        self.answer = answer


def json_answer(
    document: object, status: int = 200, outcome: str = OK, error_type: str = ""
) -> Answer:
    """Give an answer in JSON."""
    headers = {"Content-Type": "application/json"}
    if error_type:
        headers[ERROR_TYPE] = error_type
    return Answer(status, json.dumps(document).encode(), headers, outcome)


def page_answer(body: bytes, status: int = 200, outcome: str = OK) -> Answer:
    """Give a page that nobody keeps or frames."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": PAGE_POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return Answer(status, body, headers, outcome)


def redirect(location: str, cookie: str = "", outcome: str = OK) -> Answer:
    """Give an answer that sends the browser elsewhere, with GET."""
    headers = {"Location": location, "Cache-Control": "no-store"}
    if cookie:
        headers["Set-Cookie"] = cookie
    return Answer(303, b"", headers, outcome)


def oidc_refusal(code: str, description: str = "", reason: str = "") -> Refusal:
    """Give a refusal of the OIDC service by its name."""
    status, error, usual = OIDC_ERRORS[code]
    document = {"error": error, "error_description": description or usual}
    if reason:
        document["reason"] = reason
    return Refusal(json_answer(document, status, code, f"{code}:{_OIDC_SPACE}"))


def portal_refusal(code: str) -> Refusal:
    """Give a refusal of the portal by its name."""
    status, message = PORTAL_ERRORS[code]
    document = {"message": message, "__type": f"{_PORTAL_SPACE}#{code}"}
    return Refusal(json_answer(document, status, code))
