"""Tokens that rest in the keyring: what may be known of them without asking it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from tray.core.model import AccessToken, CachedToken, Secret
from tray.core.stamps import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1

YEARS = range(1970, 2400)
"""Times outside of these are damage, and can't be counted on from."""


class KeptSecret(Secret):
    """A secret that rests elsewhere: told from others, and never revealed."""

    __slots__ = ()

    def reveal(self) -> str:
        """Give nothing: it is not here."""
        return ""

    def fingerprint(self) -> str:
        """Give the secret's own, which is all that is known."""
        return self._text


def facts_of(cached: CachedToken) -> str:
    """Give the text that says all but the secrets."""
    token = cached.token
    return json.dumps(
        {
            "version": VERSION,
            "fingerprint": cached.fingerprint,
            "written_at": cached.written_at.isoformat(),
            "expires_at": stamp(token.expires_at),
            "refresh_token": _mark(token.refresh_token),
            "client_id": token.client_id,
            "client_secret": _mark(token.client_secret),
            "registration_expires_at": stamp(token.registration_expires_at),
        }
    )


def read_facts(text: str) -> CachedToken | None:
    """Give the token with marks in place of its secrets; None for another's text."""
    try:
        data: Mapping[str, object] = json.loads(text)
        if data["version"] != VERSION:
            return None
        mark, ends = data["fingerprint"], data["registration_expires_at"]
        json.dumps(data, ensure_ascii=False).encode()  # JSON can hold half a letter
        client = data["client_id"]
        if not isinstance(mark, str):
            return None
        token = AccessToken(
            value=KeptSecret(mark),
            expires_at=_moment(data["expires_at"]),
            refresh_token=_kept(data["refresh_token"]),
            client_id=client if isinstance(client, str) else None,
            client_secret=_kept(data["client_secret"]),
            registration_expires_at=None if ends is None else _moment(ends),
        )
        return CachedToken(token, _moment(data["written_at"]), mark)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _mark(secret: Secret | None) -> str | None:
    return None if secret is None else secret.fingerprint()


def _kept(mark: object) -> KeptSecret | None:
    return KeptSecret(mark) if isinstance(mark, str) else None


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None or moment.year not in YEARS:
        raise ValueError(text)
    return moment
