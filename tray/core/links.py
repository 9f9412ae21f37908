"""Addresses of the access portal, computed from what the config says."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from tray.core.model import Profile, SsoSession

PARTITIONS = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))
"""How the names of regions begin that do not belong to the partition `aws`."""

CONSOLE = "console.aws.amazon.com"
CONSOLES = (
    ("cn-", "console.amazonaws.cn"),
    ("us-gov-", "console.amazonaws-us-gov.com"),
)
"""Where the consoles of other partitions are, by the beginnings of regions."""


@lru_cache(maxsize=64)
def normalised_start_url(url: str) -> str:
    """Give a start URL as it is sent: without query, fragment and trailing slash.

    The portal's own copy button adds `/#/`, and services have refused such spellings.
    The token cache stays keyed on the text as configured.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def role_arn_pattern(session: SsoSession, profile: Profile) -> str:
    """Give the ARN of a profile's role, with a star for what AWS adds to its name.

    The form is AWS's own: "Referencing permission sets in resource policies", user
    guide of IAM Identity Center; in us-east-1 the path has no region.
    """
    region = session.region
    partition = next((p for start, p in PARTITIONS if region.startswith(start)), "aws")
    path = "aws-reserved/sso.amazonaws.com"
    if region not in {"", "us-east-1"}:
        path = f"{path}/{region}"
    name = f"AWSReservedSSO_{profile.role_name}_*"
    return f"arn:{partition}:iam::{profile.account_id}:role/{path}/{name}"


def console_url(session: SsoSession, profile: Profile, service: str = "") -> str:
    """Give the portal's shortcut link that opens a profile's console in the browser.

    With a service, such as `s3`, it begins there, in the profile's region. The form is
    AWS's own: "Create shortcut links to AWS Management Console", user guide of IAM
    Identity Center. It needs a portal sign-in in the browser and no credentials.
    """
    start = normalised_start_url(session.start_url)
    account = quote(profile.account_id, safe="")
    role = quote(profile.role_name, safe="")
    link = f"{start}/#/console?account_id={account}&role_name={role}"
    if service:
        page = _service_page(service, profile.region or session.region)
        link += f"&destination={quote(page, safe='')}"
    return link


def _service_page(service: str, region: str) -> str:
    host = next((h for start, h in CONSOLES if region.startswith(start)), CONSOLE)
    return f"https://{region}.{host}/{service}/home?region={region}"
