"""Facts with defaults, so that a test reads as a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tray.core.memory import Memory, SessionRecord
from tray.core.model import (
    AccessToken,
    AwsConfig,
    CachedToken,
    CacheEntry,
    Profile,
    Secret,
    SsoSession,
)
from tray.core.status import Activity, Facts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""The moment at which most tests happen: a Monday."""


def minutes(count: float) -> timedelta:
    """Give so many minutes."""
    return timedelta(minutes=count)


def hours(count: float) -> timedelta:
    """Give so many hours."""
    return timedelta(hours=count)


def a_session(name: str = "corp", *, legacy: bool = False) -> SsoSession:
    """Give a session of the portal acme."""
    url = "https://acme.awsapps.com/start"
    return SsoSession(url if legacy else name, url, "eu-west-1", legacy=legacy)


def a_profile(name: str = "dev", session: str = "corp") -> Profile:
    """Give a profile of account 111122223333."""
    return Profile(name, session, "111122223333", "Admin", "eu-west-1")


def a_token(
    expires_in: timedelta = timedelta(minutes=42),
    *,
    text: str = "access-1",
    life: timedelta = timedelta(hours=1),
    refreshable: bool = True,
    now: datetime = NOON,
) -> CachedToken:
    """Give a token file as of `now`, as the AWS CLI would have written it."""
    expires_at = now + expires_in
    token = AccessToken(Secret(text), expires_at)
    if refreshable:
        token = replace(
            token,
            refresh_token=Secret(f"refresh of {text}"),
            client_id="client-1",
            client_secret=Secret("client-secret-1"),
            registration_expires_at=now + timedelta(days=60),
        )
    return CachedToken(token, expires_at - life)


def some_facts(
    entry: CacheEntry | None = None,
    *,
    session: SsoSession | None = None,
    record: SessionRecord | None = None,
    activity: Activity | None = None,
) -> Facts:
    """Give the facts of one session with one profile."""
    session = session or a_session()
    key = session.cache_key
    return Facts(
        config=AwsConfig((session,), (a_profile(session=session.name),)),
        tokens={} if entry is None else {key: entry},
        memory=Memory({key: record} if record else {}),
        activity=activity or Activity(),
    )
