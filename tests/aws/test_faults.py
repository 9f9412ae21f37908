"""What botocore raises, told as our own errors; nothing foreign gets through."""

from __future__ import annotations

import socket
import ssl

import pytest
from botocore import exceptions as foreign
from botocore.parsers import ResponseParserError

from tests.builders import a_session
from tests.fakes.aws import Canned, canned, canned_service, refusal
from tray.aws.clients import Clients
from tray.aws.faults import Doing, told_as_ours
from tray.core.errors import (
    AuthorizationPending,
    CannotTell,
    CodeExpired,
    ConfigError,
    Refused,
    RegistrationOver,
    SessionOver,
    SlowDown,
    Throttled,
    TrayError,
)

CORP = a_session()
SECRET = "hunter2-in-clear-text"
HTML = {"Content-Type": "text/html; charset=iso-8859-1"}
PAGE = f"<html><body>Sign in, \xe9t\xe9 {SECRET}</body></html>"
NAMED = {
    Doing.LOGIN: {
        "AuthorizationPendingException": AuthorizationPending,
        "SlowDownException": SlowDown,
        "ExpiredTokenException": CodeExpired,
        "InvalidGrantException": Refused,
        "InvalidClientException": RegistrationOver,
        "UnauthorizedClientException": RegistrationOver,
        "AccessDeniedException": Refused,
        "InvalidScopeException": ConfigError,
        "InvalidRequestException": Refused,
        "UnsupportedGrantTypeException": Refused,
        "SomethingNewException": Refused,
        "InvalidRequestRegionException": ConfigError,
        "InternalServerException": CannotTell,
    },
    Doing.RENEWAL: {
        "InvalidGrantException": SessionOver,
        "ExpiredTokenException": SessionOver,
        "InvalidClientException": RegistrationOver,
        "UnauthorizedClientException": RegistrationOver,
        "AccessDeniedException": Refused,
        "SlowDownException": SlowDown,
        "ThrottlingException": Throttled,
    },
}


def asked_for_a_token(answer: Canned, doing: Doing) -> TrayError:
    """Give the error that a real client's `CreateToken` ends with."""
    with (
        canned_service(answer) as service,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("AWS_ENDPOINT_URL", service.url)
        client = Clients().oidc(CORP)
        with pytest.raises(TrayError) as caught, told_as_ours(CORP, doing):
            client.create_token(clientId=SECRET, clientSecret=SECRET, grantType="x")
    assert len(service.seen) == 1
    return caught.value


def asked_the_portal(answer: Canned) -> TrayError:
    """Give the error that a real client's `Logout` ends with."""
    with (
        canned_service(answer) as service,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("AWS_ENDPOINT_URL", service.url)
        client = Clients().portal(CORP)
        with pytest.raises(TrayError) as caught, told_as_ours(CORP, Doing.PORTAL):
            client.logout(accessToken=SECRET)
    assert len(service.seen) == 1
    return caught.value


@pytest.mark.parametrize(
    ("doing", "name", "kind"),
    [
        (doing, name, kind)
        for doing, names in NAMED.items()
        for name, kind in names.items()
    ],
)
def test_named_refusals(doing: Doing, name: str, kind: type[TrayError]) -> None:
    """Each error that the service names is one of ours, with a remedy or a pause."""
    status = 401 if "Client" in name else 400
    answer = refusal(status, name, error="x", error_description=SECRET, message=SECRET)

    error = asked_for_a_token(answer, doing)

    assert type(error) is kind
    assert error.remedy
    assert SECRET not in str(error)


def test_a_reason_is_told() -> None:
    """The service's own code word for a denial is passed on; free text never is."""
    told = asked_for_a_token(
        refusal(400, "AccessDeniedException", reason="KMS_AccessDeniedException"),
        Doing.LOGIN,
    )
    kept = asked_for_a_token(
        refusal(400, "AccessDeniedException", reason=SECRET), Doing.LOGIN
    )

    assert "KMS_AccessDeniedException" in told.title
    assert SECRET not in str(kept)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(500, "InternalServerException"), CannotTell),
        (refusal(503, "InvalidGrantException"), CannotTell),
        (refusal(502, "AccessDeniedException"), CannotTell),
        (Canned(504, b"", {}), CannotTell),
        (Canned(429, b"HTTP 429 Unknown Code", {}), Throttled),
        (Canned(403, PAGE.encode(), HTML), CannotTell),
        (Canned(401, PAGE.encode("latin-1"), HTML), CannotTell),
        (Canned(407, b"", {}), CannotTell),
        (Canned(408, b"", {}), CannotTell),
        (Canned(511, PAGE.encode(), HTML), CannotTell),
        (Canned(400, b"[]", {"Content-Type": "application/json"}), CannotTell),
        (Canned(200, b"[1]", {"Content-Type": "application/json"}), CannotTell),
        (Canned(200, b'{"expiresIn": "soon"}', {}), CannotTell),
        (canned(400, message=SECRET), Refused),
        (Canned(400, b"", {}), Refused),
    ],
)
def test_unnamed_refusals(answer: Canned, kind: type[TrayError]) -> None:
    """Faults of servers, proxies and captive portals never end a session."""
    error = asked_for_a_token(answer, Doing.RENEWAL)

    assert type(error) is kind
    assert SECRET not in str(error)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (
            canned(
                401,
                message="Session token not found or invalid",
                __type="com.amazonaws.switchboard.portal#UnauthorizedException",
            ),
            SessionOver,
        ),
        (canned(401, message="Session token not found or invalid"), SessionOver),
        (refusal(403, "ForbiddenException", message="No access"), Refused),
        (refusal(404, "ResourceNotFoundException"), Refused),
        (refusal(429, "TooManyRequestsException"), Throttled),
        (Canned(401, PAGE.encode(), HTML), CannotTell),
        (refusal(400, "InvalidRequestException"), Refused),
        (Canned(500, b"", {}), CannotTell),
    ],
)
def test_the_portals_refusals(answer: Canned, kind: type[TrayError]) -> None:
    """The portal says with 401 alone that a session is over, and only in JSON."""
    assert type(asked_the_portal(answer)) is kind


