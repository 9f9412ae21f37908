"""Listing accounts through a real boto3 client: pages, pauses, nonsense."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builders import a_session, a_token
from tests.fakes.aws import Canned, CannedService, canned, canned_service, refusal
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.portal import PAUSES, AccessPortal
from tray.core.accounts import LONGEST_TEXT, MOST_ACCOUNTS, Account
from tray.core.errors import CannotTell, LoginRequired, SessionOver, TrayError
from tray.system.frames import LONGEST, encode

CORP = a_session()
ONE, TWO = "111111111111", "222222222222"
THROTTLED = refusal(429, "TooManyRequestsException")
THROTTLED_BARE = Canned(429, b"HTTP 429 Unknown Code", {})


def page(*numbers: str, following: object = None) -> Canned:
    """Give one page of accounts."""
    entries = [{"accountId": each, "accountName": f"n{each}"} for each in numbers]
    more = {} if following is None else {"nextToken": following}
    return canned(200, accountList=entries, **more)


@contextmanager
def serving(folder: Path, *answers: Canned) -> Iterator[tuple[CannedService, Clients]]:
    """Serve answers to somebody who is logged in."""
    TokenFiles(folder, lambda _: None).write(CORP, a_token().token)
    with canned_service(*answers) as service, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_SSO", service.url)
        yield service, Clients()


def listed(
    folder: Path, *answers: Canned, paused: list[float] | None = None
) -> tuple[Account, ...]:
    """List against these answers; with pauses only if somebody notes them."""
    with serving(folder, *answers) as (_, clients):
        tokens = TokenFiles(folder, lambda _: None)
        pause = None if paused is None else paused.append
        return AccessPortal(tokens, clients, pause).list_accounts(CORP)


def test_pages_are_followed_to_the_end(tmp_path: Path) -> None:
    """Each page is asked for with the token of the one before; doubles count once."""
    answers = (page(ONE, following="t1"), page(following="t2"), page(ONE, TWO))
    with serving(tmp_path, *answers) as (service, clients):
        tokens = TokenFiles(tmp_path, lambda _: None)
        accounts = AccessPortal(tokens, clients).list_accounts(CORP)

    assert [account.account_id for account in accounts] == [ONE, TWO]
    queries = [parse_qs(urlsplit(each.path).query) for each in service.seen]
    assert [query.get("next_token") for query in queries] == [None, ["t1"], ["t2"]]
    assert {query["max_result"][0] for query in queries} == {"100"}
    bearers = {each.headers["x-amz-sso_bearer_token"] for each in service.seen}
    assert bearers == {"access-1"}


@pytest.mark.parametrize("throttled", [THROTTLED, THROTTLED_BARE])
def test_throttling_is_waited_out(tmp_path: Path, throttled: Canned) -> None:
    """A page that comes too soon is asked for again after a growing pause."""
    paused: list[float] = []

    accounts = listed(tmp_path, throttled, throttled, page(ONE), paused=paused)

    assert [account.account_id for account in accounts] == [ONE]
    assert paused == list(PAUSES[:2])


def test_the_pauses_of_one_listing_are_bounded(tmp_path: Path) -> None:
    """Who is throttled for long gives up, however many pages there are."""
    paused: list[float] = []
    answers = (page(ONE, following="t1"), THROTTLED, page(TWO, following="t2"))

    with pytest.raises(CannotTell):
        listed(tmp_path, *answers, THROTTLED, paused=paused)

    assert paused == list(PAUSES)


def test_without_pauses_there_is_no_second_try(tmp_path: Path) -> None:
    """Where nobody may wait, too many requests are told at once."""
    with pytest.raises(CannotTell):
        listed(tmp_path, THROTTLED, page(ONE))


@pytest.mark.parametrize(
    "answer",
    [
        canned(200),
        canned(200, accountList=None),
        canned(200, accountList="x"),
        canned(200, accountList=7),
        canned(200, accountList=[None]),
        canned(200, accountList=[[]]),
        canned(200, accountList=[{}]),
        canned(200, accountList=[{"accountId": 7}]),
        canned(200, accountList=[{"accountId": "12"}]),
        canned(200, accountList=[], nextToken=7),
        page(ONE, following="for ever"),
        Canned(200, b"<html>Sign in to this network</html>", {}),
        Canned(200, b"<html></html>", {"Content-Type": "text/html"}),
        Canned(200, b"", {}),
        Canned(200, b"[]", {}),
        Canned(200, b"\xff\xfe", {}),
        Canned(200, b"[" * 9999, {}),
        Canned(500, b"", {}),
    ],
)
def test_nonsense_is_no_list(tmp_path: Path, answer: Canned) -> None:
    """What is not AWS's list is an error, and never a shorter list."""
    with pytest.raises(CannotTell):
        listed(tmp_path, answer)


def test_what_may_be_missing_may_be_missing(tmp_path: Path) -> None:
    """Names and addresses are not always there; long ones are cut."""
    entries = [
        {"accountId": ONE, "emailAddress": "a@b", "more": {}},
        {"accountId": TWO, "accountName": "x" * 999, "emailAddress": None},
    ]

    accounts = listed(tmp_path, canned(200, accountList=entries))

    assert accounts == (Account(ONE, "", "a@b"), Account(TWO, "x" * LONGEST_TEXT))


def test_a_list_without_end_ends(tmp_path: Path) -> None:
    """More accounts than a person can have are not collected."""
    numbers = [f"{n:012d}" for n in range(MOST_ACCOUNTS + 1)]

    with pytest.raises(CannotTell, match="more accounts"):
        listed(tmp_path, page(*numbers))


def test_a_slow_list_ends(tmp_path: Path) -> None:
    """When the time is over no further page is asked for."""
    with serving(tmp_path, page(ONE, following="t1")) as (service, clients):
        tokens = TokenFiles(tmp_path, lambda _: None)
        with pytest.raises(CannotTell, match="too long"):
            AccessPortal(tokens, clients, longest=-1.0).list_accounts(CORP)

    assert len(service.seen) == 1


def test_who_is_not_logged_in_has_no_list(tmp_path: Path) -> None:
    """No file, half a file, a token that is over: each is told as what it is."""
    portal = AccessPortal(TokenFiles(tmp_path, lambda _: None), Clients())
    kinds: list[type[TrayError]] = []
    for content in (None, "{"):
        if content:
            (tmp_path / f"{CORP.cache_key}.json").write_text(content)
        with pytest.raises(TrayError) as caught:
            portal.list_accounts(CORP)
        kinds.append(type(caught.value))

    assert kinds == [LoginRequired, CannotTell]
    with pytest.raises(SessionOver):
        listed(tmp_path, refusal(401, "UnauthorizedException"))


def test_the_longest_list_fits_through_the_pipe() -> None:
    """Even ten thousand names of emoji are one frame: a broken pipe harms renewals."""
    text = "\U0001f389" * LONGEST_TEXT
    entries = [[ONE, text, text]] * MOST_ACCOUNTS

    frame = encode({"id": 10**6, "result": {"accounts": entries}})

    assert len(frame) < LONGEST
    assert json.loads(frame)["id"] == 10**6
