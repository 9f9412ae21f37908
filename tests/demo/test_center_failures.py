"""Failures on demand, as botocore meets them."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Callable

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
)

from tests.demo.programs import Program, code_of
from tray.demo.center import Center, Failure, Operation
from tray.demo.center.messages import OIDC_ERRORS


@pytest.mark.parametrize("name", sorted(OIDC_ERRORS))
def test_every_refusal_of_the_oidc_service(
    center: Center, renew: Callable[[], object], name: str
) -> None:
    """Each arrives under its own name and with the status of the service model."""
    center.fail(Operation.CREATE_TOKEN, Failure.refusal(name))

    with pytest.raises(ClientError) as raised:
        renew()

    assert raised.value.response["Error"]["Code"] == name
    status = raised.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert status == OIDC_ERRORS[name][0]
    assert renew()


@pytest.mark.parametrize("name", ["AccessDeniedException", "InvalidRequestException"])
def test_a_refusal_may_have_a_reason(
    center: Center, renew: Callable[[], object], name: str
) -> None:
    """Key trouble of the administrator's comes as a reason."""
    center.fail("CreateToken", Failure.refusal(name, reason="KMS_DisabledException"))

    with pytest.raises(ClientError) as raised:
        renew()

    assert raised.value.response.get("reason") == "KMS_DisabledException"


@pytest.mark.parametrize(
    ("failure", "code", "status"),
    [
        (Failure.unauthorized(), "UnauthorizedException", 401),
        (Failure.forbidden(), "ForbiddenException", 403),
        (Failure.not_found(), "ResourceNotFoundException", 404),
        (Failure.throttled(), "TooManyRequestsException", 429),
        (Failure.server_error(), "InternalServerException", 500),
        (Failure.server_error(503), "503", 503),
    ],
    ids=lambda value: value.name if isinstance(value, Failure) else str(value),
)
def test_every_refusal_of_the_portal(
    center: Center,
    look: Callable[[], object],
    failure: Failure,
    code: str,
    status: int,
) -> None:
    """Each arrives under its name and status, and is noted so."""
    center.fail(Operation.LIST_ACCOUNTS, failure)

    with pytest.raises(ClientError) as raised:
        look()

    assert raised.value.response["Error"]["Code"] == code
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert center.requests[-1].outcome == failure.name


@pytest.mark.parametrize(
    ("failure", "errors"),
    [
        (Failure.hang(20), ReadTimeoutError),
        (Failure.close(), ConnectionClosedError),
        (Failure.wrong_types(), ValueError),
    ],
    ids=lambda value: value.name if isinstance(value, Failure) else "",
)
def test_every_fault_on_the_way(
    center: Center,
    renew: Callable[[], object],
    failure: Failure,
    errors: type[Exception],
) -> None:
    """What networks do to an answer arrives as botocore's own fault."""
    center.fail("CreateToken", failure)

    with pytest.raises(errors):
        renew()


@pytest.mark.parametrize(
    "failure",
    [Failure.half(), Failure.wrong_json(), Failure.captive_page()],
    ids=lambda failure: failure.name,
)
def test_what_is_no_json_arrives_without_members(
    center: Center, renew: Callable[[], object], failure: Failure
) -> None:
    """AWS's library takes half an answer, or a page, for one that has no members."""
    center.fail("CreateToken", failure)

    answer = renew()

    assert isinstance(answer, dict)
    assert set(answer) == {"ResponseMetadata"}


def test_half_an_answer_is_half(center: Center) -> None:
    """A client that counts misses the rest."""
    center.fail("StartPage", Failure.half())

    with (
        urllib.request.urlopen(center.start_url("corp")) as response,
        pytest.raises(http.client.IncompleteRead),
    ):
        response.read()


def test_a_captive_network_sends_elsewhere(
    center: Center, look: Callable[[], object]
) -> None:
    """A redirect to a page is no list of accounts."""
    center.fail("ListAccounts", Failure.captive_redirect())

    with pytest.raises(ClientError) as raised:
        look()

    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 302


def test_an_answer_may_be_huge(center: Center, look: Callable[[], object]) -> None:
    """Megabytes come where a few hundred bytes were expected."""
    center.fail("ListAccounts", Failure.huge(4 * 1024 * 1024))

    answer = look()

    assert isinstance(answer, dict)
    assert "accountList" not in answer


def test_a_failure_lasts_as_long_as_it_was_told(
    center: Center, look: Callable[[], object]
) -> None:
    """So many times, one after another in the order planned, or until healed."""
    center.fail("ListAccounts", Failure.throttled(), times=2)
    center.fail("*", Failure.forbidden(), times=None)

    names = []
    for _ in range(4):
        with pytest.raises(ClientError) as raised:
            look()
        names.append(raised.value.response["Error"]["Code"])
    center.heal()

    assert names == ["TooManyRequestsException"] * 2 + ["ForbiddenException"] * 2
    assert look()


def test_a_failure_can_meet_one_grant_alone(
    center: Center, program: Program, renew: Callable[[], object]
) -> None:
    """Renewals can fail while log-ins work; a part counts as the whole too."""
    center.fail("CreateToken/authorization_code", Failure.close(), times=None)

    assert renew()
    assert program.register(code=False)
    assert center.count("CreateToken") == center.count("CreateToken/refresh_token") == 1


def test_a_lost_answer_has_used_the_refresh_token_up(
    center: Center, renew: Callable[[], object]
) -> None:
    """What took effect stays so, although the client never heard of it."""
    center.fail("CreateToken", Failure.close(after=True))
    with pytest.raises(ConnectionClosedError):
        renew()

    assert code_of(renew) == "InvalidGrantException"


def test_a_slow_answer_is_a_true_one(
    center: Center, look: Callable[[], object]
) -> None:
    """A short wait is no failure."""
    center.fail("ListAccounts", Failure.hang(0.1))
    center.fail("ListAccounts", Failure.hang(0.1, after=True))

    assert look()
    assert look()
