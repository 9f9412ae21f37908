"""Which hosts are AWS's own, and what they tell."""

from __future__ import annotations

import pytest

from tray.aws.start_hosts import is_aws_host, region_of

OWN = {
    "d-1234567890.awsapps.com": "",
    "NAME.AWSAPPS.COM": "",
    "name.awsapps.com.": "",
    "awsapps.com": "",
    "d-1234567890.awsapps.cn": "",
    "start.home.awsapps.cn": "",
    "start.cn-north-1.home.awsapps.cn": "cn-north-1",
    "start.us-gov-home.awsapps.com": "",
    "start.us-gov-west-1.us-gov-home.awsapps.com": "us-gov-west-1",
    "ssoins-0123456789abcdef.portal.eu-west-1.app.aws": "eu-west-1",
    "SSOINS-0123456789ABCDEF.PORTAL.US-WEST-2.APP.AWS": "us-west-2",
    "ssoins-0123456789abcdef.eu-central-2.portal.amazonaws.com": "eu-central-2",
    "ssoins-0123456789abcdef.us-gov-east-1.portal.amazonaws.com": "us-gov-east-1",
    "ssoins-0123456789abcdef.cn-northwest-1.portal.amazonaws.com.cn": "cn-northwest-1",
    "ssoins-0123456789abcdef.portal.cn-north-1.app.amazonwebservices.com.cn": (
        "cn-north-1"
    ),
    "ssoins-0123456789abcdef.eusc-de-east-1.portal.amazonaws.eu": "eusc-de-east-1",
    "ssoins-0123456789abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu": (
        "eusc-de-east-1"
    ),
    "identitycenter.amazonaws.com": "",
    "identitycenter.amazonaws.com.cn": "",
    "identitycenter.amazonaws.eu": "",
    "ssoins-1.portal.somewhere.app.aws": "",
}

FOREIGN = (
    "",
    "sso.corp.example",
    "awsapps.com.corp.example",
    "notawsapps.com",
    "corp-awsapps.com",
    "portal.amazonaws.com.corp.example",
    "signin.aws.amazon.com",
    "s3.amazonaws.com",
    "identitycenter.amazonaws.com.corp.example",
    "corp.example\\.awsapps.com",
    "corp.example/.awsapps.com",
    "a b.awsapps.com",
    "\u0430wsapps.com",
    ".awsapps.com",
    "x..awsapps.com",
    "127.0.0.1",
    "localhost",
    "::1",
)


@pytest.mark.parametrize(("host", "region"), OWN.items())
def test_hosts_of_aws_are_known(host: str, region: str) -> None:
    """AWS's portals are known, and tell their region where they have one."""
    assert is_aws_host(host)
    assert region_of(host) == region


@pytest.mark.parametrize("host", FOREIGN)
def test_look_alikes_are_not_aws(host: str) -> None:
    """A host that only looks like one of AWS's is asked where it leads to."""
    assert not is_aws_host(host)
