"""Makes SSO sessions of the config: the declared ones, then the legacy sign-ins.

A session that can't work stays in the list, with a problem under its name, so that
people see it and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from tray.aws.config_sections import Entry, Findings
from tray.aws.config_values import Judge
from tray.core.model import SsoSession, Subject
from tray.core.wording import config as wording
from tray.core.wording import start_urls

URL, REGION = "sso_start_url", "sso_region"
_SCOPES = "sso_registration_scopes"


def declared_session(entry: Entry, found: Findings) -> SsoSession:
    """Make the session of an `[sso-session NAME]` section."""
    values = entry.values
    judge = Judge(Subject.SESSION, entry.name, entry, found)
    region = "" if REGION in values else _told_region(values.get(URL, ""))
    if not region:
        judge.missing((URL, REGION))
    elif not judge.mistyped((REGION,)):
        judge.report(start_urls.region_told, region, key="")
    for key in (URL, REGION):
        if key in values:
            judge.wrong(key, values[key])
    return SsoSession(
        name=entry.name,
        start_url=values.get(URL, ""),
        region=values.get(REGION, ""),
        registration_scopes=scopes_of(values.get(_SCOPES, "")),
    )


def _told_region(start_url: str) -> str:
    """Give the region that a start URL tells by itself, or an empty text."""
    from tray.aws.start_hosts import region_of

    try:
        return region_of(urlsplit(start_url.strip()).hostname or "")
    except ValueError:
        return ""


def scopes_of(text: str) -> tuple[str, ...]:
    """Split the scopes at commas (`aws-cli`, `parse_sso_registration_scopes`)."""
    return tuple(scope.strip() for scope in text.split(",") if scope.strip())


class SignIn(NamedTuple):
    """What a legacy profile says of its sign-in."""

    rank: int
    """0 for the config file, 1 for the credentials file."""

    line: int
    """The profile's line in it."""

    profile: str
    """The profile's name."""

    start_url: str
    """Its `sso_start_url`, as written."""

    region: str
    """Its `sso_region`."""


def legacy_sessions(
    sign_ins: Iterable[SignIn], entry_of: Callable[[str], Entry], found: Findings
) -> dict[str, SsoSession]:
    """Make one session for each start URL, as written, of legacy profiles.

    The AWS CLI keeps one token for a start URL and asks each profile's own region, so
    a token made in one region is no good in the other. The first profile's region is
    taken and the profiles that differ are reported; they stay.
    """
    sessions: dict[str, SsoSession] = {}
    for _, _, name, url, region in sign_ins:
        known = sessions.get(url)
        if known is None:
            judge = Judge(Subject.SESSION, url, entry_of(name), found)
            judge.wrong(URL, url)
            judge.wrong(REGION, region)
            sessions[url] = SsoSession(url, url, region, legacy=True)
        elif known.region != region:
            judge = Judge(Subject.PROFILE, name, entry_of(name), found)
            judge.report(wording.legacy_region, known.region, key=REGION)
    return sessions
