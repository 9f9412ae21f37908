"""Listing the roles of one account through a real boto3 client: pages and nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builders import a_session, a_token
from tests.fakes.aws import Canned, CannedService, canned, canned_service, refusal
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.portal import MOST_PAGES, AccessPortal
from tray.core.errors import CannotTell, Throttled

CORP = a_session()
ONE = "111111111111"


def page(*roles: object, following: object = None) -> Canned:
    """Give one page of roles."""
    entries = [{"roleName": role, "accountId": ONE} for role in roles]
    more = {} if following is None else {"nextToken": following}
    return canned(200, roleList=entries, **more)


@contextmanager
def portal(
    folder: Path, *answers: Canned
) -> Iterator[tuple[AccessPortal, CannedService]]:
    """Give a portal that answers somebody who is logged in."""
    tokens = TokenFiles(folder, lambda _: None)
    tokens.write(CORP, a_token().token)
    with canned_service(*answers) as service, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_SSO", service.url)
        yield AccessPortal(tokens, Clients()), service


def listed(folder: Path, *answers: Canned) -> tuple[str, ...]:
    """List against these answers."""
    with portal(folder, *answers) as (asked, _):
        return asked.list_roles(CORP, ONE)


def test_pages_are_followed_to_the_end(tmp_path: Path) -> None:
    """Each page is asked for with the token of the one before; doubles count once."""
    answers = (page("Admin", following="t1"), page("Admin", "Read"))
    with portal(tmp_path, *answers) as (asked, service):
        assert asked.list_roles(CORP, ONE) == ("Admin", "Read")

    queries = [parse_qs(urlsplit(each.path).query) for each in service.seen]
    assert [query.get("next_token") for query in queries] == [None, ["t1"]]
    assert {query["account_id"][0] for query in queries} == {ONE}


def test_no_role_is_no_error(tmp_path: Path) -> None:
    """An account whose roles were all taken away has none."""
    assert listed(tmp_path, page()) == ()


@pytest.mark.parametrize(
    "answers",
    [
        (canned(200),),
        (canned(200, roleList=[{"accountId": ONE}]),),
        (page("Bad role\n[profile x]"),),
        (page("a", following="t1"), page("b", following="t1")),
        tuple(page("a", following=f"t{n}") for n in range(MOST_PAGES)),
    ],
)
def test_what_is_no_list_of_roles_is_no_answer(
    tmp_path: Path, answers: tuple[Canned, ...]
) -> None:
    """Missing members, names that are none, pages in a circle or without an end."""
    with pytest.raises(CannotTell):
        listed(tmp_path, *answers)


@pytest.mark.parametrize(
    ("header", "after"), [(None, 0.0), ("7", 7.0), ("Tue, 03 Mar 2026 12:00:00 GMT", 0)]
)
def test_too_many_requests_come_back_at_once(
    tmp_path: Path, header: str | None, after: float
) -> None:
    """The seconds of `Retry-After` come along; it is asked once and no more."""
    answer = refusal(429, "TooManyRequestsException")
    if header is not None:
        answer = Canned(429, answer.body, {**answer.headers, "Retry-After": header})
    with portal(tmp_path, answer) as (asked, service), pytest.raises(Throttled) as told:
        asked.list_roles(CORP, ONE)

    assert told.value.after == after
    assert len(service.seen) == 1
