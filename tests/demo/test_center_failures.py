"""Failures on demand, as botocore meets them."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from tests.demo.programs import Keys, Program, code_of
from tests.fakes.basics import FakeClock
from tray.core.errors import TrayError
from tray.core.model import AccessToken
from tray.demo.center import Center, Failure, Operation
from tray.demo.center.messages import OIDC_ERRORS

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient


@pytest.fixture
def token(center: Center) -> AccessToken:
    """Give a live token of Alice's."""
    return center.issue("corp", "alice")


@pytest.fixture
def renew(program: Program, token: AccessToken) -> Callable[[], object]:
    """Give a function that renews it."""
    assert token.client_id is not None
    assert token.client_secret is not None
    assert token.refresh_token is not None
    keys = Keys(token.client_id, token.client_secret.reveal())
    text = token.refresh_token.reveal()
    return lambda: program.renew(keys, text)


@pytest.fixture
def look(portal: SSOClient, token: AccessToken) -> Callable[[], object]:
    """Give a function that lists the accounts."""
    return lambda: portal.list_accounts(accessToken=token.value.reveal())


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


def test_an_outage_ends_where_it_began(
    center: Center, look: Callable[[], object]
) -> None:
    """Stopped, nobody answers; started again, it is the same on the same port."""
    address = center.url
    center.stop()
    with pytest.raises(EndpointConnectionError):
        look()

    center.start()

    assert center.url == address
    assert look()


def test_a_port_that_is_taken_is_an_error_of_ours(
    center: Center, clock: FakeClock
) -> None:
    """A center that cannot listen says so, and starting one twice changes nothing."""
    center.start()
    other = Center(
        center.settings, clock=clock.now, port=int(center.url.rpartition(":")[2])
    )
    other.stop()

    with pytest.raises(TrayError, match="No port"):
        other.start()


def test_stopping_does_not_wait_for_anybody(center: Center) -> None:
    """Answers that hang and connections that say nothing end with the center."""
    port = int(center.url.rpartition(":")[2])
    center.fail("*", Failure.hang(60))
    with (
        socket.create_connection(("127.0.0.1", port)) as silent,
        socket.create_connection(("127.0.0.1", port)) as asking,
    ):
        asking.sendall(b"GET / HTTP/1.1\r\n\r\n")
        began = time.monotonic()
        center.stop()
        assert time.monotonic() - began < 5
        silent.settimeout(1)
        assert silent.recv(1) == b""


def test_the_journal_tells_no_secret(
    center: Center, renew: Callable[[], object], look: Callable[[], object]
) -> None:
    """It has times, operations and outcomes, and one can wait for an entry."""
    waited: list[bool] = []
    waiter = threading.Thread(
        target=lambda: waited.append(center.wait_for("ListAccounts"))
    )
    waiter.start()
    renew()
    look()
    waiter.join()

    assert waited == [True]
    assert not center.wait_for("Logout", seconds=0.01)
    told = [(request.operation, request.outcome) for request in center.requests]
    assert told == [
        (Operation.CREATE_TOKEN_BY_REFRESH, "ok"),
        (Operation.LIST_ACCOUNTS, "ok"),
    ]
    assert "demo-" not in repr(center.requests)


def test_many_may_ask_at_once(center: Center, look: Callable[[], object]) -> None:
    """Settings may change while others ask."""
    threads = [threading.Thread(target=look) for _ in range(20)]
    for thread in threads:
        thread.start()
    center.configure(replace(center.settings, page_size=3))
    for thread in threads:
        thread.join()

    assert center.count("ListAccounts") == 20
