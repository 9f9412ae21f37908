"""The pages: what they say, what they refuse, what they leave out."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.demo.programs import REGISTERED, Program
from tray.demo.center import Center, Portal, User, some_accounts
from tray.demo.person import Person


def fetch(
    center: Center,
    path: str,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "",
) -> tuple[http.client.HTTPResponse, str]:
    """Ask once, following nothing; give the answer and its text."""
    connection = http.client.HTTPConnection(center.url.removeprefix("http://"))
    try:
        verb = method or ("GET" if body is None else "POST")
        connection.request(verb, path, body, dict(headers or {}))
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def test_every_page_says_that_it_is_not_aws(center: Center, program: Program) -> None:
    """Nobody can take the demo for the real thing."""
    authorize = program.authorize_url(program.register(code=True), REGISTERED)
    for path in (
        "/start/corp",
        "/device",
        "/nothing",
        authorize.removeprefix(center.url),
    ):
        assert "Demo Identity Center — not AWS" in fetch(center, path)[1]


def test_pages_load_nothing_and_are_kept_by_nobody(center: Center) -> None:
    """A page has no script, no picture from elsewhere, and is not stored."""
    response, text = fetch(center, "/start/corp")

    assert "default-src 'none'" in str(response.headers["Content-Security-Policy"])
    assert response.headers["Cache-Control"] == "no-store"
    assert "<script" not in text


def test_the_start_page_lists_what_one_may_enter(center: Center) -> None:
    """A shortcut link's fragment finds the role on the page."""
    portal = Portal("corp", "Corp", (User("eve", "Eve", some_accounts(2)),))
    center.configure(replace(center.settings, portals=(portal,)))
    first, _ = fetch(center, "/signin", "portal=corp&user=eve&next=/start/corp")
    cookie = str(first.headers["Set-Cookie"]).partition(";")[0]

    _, text = fetch(center, "/start/corp", headers={"Cookie": cookie})

    wanted = "/console?account_id=111100000002&amp;role_name=Administrator"
    assert f'id="{wanted}"' in text
    assert 'id="sign-out"' in text


def test_names_are_shown_as_text(center: Center) -> None:
    """A name with brackets is no markup."""
    odd = Portal("corp", "<b>Corp</b>", (User("eve", "<i>Eve</i>"),))
    center.configure(replace(center.settings, portals=(odd,)))

    _, text = fetch(center, "/start/corp")

    assert "<b>Corp" not in text
    assert "<i>Eve" not in text


@pytest.mark.parametrize(
    "place",
    ["https://example.com", "//example.com", "/\\example.com", "/a\r\nX: y", ""],
)
def test_signing_in_leads_nowhere_else(center: Center, place: str) -> None:
    """After the sign-in one is on this server, whatever was asked."""
    form = urlencode({"portal": "corp", "user": "bob", "next": place})
    response, _ = fetch(center, "/signin", form)

    assert response.headers["Location"] == "/start/corp"


@pytest.mark.parametrize(
    "form", ["portal=corp&user=nobody", "portal=corp", "portal=none&user=bob"]
)
def test_only_users_sign_in(center: Center, form: str) -> None:
    """A form that no page of ours offered is refused."""
    assert fetch(center, "/signin", form)[0].status in {400, 404}


def test_a_click_needs_the_page_it_was_on(center: Center, program: Program) -> None:
    """A form from elsewhere allows nothing, with or without the cookie."""
    url = program.authorize_url(program.register(code=True), REGISTERED)
    path = url.removeprefix(center.url)
    first, _ = fetch(center, "/signin", "portal=corp&user=bob&next=/start/corp")
    cookie = str(first.headers["Set-Cookie"]).partition(";")[0]

    for headers in ({}, {"Cookie": cookie}, {"Cookie": "a=b; \x00=,;;"}):
        response, text = fetch(center, path, "decision=allow&key=wrong", headers)
        assert response.status == 400
        assert "This page is too old" in text


def test_a_click_is_checked_like_the_page_before_it(
    center: Center, program: Program
) -> None:
    """Allow without a challenge sends the browser back with an error."""
    keys = program.register(code=True)
    url = program.authorize_url(keys, REGISTERED, code_challenge_method="plain")

    response, _ = fetch(center, url.removeprefix(center.url), "decision=allow")

    assert "error=invalid_request" in str(response.headers["Location"])


def test_signing_out_ends_the_session(center: Center) -> None:
    """The portal page's button ends the portal session."""
    first, _ = fetch(center, "/signin", "portal=corp&user=bob&next=/start/corp")
    cookie = {"Cookie": str(first.headers["Set-Cookie"]).partition(";")[0]}
    _, text = fetch(center, "/start/corp", headers=cookie)
    key = text.partition('name="key" value="')[2].partition('"')[0]

    response, _ = fetch(center, "/signout", f"portal=corp&key={key}", cookie)

    assert response.headers["Location"] == "/start/corp"
    assert center.portal_sessions()[0].ended
    assert "user-bob" in fetch(center, "/start/corp", headers=cookie)[1]


def test_the_root_leads_to_the_first_portal(center: Center) -> None:
    """Who opens the bare address sees something."""
    assert fetch(center, "/")[0].headers["Location"] == "/start/corp"
    assert fetch(center, "/start/none")[0].status == 404
    assert fetch(center, "/nothing")[0].status == 404
    assert fetch(center, "/start/corp", method="HEAD")[1] == ""


@pytest.mark.parametrize("length", ["999999999", "some"])
def test_endless_requests_are_not_read(center: Center, length: str) -> None:
    """A request that is too long, or will not say how long, is refused."""
    headers = {"Content-Length": length}

    assert fetch(center, "/token", "", headers)[0].status == 413


def test_a_body_that_is_no_json_is_refused(center: Center) -> None:
    """Neither a list nor noise is a token request."""
    for body in ("[1]", "{", '{"grantType": ["x"]}'):
        assert fetch(center, "/token", body)[0].status == 400


def test_an_old_code_cannot_be_allowed(center: Center) -> None:
    """A made-up device code leads to a page that says so."""
    visit = Person("alice").visit(f"{center.url}/device?user_code=AAAA-AAAA")

    assert (visit.status, visit.heading) == (400, "Unknown code")
