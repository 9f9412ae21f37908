"""Which hosts of start URLs are AWS's own, and which of them tell their region.

The forms are those that AWS's tools know (AWS CLI v2, `customizations/sso/resolve.py`;
AWS SDK for .NET, `SSOEndpointResolver`; and AWS's pages on the access portal). Whatever
is on none of these lists is somebody's own name for a portal: a vanity URL.
"""

from __future__ import annotations

import re

_OWN = (
    "app.aws",
    "portal.amazonaws.com",
    "awsapps.com",
    "portal.amazonaws.com.cn",
    "app.amazonwebservices.com.cn",
    "awsapps.cn",
    "portal.amazonaws.eu",
    "api.amazonwebservices.eu",
)
"""AWS's domains of access portals; GovCloud uses those of the first three lines."""

_ISSUERS = frozenset(
    f"identitycenter.amazonaws.{end}" for end in ("com", "com.cn", "eu")
)
"""Hosts of issuer URLs, one for each partition."""

_REGION = r"([a-z]{2,8}(?:-[a-z]+)+-[0-9]{1,2})"
_TELLING = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"[^.]+\.portal\.{_REGION}\.app\.(?:aws|amazonwebservices\.com\.cn)",
        rf"[^.]+\.portal\.{_REGION}\.api\.amazonwebservices\.eu",
        rf"[^.]+\.{_REGION}\.portal\.amazonaws\.(?:com|com\.cn|eu)",
        rf"start\.{_REGION}\.(?:us-gov-home\.awsapps\.com|home\.awsapps\.cn)",
    )
)
"""The forms of hosts that carry a region."""

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def is_aws_host(host: str) -> bool:
    """Tell whether a host is AWS's own; look-alikes such as `awsapps.com.x` are not."""
    name = host.lower().removesuffix(".")
    if not _HOST.fullmatch(name):
        return False
    return name in _ISSUERS or any(
        name == domain or name.endswith(f".{domain}") for domain in _OWN
    )


def region_of(host: str) -> str:
    """Give the region that a host of AWS's tells, or an empty text."""
    name = host.lower().removesuffix(".")
    found = (form.fullmatch(name) for form in _TELLING)
    return next((match[1] for match in found if match), "")
