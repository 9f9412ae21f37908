"""The portal's API: accounts, roles, keys, log-out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.demo.programs import Keys, Program, code_of
from tests.fakes.basics import FakeClock
from tray.core.model import Secret
from tray.demo.center import Center, Portal, User, some_accounts

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient

FIRST = "111100000001"
LAST = "111100000006"


@pytest.fixture
def token(center: Center) -> str:
    """Give a live access token of Alice's."""
    return center.issue("corp", "alice").value.reveal()


def test_accounts_come_with_their_names(portal: SSOClient, token: str) -> None:
    """Each account has number, name and address."""
    first = portal.list_accounts(accessToken=token)["accountList"][0]

    assert first == {
        "accountId": FIRST,
        "accountName": "Sandbox",
        "emailAddress": f"{FIRST}@accounts.example",
    }


def test_large_portals_come_in_pages(portal: SSOClient, center: Center) -> None:
    """Five hundred accounts with four roles each are listed whole, page by page."""
    alice = User("alice", "Alice", some_accounts(500, roles=4))
    center.configure(
        replace(center.settings, portals=(Portal("corp", "Corp", (alice,)),))
    )
    token = center.issue("corp", "alice").value.reveal()

    pages = portal.get_paginator("list_accounts").paginate(
        accessToken=token, PaginationConfig={"PageSize": 100}
    )
    accounts = [one["accountId"] for page in pages for one in page["accountList"]]
    roles = [
        role["roleName"]
        for page in portal.get_paginator("list_account_roles").paginate(
            accessToken=token, accountId=accounts[-1], PaginationConfig={"PageSize": 3}
        )
        for role in page["roleList"]
    ]

    assert len(set(accounts)) == 500
    assert len(set(roles)) == 4
    assert center.count("ListAccounts") == 5
    assert center.count("ListAccountRoles") == 2


def test_role_credentials_look_real_and_are_not(
    portal: SSOClient, token: str, clock: FakeClock
) -> None:
    """Keys have AWS's form, say that they are not real, and end in milliseconds."""
    given = portal.get_role_credentials(
        accessToken=token, accountId=FIRST, roleName="ReadOnly"
    )["roleCredentials"]

    end = datetime.fromtimestamp(given["expiration"] / 1000, UTC)
    assert end == clock.now() + timedelta(hours=1)
    assert re.fullmatch(r"ASIANOTREAL[A-Z2-7]{9}", given["accessKeyId"])
    assert re.fullmatch(r"not/a/real/key[\w+/]{26}", given["secretAccessKey"])
    assert given["sessionToken"].startswith("not-real-")


@pytest.mark.parametrize(
    ("account", "role", "code"),
    [
        (FIRST, "Emperor", "ForbiddenException"),
        (LAST, "ReadOnly", "ForbiddenException"),
        ("999999999999", "ReadOnly", "ResourceNotFoundException"),
        ("12", "ReadOnly", "InvalidRequestException"),
    ],
)
def test_what_is_not_assigned_is_refused(
    portal: SSOClient, center: Center, account: str, role: str, code: str
) -> None:
    """Roles and accounts of others are forbidden, unknown ones are not found."""
    bob = center.issue("corp", "bob").value.reveal()

    given = code_of(
        portal.get_role_credentials, accessToken=bob, accountId=account, roleName=role
    )

    assert given == code


def test_a_refusal_has_the_portals_own_shape(portal: SSOClient, token: str) -> None:
    """The error's name stands in the body, and the 403 is AWS's unmodelled one."""
    with pytest.raises(portal.exceptions.ClientError) as raised:
        portal.get_role_credentials(
            accessToken=token, accountId=FIRST, roleName="Emperor"
        )

    assert raised.value.response["Error"]["Message"] == "No access"
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_an_expired_token_is_unauthorized(
    portal: SSOClient, token: str, clock: FakeClock
) -> None:
    """After its hour a token opens nothing, and nor does one made up."""
    clock.advance(timedelta(hours=1))

    for text in (token, "made-up"):
        assert code_of(portal.list_accounts, accessToken=text) == (
            "UnauthorizedException"
        )


@pytest.mark.parametrize(
    "arguments",
    [
        {"maxResults": 101},
        {"nextToken": "?"},
        {"nextToken": "abc"},
        {"nextToken": "eA=="},
    ],
)
def test_bad_pages_are_refused(
    portal: SSOClient, token: str, arguments: dict[str, object]
) -> None:
    """Page sizes go from 1 to 100, and tokens are the service's own."""
    code = code_of(portal.list_accounts, accessToken=token, **arguments)

    assert code == "InvalidRequestException"


def test_logging_out_ends_the_session(
    portal: SSOClient, program: Program, center: Center
) -> None:
    """After a log-out neither token works, and the session has ended."""
    token = center.issue("corp", "alice")
    assert isinstance(token.refresh_token, Secret)
    assert token.client_id is not None
    assert token.client_secret is not None

    portal.logout(accessToken=token.value.reveal())

    keys = Keys(token.client_id, token.client_secret.reveal())
    assert code_of(portal.logout, accessToken=token.value.reveal()) == (
        "UnauthorizedException"
    )
    assert (
        code_of(program.renew, keys=keys, refresh_token=token.refresh_token.reveal())
        == "InvalidGrantException"
    )
    assert center.portal_sessions()[0].ended