URL = "https://oidc.eu-west-1.amazonaws.com/token"
ERROR = RuntimeError(SECRET)


@pytest.mark.parametrize(
    ("raised", "kind", "word"),
    [
        (foreign.ConnectTimeoutError(endpoint_url=URL), CannotTell, "in time"),
        (foreign.ReadTimeoutError(endpoint_url=URL), CannotTell, "in time"),
        (
            foreign.EndpointConnectionError(endpoint_url=URL, error=ERROR),
            CannotTell,
            "can't be reached",
        ),
        (
            foreign.ConnectionClosedError(endpoint_url=URL, error=ERROR),
            CannotTell,
            "can't be reached",
        ),
        (
            foreign.ProxyConnectionError(
                proxy_url=f"http://me:{SECRET}@proxy", error=ERROR
            ),
            CannotTell,
            "proxy",
        ),
        (foreign.SSLError(endpoint_url=URL, error=ERROR), CannotTell, "certificate"),
        (foreign.HTTPClientError(error=ERROR), CannotTell, "can't be reached"),
        (ResponseParserError(SECRET), CannotTell, "else than AWS"),
        (foreign.NoRegionError(), ConfigError, "no sso_region"),
        (foreign.InvalidRegionError(region_name="a b"), ConfigError, "no AWS region"),
        (foreign.ParamValidationError(report=SECRET), ConfigError, "settings"),
        (foreign.ConfigParseError(path="x"), ConfigError, "ConfigParseError"),
        (foreign.ProfileNotFound(profile="p"), ConfigError, "ProfileNotFound"),
        (foreign.BotoCoreError(), CannotTell, "BotoCoreError"),
        (foreign.DataNotFoundError(data_path="x"), CannotTell, "DataNotFoundError"),
    ],
)
def test_the_librarys_faults(
    raised: Exception, kind: type[TrayError], word: str
) -> None:
    """Each fault of the way there says what is the matter, and no text of others."""
    with (
        pytest.raises(TrayError, match=word) as caught,
        told_as_ours(CORP, Doing.LOGIN),
    ):
        raise raised

    error = caught.value
    assert type(error) is kind
    assert error.remedy
    assert SECRET not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


def expired(code: int) -> ssl.SSLCertVerificationError:
    """Give what OpenSSL says of a certificate."""
    error = ssl.SSLCertVerificationError(1, SECRET)
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("raised", "word"),
    [
        (
            foreign.EndpointConnectionError(
                endpoint_url=URL, error=RuntimeError(socket.gaierror(-2, SECRET))
            ),
            "No address can be found",
        ),
        (
            foreign.ProxyConnectionError(
                proxy_url=f"http://me:{SECRET}@proxy",
                error=OSError("Tunnel connection failed: 407 Proxy Auth"),
            ),
            "wants a user name",
        ),
        (foreign.SSLError(endpoint_url=URL, error=expired(9)), "out of date"),
        (foreign.SSLError(endpoint_url=URL, error=expired(10)), "out of date"),
        (foreign.SSLError(endpoint_url=URL, error=expired(18)), "can't be checked"),
    ],
)
def test_what_lies_behind_a_fault(raised: Exception, word: str) -> None:
    """A wrong clock, a wrong name and a missing password are told from one another."""
    with (
        pytest.raises(CannotTell, match=word) as caught,
        told_as_ours(CORP, Doing.LOGIN),
    ):
        raise raised

    assert SECRET not in str(caught.value)


def test_errors_in_a_ring() -> None:
    """Errors that name each other as their causes are looked at once."""
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first

    with (
        pytest.raises(CannotTell, match="can't be reached"),
        told_as_ours(CORP, Doing.LOGIN),
    ):
        raise foreign.HTTPClientError(error=first)


def test_hosts_are_named() -> None:
    """People read which host it was, where botocore knows it."""
    with pytest.raises(CannotTell) as caught, told_as_ours(CORP, Doing.LOGIN):
        raise foreign.ReadTimeoutError(endpoint_url=URL)

    assert "oidc.eu-west-1.amazonaws.com" in caught.value.title


def test_our_own_errors_pass() -> None:
    """What is one of ours already stays as it is."""
    with pytest.raises(SessionOver, match="mine"), told_as_ours(CORP, Doing.LOGIN):
        raise SessionOver("mine")
