"""Start URLs with a name of their own, at real TLS servers on this machine."""

from __future__ import annotations

import pytest

from tests.builders import a_session
from tests.fakes.secure import Authority, SecureServer, saying, secure_server
from tray.aws import start_urls
from tray.aws.start_urls import Resolved, StartUrls, resolve
from tray.core.errors import CannotTell, ConfigError
from tray.core.model import SsoSession

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"
MOVED = saying("302 Found", f"Location: {PORTAL}/start/#/?tab=accounts")


UNTOUCHED = {
    "https://d-1.awsapps.com/start": "https://d-1.awsapps.com/start",
    "https://d-1.awsapps.com/start/": "https://d-1.awsapps.com/start",
    "https://d-1.awsapps.com/start#": "https://d-1.awsapps.com/start",
    "https://d-1.awsapps.com/start/#/": "https://d-1.awsapps.com/start",
    "https://d-1.awsapps.com/start?tab=accounts": "https://d-1.awsapps.com/start",
    f"{PORTAL}/": PORTAL,
    "https://start.us-gov-home.awsapps.com/directory/d-1": (
        "https://start.us-gov-home.awsapps.com/directory/d-1"
    ),
    "https://identitycenter.amazonaws.com/ssoins-1": (
        "https://identitycenter.amazonaws.com/ssoins-1"
    ),
    "http://127.0.0.1:8080/start/#/": "http://127.0.0.1:8080/start",
    "http://localhost:8080/start": "http://localhost:8080/start",
}


@pytest.mark.parametrize(("written", "sent"), UNTOUCHED.items())
def test_portals_of_aws_are_not_asked(written: str, sent: str) -> None:
    """AWS's own hosts, and stand-ins on this machine, need no question."""
    assert resolve(written, "us-east-1") == Resolved(sent, "us-east-1")


def test_a_region_is_read_from_the_address() -> None:
    """Without `sso_region` the address tells it, where it has one."""
    assert resolve(PORTAL) == Resolved(PORTAL, "eu-west-1")
    with pytest.raises(ConfigError, match="no sso_region is written"):
        resolve("https://d-1.awsapps.com/start")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://sso.corp.example/start", "does not begin with https"),
        ("http://d-1.awsapps.com/start", "does not begin with https"),
        ("ftp://d-1.awsapps.com/start", "does not begin with https"),
        ("d-1.awsapps.com/start", "no web address"),
        ("https://", "no web address"),
        ("", "no web address"),
        ("https://[::1/start", "no web address"),
        ("https://a:b@d-1.awsapps.com/start", "no web address"),
        ("https://d-1.awsapps.com:99999/start", "no web address"),
    ],
)
def test_slips_are_told_without_asking_anybody(url: str, says: str) -> None:
    """What can't be a start URL is named, with what to write instead."""
    with pytest.raises(ConfigError, match=says) as caught:
        resolve(url, "eu-west-1")
    assert "sso_start_url" in caught.value.remedy


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_name_of_ones_own_leads_to_the_portal(
    authority: Authority, status: int
) -> None:
    """One HEAD tells portal and region; neither fragment nor query goes along."""
    moved = saying(f"{status} Moved", f"Location: {PORTAL}/start/?x=1#/")
    with secure_server(authority.context(), moved) as server:
        found = resolve(server.url("/start/#/"))

    assert found == Resolved(f"{PORTAL}/start", "eu-west-1")
    assert server.asked == ["HEAD /start/ HTTP/1.1"]


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "501 Not Implemented"])
def test_servers_without_head_are_asked_with_get(
    authority: Authority, status: str
) -> None:
    """A server that knows no HEAD is asked a second time, and not more often."""
    with secure_server(authority.context(), saying(status), MOVED) as server:
        assert resolve(server.url()).region == "eu-west-1"

    assert server.asked == ["HEAD /start HTTP/1.1", "GET /start HTTP/1.1"]


def test_the_configured_region_serves_where_none_is_told(authority: Authority) -> None:
    """A portal that tells no region is asked in the one that is written."""
    moved = saying("302 Found", "Location: https://d-1.awsapps.com/start")
    with secure_server(authority.context(), moved) as server:
        assert resolve(server.url(), "us-east-2").region == "us-east-2"
        with pytest.raises(ConfigError, match="no sso_region is written"):
            resolve(server.url())


