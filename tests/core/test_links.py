"""Addresses of the access portal."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from tests.builders import a_profile, a_session
from tray.core.links import console_url, normalised_start_url, role_arn_pattern

START = "https://acme.awsapps.com/start"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (START, START),
        (f"{START}/", START),
        (f"{START}#", START),
        (f"{START}/#/", START),
        (f"{START}/#/?tab=accounts", START),
        (f"{START}?tab=accounts", START),
        (f" {START} ", START),
        (
            "https://start.us-gov-home.awsapps.com/directory/d-12/#/",
            "https://start.us-gov-home.awsapps.com/directory/d-12",
        ),
        ("https://ssoins-12.portal.eu-west-1.app.aws", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_start_urls_are_sent_plain(written: str, sent: str | None) -> None:
    """Query, fragment and trailing slash are dropped, and nothing else."""
    assert normalised_start_url(written) == (written if sent is None else sent)


def test_the_console_link_is_the_portals() -> None:
    """The link names account and role, escaped, and holds nothing secret."""
    session = replace(a_session(), start_url=f"{START}/#/")
    profile = replace(a_profile(), role_name="Power&Admin")

    url = console_url(session, profile)

    assert url == f"{START}/#/console?account_id=111122223333&role_name=Power%26Admin"


@pytest.mark.parametrize(
    ("region", "page"),
    [
        ("eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"),
        ("cn-north-1", "cn-north-1.console.amazonaws.cn"),
        ("", "eu-west-1.console.aws.amazon.com"),
    ],
)
def test_the_console_begins_at_a_service(region: str, page: str) -> None:
    """In the profile's region, else in the session's, in every partition."""
    profile = replace(a_profile(), region=region)

    url = console_url(a_session(), profile, "s3")

    _, _, wanted = url.partition("&destination=")
    region = region or "eu-west-1"
    assert unquote(wanted) == f"https://{page}/s3/home?region={region}"


ARNS = [
    (
        "eu-west-1",
        "aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1",
    ),
    ("us-east-1", "aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"),
    ("", "aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"),
    (
        "us-gov-west-1",
        "aws-us-gov:iam::111122223333:role/aws-reserved/sso.amazonaws.com/us-gov-west-1",
    ),
    (
        "cn-north-1",
        "aws-cn:iam::111122223333:role/aws-reserved/sso.amazonaws.com/cn-north-1",
    ),
]


@pytest.mark.parametrize(("region", "expected"), ARNS)
def test_the_pattern_of_a_roles_arn(region: str, expected: str) -> None:
    """AWS's own form, in every partition, with a star for what is not known."""
    session = replace(a_session(), region=region)

    assert role_arn_pattern(session, a_profile()) == (
        f"arn:{expected}/AWSReservedSSO_Admin_*"
    )
