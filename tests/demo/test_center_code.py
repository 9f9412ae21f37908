"""Log-ins with an authorization code: pages, PKCE, redirects."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.demo.programs import Program, code_of, landing
from tests.fakes.basics import FakeClock
from tray.core.errors import TrayError
from tray.demo.center import Center, Operation
from tray.demo.person import Person

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient


def test_a_log_in_ends_with_a_token_that_opens_the_portal(
    program: Program, portal: SSOClient
) -> None:
    """Who allows gives the program an hour, a refresh token and the accounts."""
    _, token = program.log_in(Person("alice"))

    assert token["expiresIn"] == 3600
    assert token["refreshToken"]
    accounts = portal.list_accounts(accessToken=token["accessToken"])["accountList"]
    assert len(accounts) == 6


def test_the_state_comes_back(program: Program) -> None:
    """The program finds its own state beside the code."""
    keys = program.register(code=True)

    _, came, visit = program.ask(keys, Person("alice"))

    assert came["state"] == "a-state"
    assert visit.status == 200


def test_a_wrong_verifier_is_refused(program: Program) -> None:
    """Only who began the log-in can end it, and a code works once."""
    keys = program.register(code=True)
    uri, came, _ = program.ask(keys, Person("alice"))
    arguments = {"keys": keys, "uri": uri, "code": came["code"]}

    wrong = secrets.token_urlsafe(48)
    assert code_of(program.redeem, **arguments, verifier=wrong) == (
        "InvalidGrantException"
    )
    assert code_of(program.redeem, **arguments) == "InvalidGrantException"


def test_a_code_works_once(program: Program) -> None:
    """A code that has been exchanged is refused."""
    keys = program.register(code=True)
    uri, came, _ = program.ask(keys, Person("alice"))
    program.redeem(keys, uri, came["code"])

    again = code_of(program.redeem, keys=keys, uri=uri, code=came["code"])

    assert again == "InvalidGrantException"


def test_a_code_is_bound_to_its_address_and_client(program: Program) -> None:
    """Another port at the end, or another client, is refused."""
    keys, others = program.register(code=True), program.register(code=True)
    person = Person("alice")
    _, first, _ = program.ask(keys, person)
    uri, second, _ = program.ask(keys, person)

    other_port = "http://127.0.0.1:1/oauth/callback"
    assert code_of(program.redeem, keys=keys, uri=other_port, code=first["code"]) == (
        "InvalidGrantException"
    )
    assert code_of(program.redeem, keys=others, uri=uri, code=second["code"]) == (
        "InvalidGrantException"
    )


def test_a_code_grows_old(program: Program, clock: FakeClock) -> None:
    """A code that comes late has expired."""
    keys = program.register(code=True)
    uri, came, _ = program.ask(keys, Person("alice"))
    clock.advance(timedelta(minutes=6))

    code = code_of(program.redeem, keys=keys, uri=uri, code=came["code"])

    assert code == "ExpiredTokenException"


def test_a_code_dies_with_its_session(program: Program, center: Center) -> None:
    """What was allowed before the sessions ended is refused."""
    keys = program.register(code=True)
    uri, came, _ = program.ask(keys, Person("alice"))
    center.revoke("corp")

    code = code_of(program.redeem, keys=keys, uri=uri, code=came["code"])

    assert code == "InvalidGrantException"


def test_who_denies_sends_the_program_away(program: Program) -> None:
    """The program learns that it was denied, with its state."""
    keys = program.register(code=True)

    _, came, _ = program.ask(keys, Person("alice", deny=True))

    assert came == {"error": "access_denied", "state": "a-state"}


@pytest.mark.parametrize(
    ("member", "value", "error"),
    [
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
    ],
)
def test_a_request_without_pkce_is_sent_back(
    program: Program, member: str, value: str, error: str
) -> None:
    """Only codes, and only with S256."""
    keys = program.register(code=True)

    _, came, _ = program.ask(keys, Person("alice"), **{member: value})

    assert came["error"] == error


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:4242/elsewhere",
        "http://localhost:4242/oauth/callback",
        "https://example.com/oauth/callback",
        "http://127.0.0.1:4242/oauth/callback\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_other_addresses_are_refused_in_the_browser(program: Program, uri: str) -> None:
    """A code never goes where it was not registered to go."""
    keys = program.register(code=True)

    visit = Person("alice").visit(program.authorize_url(keys, uri))

    assert (visit.status, visit.heading) == (400, "Invalid callback URL")


def test_unknown_clients_are_refused_in_the_browser(
    program: Program, clock: FakeClock
) -> None:
    """An expired registration shows in the browser only, as with the real service."""
    keys, device = program.register(code=True), program.register(code=False)
    with landing() as (uri, _):
        urls = [program.authorize_url(one, uri) for one in (device, keys)]
        early = Person("alice").visit(urls[0])
        clock.advance(timedelta(days=91))
        late = Person("alice").visit(urls[1])

    assert early.heading == late.heading == "Invalid client"


def test_a_browser_stays_signed_in(program: Program, center: Center) -> None:
    """A second log-in in the same browser asks for consent alone."""
    person = Person("alice")
    program.log_in(person)
    program.log_in(person)

    assert center.count(Operation.SIGN_IN) == 1
    assert len(center.portal_sessions()) == 1

    person.forget()
    program.log_in(person)

    assert len(center.portal_sessions()) == 2


def test_a_center_can_ask_every_time(program: Program, center: Center) -> None:
    """Without reuse, each log-in is a portal session of its own."""
    center.configure(replace(center.settings, reuse_sign_in=False))
    person = Person("alice")

    program.log_in(person)
    program.log_in(person)

    assert len(center.portal_sessions()) == 2


def test_the_wrong_person_may_be_signed_in(program: Program, portal: SSOClient) -> None:
    """A browser in which Bob is signed in gives Bob's accounts, until he changes it."""
    bob = Person("bob")
    _, token = program.log_in(bob)
    assert (
        len(portal.list_accounts(accessToken=token["accessToken"])["accountList"]) == 2
    )

    bob.user = "alice"
    _, token = program.log_in(bob)
    assert (
        len(portal.list_accounts(accessToken=token["accessToken"])["accountList"]) == 2
    )

    bob.visit(f"{program.center.url}/signin?portal=corp&next=/")
    _, token = program.log_in(bob)
    assert (
        len(portal.list_accounts(accessToken=token["accessToken"])["accountList"]) == 6
    )


def test_a_log_in_late_in_a_session_gives_a_short_token(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """A token is cut to the end of the portal session in which it was made."""
    center.configure(replace(center.settings, session_life=timedelta(hours=2)))
    person = Person("alice")
    program.log_in(person)
    clock.advance(timedelta(minutes=110))

    _, token = program.log_in(person)

    assert token["expiresIn"] == 600


def test_strangers_do_not_get_in(program: Program) -> None:
    """Only users of the portal are offered."""
    keys = program.register(code=True)

    with landing() as (uri, _), pytest.raises(TrayError, match="mallory"):
        Person("mallory").visit(program.authorize_url(keys, uri))
