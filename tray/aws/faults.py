"""What botocore raises, as our own errors: one table, by error name and HTTP status.

The service's own texts are never passed on, since they may repeat what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from urllib.parse import urlsplit

from tray.core.errors import (
    AuthorizationPending,
    CannotTell,
    CodeExpired,
    ConfigError,
    Refused,
    RegistrationOver,
    SessionOver,
    SlowDown,
    TrayError,
)
from tray.core.model import SsoSession
from tray.core.wording import service as wording
from tray.core.wording import signin


class Doing(Enum):
    """What a call is for; one name means different things in different places."""

    LOGIN = auto()
    RENEWAL = auto()
    PORTAL = auto()


TOO_MANY = 429
SERVER_FAULTS = 500
UNAUTHORIZED = 401
REFUSALS = 400
PASSING = frozenset({407, 408, 425, TOO_MANY})
"""Statuses below 500 that say nothing about the request itself."""

THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException"})
"""The names of too many requests, whatever the status."""

_CODE = re.compile(r"[A-Z][A-Za-z]{2,60}")
_REASON = re.compile(r"[A-Z]{2,10}_[A-Za-z]{3,60}")
"""Such as `KMS_AccessDeniedException`, the service model's own words."""


@contextmanager
def told_as_ours(session: SsoSession, doing: Doing) -> Iterator[None]:
    """Turn every fault of a botocore call inside the block into a `TrayError`."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except ClientError as error:
        raise _service_fault(error.response, session, doing) from None
    except BotoCoreError as error:
        raise _library_fault(error, session) from None
    except (AttributeError, RecursionError, TypeError, ValueError, ResponseParserError):
        # botocore's parsers on what is no JSON object, no UTF-8, or has no end
        raise not_aws(session) from None


def not_aws(session: SsoSession) -> CannotTell:
    """Give the error for an answer that lacks what the service always sends."""
    return CannotTell(*wording.not_aws(_host(session)))


_Maker = Callable[[SsoSession], TrayError]


def _service_fault(  # noqa: PLR0911 - a table of cases, one line each
    response: Mapping[str, object], session: SsoSession, doing: Doing
) -> TrayError:
    error = _mapping(response.get("Error"))
    metadata = _mapping(response.get("ResponseMetadata"))
    status = metadata.get("HTTPStatusCode")
    status = status if isinstance(status, int) else 0
    code = str(error.get("Code") or "")
    named = _BY_PURPOSE[doing].get(code) or _BY_NAME.get(code)
    if code == "AccessDeniedException" and not status >= SERVER_FAULTS:
        return Refused(*wording.access_denied(session, _reason(response)))
    if named is not None and status < SERVER_FAULTS:
        return named(session)
    if status == TOO_MANY:
        return CannotTell(*wording.throttled(session))
    if status >= SERVER_FAULTS:
        return CannotTell(*wording.server_fault(session, status))
    if status in PASSING or status < REFUSALS or is_page(metadata):
        return not_aws(session)
    if status == UNAUTHORIZED and doing is Doing.PORTAL:
        return SessionOver(*signin.session_over(session))
    known = code if _CODE.fullmatch(code) else f"HTTP {status}"
    return Refused(*wording.request_refused(session, known))


def is_throttled(response: Mapping[str, object]) -> bool:
    """Tell whether the service had too many requests, and nothing else was wrong."""
    error = _mapping(response.get("Error"))
    metadata = _mapping(response.get("ResponseMetadata"))
    return metadata.get("HTTPStatusCode") == TOO_MANY or error.get("Code") in THROTTLED


def is_page(metadata: Mapping[str, object]) -> bool:
    """Tell whether a web page came, as from a network that wants a sign-in first."""
    headers = _mapping(metadata.get("HTTPHeaders"))
    return "html" in str(headers.get("content-type", ""))


def _reason(response: Mapping[str, object]) -> str:
    reason = str(response.get("reason") or "")
    return reason if _REASON.fullmatch(reason) else ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


_BY_NAME: dict[str, _Maker] = {
    "AuthorizationPendingException": lambda s: AuthorizationPending(
        *wording.authorization_pending(s)
    ),
    "SlowDownException": lambda s: SlowDown(*wording.slow_down(s)),
    "ExpiredTokenException": lambda s: CodeExpired(*wording.code_expired(s)),
    "InvalidGrantException": lambda s: Refused(*wording.login_grant_refused(s)),
    "InvalidClientException": lambda s: RegistrationOver(*wording.registration_over(s)),
    "UnauthorizedClientException": lambda s: RegistrationOver(
        *wording.registration_over(s)
    ),
    "InvalidScopeException": lambda s: ConfigError(*wording.scope_refused(s)),
    "InvalidRequestRegionException": lambda s: ConfigError(*wording.wrong_region(s)),
    "InternalServerException": lambda s: CannotTell(*wording.server_fault(s, 500)),
    "TooManyRequestsException": lambda s: CannotTell(*wording.throttled(s)),
    "ThrottlingException": lambda s: CannotTell(*wording.throttled(s)),
}

_BY_PURPOSE: dict[Doing, dict[str, _Maker]] = {
    Doing.LOGIN: {},
    Doing.RENEWAL: {
        "InvalidGrantException": lambda s: SessionOver(*signin.session_over(s)),
        "ExpiredTokenException": lambda s: SessionOver(*signin.session_over(s)),
    },
    Doing.PORTAL: {
        "UnauthorizedException": lambda s: SessionOver(*signin.session_over(s)),
        "ForbiddenException": lambda s: Refused(*wording.forbidden(s)),
        "ResourceNotFoundException": lambda s: Refused(*wording.not_found(s)),
    },
}


def _library_fault(error: Exception, session: SsoSession) -> TrayError:
    from botocore import exceptions as foreign

    host = _host(session, error)
    table: tuple[tuple[tuple[type[Exception], ...], _Maker], ...] = (
        (
            (foreign.ConnectTimeoutError, foreign.ReadTimeoutError),
            lambda _: CannotTell(*wording.timed_out(host)),
        ),
        (
            (foreign.ProxyConnectionError, foreign.InvalidProxiesConfigError),
            lambda _: CannotTell(*wording.proxy_fault(host)),
        ),
        ((foreign.SSLError,), lambda _: CannotTell(*wording.tls_fault(host))),
        (
            (foreign.HTTPClientError, foreign.ConnectionError),
            lambda _: CannotTell(*wording.offline(host)),
        ),
        (
            (foreign.IncompleteReadError, foreign.ResponseStreamingError),
            lambda _: CannotTell(*wording.not_aws(host)),
        ),
        ((foreign.NoRegionError,), lambda s: ConfigError(*wording.no_region(s))),
        ((foreign.InvalidRegionError,), lambda s: ConfigError(*wording.bad_region(s))),
        (
            _config_faults(),
            lambda s: ConfigError(*wording.bad_setting(s, type(error).__name__)),
        ),
    )
    for kinds, make in table:
        if isinstance(error, kinds):
            return make(session)
    return CannotTell(*wording.unknown_fault(session, type(error).__name__))


def _config_faults() -> tuple[type[Exception], ...]:
    from botocore import exceptions as foreign

    return (
        foreign.ParamValidationError,
        foreign.ValidationError,
        foreign.ConfigParseError,
        foreign.EndpointProviderError,
        foreign.UnknownEndpointError,
        foreign.EndpointVariantError,
        foreign.InvalidConfigError,
        foreign.ProfileNotFound,
        foreign.PartialCredentialsError,
    )


def _host(session: SsoSession, error: Exception | None = None) -> str:
    """Name the host that was asked; the address comes from botocore's own fields."""
    details = getattr(error, "kwargs", {})
    url = details.get("endpoint_url") if isinstance(details, dict) else None
    host = urlsplit(url).hostname if isinstance(url, str) else None
    return host or f"Identity Center in {session.region or 'AWS'}"
