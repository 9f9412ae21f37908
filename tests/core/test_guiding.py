"""What the guided set-up proposes, and what it says about wrong answers."""

from __future__ import annotations

import pytest

from tests.builders import a_session
from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.errors import UsageError
from tray.core.guiding import (
    chosen,
    likely_name,
    likely_region,
    name_problem,
    output_problem,
    region_problem,
    session_for,
    start_url_of,
)
from tray.core.model import AwsConfig, SsoSession
from tray.core.wording import configure as wording

URL = "https://acme.awsapps.com/start"
DEV = Account("111111111111", "Dev")
NAMELESS = Account("222222222222")
ALL = (Access(DEV, "Admin"), Access(DEV, "Read"), Access(NAMELESS, "Read"))
CONFIG = AwsConfig((a_session(), a_session(legacy=True)))


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("acme", URL),
        ("  Acme ", URL),
        ("d-1234567890", "https://d-1234567890.awsapps.com/start"),
        ("acme.awsapps.com", URL),
        ("acme.awsapps.com/start", URL),
        ("https://acme.awsapps.com", URL),
        (f"<{URL}/#/>", URL),
        (f'"{URL}/#/?tab=x"', URL),
        ("https://sso.acme.example/login", "https://sso.acme.example/login"),
        ("http://acme.example", "http://acme.example"),
        ("https://[x.y", "https://[x.y"),
        ("no such thing", "no such thing"),
        ("", ""),
    ],
)
def test_start_urls_as_people_type_them(typed: str, url: str) -> None:
    """A company's name, a host, what the copy button gives; nonsense stays nonsense."""
    assert start_url_of(typed) == url


@pytest.mark.parametrize(
    ("url", "taken", "name"),
    [
        (URL, (), "acme"),
        (URL, ("acme",), "acme-2"),
        (URL, ("acme", "acme-2"), "acme-3"),
        ("https://d-1234567890.awsapps.com/start", (), "sso"),
        ("https://ssoins-12345678.portal.eu-west-1.app.aws", (), "sso"),
        ("http://127.0.0.1:8080/start/corp", (), "corp"),
        ("no address", (), "sso"),
        ("https://[x.y", (), "sso"),
    ],
)
def test_names_for_sessions(url: str, taken: tuple[str, ...], name: str) -> None:
    """What people call the portal; what only machines read is no name."""
    assert likely_name(url, taken) == name


def test_the_region_of_other_sessions_is_likely() -> None:
    """Then that of this shell, and else the most usual one."""
    assert likely_region(CONFIG, {"AWS_REGION": "us-west-2"}) == "eu-west-1"
    assert likely_region(AwsConfig(), {"AWS_REGION": "us-west-2"}) == "us-west-2"
    assert likely_region(AwsConfig(), {"AWS_REGION": "mars"}) == "us-east-1"


def test_a_portal_that_the_config_has_is_found() -> None:
    """However its address is written; old profiles are no session to join."""
    assert session_for(f"{URL}/#/", CONFIG) == a_session()
    assert session_for(URL, AwsConfig((a_session(legacy=True),))) is None
    assert session_for(URL, AwsConfig((SsoSession("x", URL, ""),))) is None


@pytest.mark.parametrize(
    ("name", "url", "wrong"),
    [
        ("acme", URL, ""),
        ("corp", URL, ""),
        ("corp", "https://other.awsapps.com/start", "leads to"),
        ("a b", URL, "can't be a name"),
        ("", URL, "can't be a name"),
    ],
)
def test_what_is_wrong_with_a_name(name: str, url: str, wrong: str) -> None:
    """Nothing that tools stumble over, and nothing that leads elsewhere."""
    said = name_problem(name, url, CONFIG)

    assert wrong in said
    assert bool(said) == bool(wrong)


def test_regions_and_outputs() -> None:
    """What can't be one is said, with an example."""
    assert region_problem("us-gov-west-1") == ""
    assert "eu-west-1" in region_problem("")
    assert output_problem("") == output_problem("yaml-stream") == ""
    assert "table" in output_problem("xml")


@pytest.mark.parametrize(
    ("accounts", "roles", "count"),
    [
        ((), (), 3),
        (("dev",), (), 2),
        (("111111111111", "222222222222"), ("Read",), 2),
        ((), ("Admin",), 1),
    ],
)
def test_accounts_and_roles_by_name_or_number(
    accounts: tuple[str, ...], roles: tuple[str, ...], count: int
) -> None:
    """None named means all."""
    assert len(chosen(ALL, accounts, roles)) == count


@pytest.mark.parametrize(
    ("accounts", "roles", "said"),
    [
        (("999999999999",), (), "Dev, 222222222222"),
        (("Lab",), (), "Dev, 222222222222"),
        (("222222222222",), ("Admin",), "Read"),
    ],
)
def test_what_can_t_be_reached_is_named(
    accounts: tuple[str, ...], roles: tuple[str, ...], said: str
) -> None:
    """With what there is instead."""
    with pytest.raises(UsageError) as told:
        chosen(ALL, accounts, roles)

    assert said in told.value.remedy


def test_long_lists_are_cut() -> None:
    """Six names help, sixty do not; none is said to be none."""
    many = wording.no_such_account("x", [f"a{n}" for n in range(60)])
    none = wording.no_such_account("x", [])

    assert many[1].endswith("a5, 54 more.")
    assert none[1].endswith("none.")


def test_the_preview_tells_how_many_there_are() -> None:
    """Three names, and the number of the others."""
    assert wording.preview(["a", "b"], 2) == "a, b"
    assert wording.preview(["a", "b", "c", "d", "e"], 5) == "a, b, c and 2 more"


@pytest.mark.parametrize(
    ("answer", "wrong"), [("", False), ("Y", False), ("no", False), ("perhaps", True)]
)
def test_yes_or_no(answer: str, *, wrong: bool) -> None:
    """Nothing else is taken for either."""
    assert bool(wording.yes_or_no(answer)) is wrong


def test_what_an_address_tells_is_said() -> None:
    """Where it leads to, and the region that can't be another one."""
    assert URL in wording.found_portal(URL)
    assert wording.found_region("eu-west-1") == "Its region is eu-west-1."
