"""What botocore raises, by error name, HTTP status and kind: the causes of refusals.

What each cause means to people and to us is `core/refusals`.

The service's own texts are never passed on, since they may repeat what was sent.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from urllib.parse import urlsplit

from tray.core.errors import TrayError
from tray.core.model import SsoSession
from tray.core.refusals import Cause, Told, refusal


class Doing(Enum):
    """What a call is for; one name means different things in different places."""

    LOGIN = auto()
    RENEWAL = auto()
    PORTAL = auto()
    STS = auto()


TOO_MANY = 429
SERVER_FAULTS = 500
UNAUTHORIZED = 401
REFUSALS = 400
PROXY_SIGN_IN = 407
THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})
"""The names of too many requests, whatever the status."""

MOST_CAUSES = 20
"""How many errors behind an error are looked at."""

_DATES = frozenset({9, 10})
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""

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


def not_aws(session: SsoSession) -> TrayError:
    """Give the error for an answer that lacks what the service always sends."""
    return refusal(Cause.NOT_AWS, Told(session, _host(session)))


def _service_fault(
    response: Mapping[str, object], session: SsoSession, doing: Doing
) -> TrayError:
    error = _mapping(response.get("Error"))
    metadata = _mapping(response.get("ResponseMetadata"))
    status = metadata.get("HTTPStatusCode")
    status = status if isinstance(status, int) else 0
    code = str(error.get("Code") or "")
    cause = _cause(code, status, doing, page=is_page(metadata))
    word = code if _CODE.fullmatch(code) else f"HTTP {status}"
    if cause is Cause.DENIED:
        word = _reason(response)
    elif cause is Cause.SERVER:
        word = f"HTTP {max(status, SERVER_FAULTS)}"
    return refusal(cause, Told(session, _host(session), word, _after(metadata)))


def _after(metadata: Mapping[str, object]) -> float:
    """Give the seconds of `Retry-After`; a date instead counts as none."""
    text = str(_mapping(metadata.get("HTTPHeaders")).get("retry-after", ""))
    return float(text) if text.isascii() and text.isdecimal() else 0.0


def _cause(code: str, status: int, doing: Doing, *, page: bool) -> Cause:
    """Find the cause of an answer by its error name, its status and what it is."""
    named = _BY_PURPOSE[doing].get(code) or _BY_NAME.get(code)
    if named is not None and status < SERVER_FAULTS:
        return named
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= SERVER_FAULTS:
        return Cause.SERVER
    if status < REFUSALS or page:
        return Cause.NOT_AWS
    if status == UNAUTHORIZED and doing is Doing.PORTAL:
        return Cause.SESSION_OVER
    return Cause.REQUEST


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


_BY_NAME: Mapping[str, Cause] = {
    "AuthorizationPendingException": Cause.PENDING,
    "SlowDownException": Cause.SLOW_DOWN,
    "ExpiredTokenException": Cause.CODE_EXPIRED,
    "InvalidGrantException": Cause.CODE_REFUSED,
    "InvalidClientException": Cause.REGISTRATION_OVER,
    "UnauthorizedClientException": Cause.REGISTRATION_OVER,
    "AccessDeniedException": Cause.DENIED,
    "InvalidScopeException": Cause.SCOPES,
    "InvalidRequestRegionException": Cause.WRONG_REGION,
    "InternalServerException": Cause.SERVER,
    "TooManyRequestsException": Cause.THROTTLED,
    "ThrottlingException": Cause.THROTTLED,
    "Throttling": Cause.THROTTLED,
}
"""What the services' error names mean (botocore's models `sso` and `sso-oidc`)."""

_BY_STATUS: Mapping[int, Cause] = {
    PROXY_SIGN_IN: Cause.PROXY_PASSWORD,
    408: Cause.TIMED_OUT,
    425: Cause.NOT_AWS,
    TOO_MANY: Cause.THROTTLED,
    511: Cause.NOT_AWS,  # a network that wants a sign-in first (RFC 6585, section 6)
}
"""Statuses that say nothing about the request itself."""

_BY_PURPOSE: Mapping[Doing, Mapping[str, Cause]] = {
    Doing.LOGIN: {},
    Doing.STS: {},
    Doing.RENEWAL: {
        "InvalidGrantException": Cause.SESSION_OVER,
        "ExpiredTokenException": Cause.SESSION_OVER,
    },
    Doing.PORTAL: {
        "UnauthorizedException": Cause.SESSION_OVER,
        "ForbiddenException": Cause.FORBIDDEN,
        "ResourceNotFoundException": Cause.NOT_FOUND,
    },
}
"""Where a name means something else than elsewhere."""


def _library_fault(error: Exception, session: SsoSession) -> TrayError:
    from botocore import exceptions as foreign

    table: tuple[tuple[tuple[type[Exception], ...], Cause], ...] = (
        ((foreign.ConnectTimeoutError, foreign.ReadTimeoutError), Cause.TIMED_OUT),
        (
            (foreign.ProxyConnectionError, foreign.InvalidProxiesConfigError),
            _proxy_cause(error),
        ),
        ((foreign.SSLError,), _certificate_cause(error)),
        ((foreign.HTTPClientError, foreign.ConnectionError), _offline_cause(error)),
        ((foreign.IncompleteReadError,), Cause.NOT_AWS),
        ((foreign.ResponseStreamingError,), Cause.NOT_AWS),
        ((foreign.NoRegionError,), Cause.NO_REGION),
        ((foreign.InvalidRegionError,), Cause.BAD_REGION),
        (_config_faults(), Cause.SETTING),
    )
    told = Told(session, _host(session, error), type(error).__name__)
    for kinds, cause in table:
        if isinstance(error, kinds):
            return refusal(cause, told)
    return refusal(Cause.UNKNOWN, told)


def _proxy_cause(error: Exception) -> Cause:
    """Tell a proxy that wants a password from one that is not there."""
    wants = any(str(PROXY_SIGN_IN) in str(one) for one in _behind(error))
    return Cause.PROXY_PASSWORD if wants else Cause.PROXY


def _certificate_cause(error: Exception) -> Cause:
    """Tell a certificate whose time is not now from one that nobody vouches for."""
    codes = {getattr(one, "verify_code", None) for one in _behind(error)}
    return Cause.CERTIFICATE_DATE if codes & _DATES else Cause.CERTIFICATE


def _offline_cause(error: Exception) -> Cause:
    """Tell a name without an address from a host that does not answer."""
    nameless = any(isinstance(one, socket.gaierror) for one in _behind(error))
    return Cause.NO_SUCH_HOST if nameless else Cause.OFFLINE


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all that it was made from, as far as that was kept."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(seen) < MOST_CAUSES:
        one = waiting.pop()
        if not isinstance(one, BaseException) or one in seen:
            continue
        seen.append(one)
        details = getattr(one, "kwargs", None)
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None)]
        waiting += [*one.args, *_mapping(details).values()]
    yield from seen


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
    details = _mapping(getattr(error, "kwargs", {}))
    url = details.get("endpoint_url")
    host = urlsplit(url).hostname if isinstance(url, str) else None
    return host or f"Identity Center in {session.region or 'AWS'}"
