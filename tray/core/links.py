"""Addresses of the access portal, computed from what the config says."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from tray.core.model import Profile, SsoSession


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


def console_url(session: SsoSession, profile: Profile) -> str:
    """Give the portal's shortcut link that opens a profile's console in the browser.

    The form is AWS's own: "Create shortcut links to AWS Management Console", user guide
    of IAM Identity Center. It needs a portal sign-in in the browser and no credentials.
    """
    start = normalised_start_url(session.start_url)
    account = quote(profile.account_id, safe="")
    role = quote(profile.role_name, safe="")
    return f"{start}/#/console?account_id={account}&role_name={role}"
