"""The access portal through boto3, with the cached access token of a session."""

from __future__ import annotations

from typing import Protocol

from tray.aws.clients import Clients
from tray.aws.faults import Doing, is_page, not_aws, told_as_ours
from tray.core.errors import CannotTell, SessionOver
from tray.core.model import CachedToken, CacheEntry, SsoSession


class TokenReader(Protocol):
    """Where the access token comes from."""

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key right now."""
        ...


class AccessPortal:
    """`Portal` through boto3."""

    def __init__(self, cache: TokenReader, clients: Clients) -> None:
        self._cache = cache
        self._clients = clients

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
        entry = self._cache.read(session.cache_key)
        if entry is None:
            return
        if not isinstance(entry, CachedToken):
            raise CannotTell(entry.problem.title, entry.problem.remedy)
        try:
            with told_as_ours(session, Doing.PORTAL):
                client = self._clients.portal(session)
                answer = client.logout(accessToken=entry.token.value.reveal())
        except SessionOver:
            return
        if is_page(answer["ResponseMetadata"]):
            raise not_aws(session)
