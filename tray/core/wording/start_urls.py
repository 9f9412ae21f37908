"""Sentences about start URLs that are not AWS's own; pairs as in `signin`."""

from __future__ import annotations

from tray.core.model import Problem
from tray.core.wording.config import bare

_FORM = "https://NAME.awsapps.com/start"
_PORTAL = (
    f"Write the access portal's own address ({_FORM} and the like) as sso_start_url; "
    "your administrator knows it."
)
_NETWORK = "If this network wants a sign-in first, do that in the browser, try again."


def not_https(start_url: str) -> tuple[str, str]:
    """Say that a start URL is not safe to go to."""
    return (
        f"The start URL {bare(start_url)} does not begin with https://.",
        f"Write it with https:// as sso_start_url, such as {_FORM}.",
    )


def malformed(start_url: str) -> tuple[str, str]:
    """Say that a start URL is no address at all."""
    return (
        f"The start URL {bare(start_url)} is no web address with a host.",
        f"Write it as sso_start_url like {_FORM}.",
    )


def leads_elsewhere(host: str, other: str) -> tuple[str, str]:
    """Say that a start URL redirects to somebody who is not AWS."""
    return (
        f"{bare(host)} leads to {bare(other)}, which is no access portal of AWS.",
        f"{_PORTAL} {_NETWORK}",
    )


def leads_to_http(host: str, other: str) -> tuple[str, str]:
    """Say that a start URL redirects to an address without https."""
    return (
        f"{bare(host)} leads to {bare(other)} without https, where nobody may log in.",
        f"Ask whoever runs {bare(host)} to redirect to https. {_PORTAL}",
    )


def leads_nowhere(host: str) -> tuple[str, str]:
    """Say that a start URL redirects without saying where to."""
    return (f"{bare(host)} redirects, but does not say where to.", _PORTAL)


def leads_to_itself(host: str) -> tuple[str, str]:
    """Say that a start URL redirects in a circle."""
    return (
        f"{bare(host)} leads back to itself and never to an access portal of AWS.",
        _PORTAL,
    )


def own_page(host: str) -> tuple[str, str]:
    """Say that a page came where a redirect to AWS was awaited."""
    return (
        f"{bare(host)} shows a page of its own and leads to no access portal of AWS.",
        f"{_PORTAL} {_NETWORK}",
    )


def refused(host: str, status: int) -> tuple[str, str]:
    """Say that a start URL's server does not know the page."""
    return (
        f"{bare(host)} answers HTTP {status} and leads to no access portal of AWS.",
        f"Look for a slip in sso_start_url. {_PORTAL}",
    )


def region_differs(host: str, region: str, written: str) -> tuple[str, str]:
    """Say that a start URL leads to another region than the config names."""
    return (
        f"{bare(host)} leads to a portal in {region}; sso_region is {bare(written)}.",
        f"Write sso_region = {region}: every AWS tool asks there.",
    )


def region_unknown(host: str) -> tuple[str, str]:
    """Say that no region is written, and that the address tells none."""
    return (
        f"{bare(host)} does not tell its region, and no sso_region is written.",
        "Write the region of your IAM Identity Center as sso_region.",
    )


def region_told(who: str, where: str, region: str) -> Problem:
    """Say that a session has no region, which its start URL tells."""
    return Problem(f"{who} ({where}) has no sso_region.", f"Add: sso_region = {region}")