LEADS = {
    "another site": ("302 Found", "https://corp.example/x", "leads to corp.example"),
    "a look-alike": ("302 Found", "https://x.awsapps.com.evil.example", "evil.example"),
    "backslash": (
        "302 Found",
        "https://evil.example\\.awsapps.com",
        "no access portal",
    ),
    "this machine": ("302 Found", "https://127.0.0.1/start", "leads to 127.0.0.1"),
    "the metadata": ("302 Found", "http://169.254.169.254/", "leads to 169.254"),
    "another port": ("302 Found", "https://d-1.awsapps.com:8443/", "no access portal"),
    "a name in it": ("302 Found", "https://a:b@d-1.awsapps.com/", "no access portal"),
    "no https": ("302 Found", "http://d-1.awsapps.com/start", "without https"),
    "no web": ("302 Found", "ssh://d-1.awsapps.com/start", "without https"),
    "itself": ("302 Found", "/start", "leads back to itself"),
    "itself, spelled": ("302 Found", "/start/?again#1", "leads back to itself"),
    "its own page": ("302 Found", "/sign-in", "leads to localhost"),
    "nowhere": ("302 Found", "", "does not say where to"),
    "far too long": ("302 Found", f"{PORTAL}/{'x' * 4000}", "does not say where to"),
    "no redirect": ("304 Not Modified", PORTAL, "page of its own"),
    "a page": ("200 OK", PORTAL, "page of its own"),
    "created": ("201 Created", PORTAL, "page of its own"),
    "not found": ("404 Not Found", PORTAL, "answers HTTP 404"),
    "forbidden": ("403 Forbidden", PORTAL, "answers HTTP 403"),
}


@pytest.mark.parametrize("case", LEADS)
def test_what_leads_to_no_portal_is_told(authority: Authority, case: str) -> None:
    """Nobody is followed anywhere, and people read what to write instead."""
    status, location, says = LEADS[case]
    with (
        secure_server(
            authority.context(), saying(status, f"Location: {location}")
        ) as server,
        pytest.raises(ConfigError, match=says) as caught,
    ):
        resolve(server.url(), "eu-west-1")
    assert "sso_start_url" in caught.value.remedy
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("500 Oops", "HTTP 500"),
        ("503 Busy", "HTTP 503"),
        ("429 Too Many Requests", "too many"),
        ("511 Network Authentication Required", "Something else than AWS"),
    ],
)
def test_passing_trouble_is_no_fault_of_the_config(
    authority: Authority, status: str, says: str
) -> None:
    """What may be well in a minute says so; nothing has to be written anew."""
    with (
        secure_server(authority.context(), saying(status)) as server,
        pytest.raises(CannotTell, match=f"(?i){says}"),
    ):
        resolve(server.url(), "eu-west-1")


def asked_twice(server: SecureServer, session: SsoSession) -> list[str]:
    """Give what is sent for a session, twice."""
    start_urls = StartUrls()
    assert server.asked == []
    return [start_urls.sent_for(session), start_urls.sent_for(session)]


def test_a_portal_is_remembered(authority: Authority) -> None:
    """One log-in asks once, and two sessions ask once each."""
    with secure_server(authority.context(), MOVED) as server:
        session = SsoSession("corp", server.url(), "eu-west-1")
        assert asked_twice(server, session) == [f"{PORTAL}/start"] * 2
        assert len(server.asked) == 1


def test_what_was_not_found_is_looked_for_again(authority: Authority) -> None:
    """Trouble that has passed is over at the next log-in."""
    kept = StartUrls()
    with secure_server(authority.context(), saying("503 Busy"), MOVED) as server:
        with pytest.raises(CannotTell):
            kept.resolve(server.url())
        assert kept.resolve(server.url()).region == "eu-west-1"


def test_only_so_many_are_remembered() -> None:
    """Nothing grows without an end."""
    kept = StartUrls()
    for number in range(2 * start_urls.REMEMBERED):
        kept.resolve(f"https://d-{number}.awsapps.com/start", "eu-west-1")
    assert kept.remembered == start_urls.REMEMBERED


def test_a_wrong_region_is_told_before_the_browser_opens(authority: Authority) -> None:
    """Renewals would ask there in vain, so the line to write is named at once."""
    with secure_server(authority.context(), MOVED) as server:
        session = SsoSession("corp", server.url(), "us-east-1")
        with pytest.raises(ConfigError, match="us-east-1") as caught:
            StartUrls().sent_for(session)
    assert "sso_region = eu-west-1" in caught.value.remedy


def test_a_session_of_awss_sends_what_is_written() -> None:
    """The usual start URL goes out normalised, and nobody is asked."""
    assert StartUrls().sent_for(a_session()) == "https://acme.awsapps.com/start"
