"""The access portal through boto3, with the cached access token of a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from tray.aws.clients import Clients
from tray.aws.faults import Doing, is_page, is_throttled, not_aws, told_as_ours
from tray.core.accounts import (
    LONGEST_TEXT,
    MOST_ACCOUNTS,
    Account,
    is_account_id,
    is_role,
)
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, LoginRequired, SessionOver
from tray.core.model import CacheEntry, Profile, Secret, SsoSession, Unreadable
from tray.core.wording import reach as wording
from tray.core.wording import signin

if TYPE_CHECKING:
    from mypy_boto3_sso.client import SSOClient

PAGE = 100
"""Accounts in one page; the most that the service gives."""

LONGEST_LISTING = 10.0
"""Seconds after which no further page is asked for; one page may take 20."""

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds to wait when AWS has too many requests: all that one listing may wait."""

MOST_PAGES = 20
"""Pages of roles in one account; AWS allows 50 permission sets in one."""

Answer = Mapping[str, object]


class TokenReader(Protocol):
    """Where the access token comes from."""

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key right now."""
        ...


class AccessPortal:
    """`Portal` through boto3; without a `pause` it never asks a second time."""

    def __init__(
        self,
        cache: TokenReader,
        clients: Clients,
        pause: Callable[[float], None] | None = None,
        longest: float = LONGEST_LISTING,
    ) -> None:
        self._cache = cache
        self._clients = clients
        self._pause = pause
        self._longest = longest

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
        token = self._token(session)
        if token is None:
            return
        try:
            with told_as_ours(session, Doing.PORTAL):
                client = self._clients.portal(session)
                answer = client.logout(accessToken=token.reveal())
        except SessionOver:
            return
        if is_page(answer["ResponseMetadata"]):
            raise not_aws(session)

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give every account that whoever is logged in can reach, or none of them."""
        token = self._token(session)
        if token is None:
            raise LoginRequired(*signin.logged_out(session))
        found: dict[str, Account] = {}
        for page in self._pages(session, token):
            entries = page.get("accountList")
            if not isinstance(entries, list):
                raise not_aws(session)
            accounts = [_account(entry, session) for entry in entries]
            found |= {account.account_id: account for account in accounts}
            if len(found) > MOST_ACCOUNTS:
                raise CannotTell(*wording.too_many(session))
        return tuple(found.values())

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give every role in one account, in the portal's order, each once.

        Never asks a second time: whoever asks for many accounts paces all of them.
        """
        token = self._token(session)
        if token is None:
            raise LoginRequired(*signin.logged_out(session))
        client, found, following = None, dict[str, None](), ""
        for _ in range(MOST_PAGES):
            with told_as_ours(session, Doing.PORTAL):
                client = client or self._clients.portal(session)
                page = _ask_roles(client, token, account_id, following)
            found |= dict.fromkeys(_roles(page, session))
            after = page.get("nextToken")
            if not after:
                return tuple(found)
            if not isinstance(after, str) or after == following:
                break
            following = after
        raise not_aws(session)

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's account and role.

        Raises `LoginRequired` when nobody is logged in, `Refused` for a role that this
        person has not, and `CannotTell`.
        """
        token = self._token(session)
        if token is None:
            raise LoginRequired(*signin.logged_out(session))
        with told_as_ours(session, Doing.PORTAL):
            answer = self._clients.portal(session).get_role_credentials(
                roleName=profile.role_name,
                accountId=profile.account_id,
                accessToken=token.reveal(),
            )
        return _credentials(answer.get("roleCredentials"), session)

    def _token(self, session: SsoSession) -> Secret | None:
        entry = self._cache.read(session.cache_key)
        if isinstance(entry, Unreadable):
            raise CannotTell(entry.problem.title, entry.problem.remedy)
        return entry.token.value if entry else None

    def _pages(self, session: SsoSession, token: Secret) -> Iterator[Answer]:
        with told_as_ours(session, Doing.PORTAL):
            client = self._clients.portal(session)
        pauses = iter(PAUSES if self._pause else ())
        deadline = time.monotonic() + self._longest
        following = ""
        while True:
            page = self._page(session, partial(_ask, client, token, following), pauses)
            yield page
            after = page.get("nextToken")
            if not after:
                return
            if not isinstance(after, str) or after == following:
                raise not_aws(session)
            if time.monotonic() > deadline:
                raise CannotTell(*wording.too_slow(session))
            following = after

    def _page(
        self, session: SsoSession, ask: Callable[[], Answer], pauses: Iterator[float]
    ) -> Answer:
        from botocore.exceptions import ClientError

        while True:
            with told_as_ours(session, Doing.PORTAL):
                try:
                    return ask()
                except ClientError as error:
                    seconds = next(pauses, None)
                    if seconds is None or not is_throttled(error.response):
                        raise
            if self._pause:
                self._pause(seconds)


def _credentials(found: Any, session: SsoSession) -> RoleCredentials:  # noqa: ANN401
    """Read what the service gives; its expiration is in milliseconds."""
    try:
        return RoleCredentials(
            access_key_id=str(found["accessKeyId"]),
            secret_access_key=Secret(str(found["secretAccessKey"])),
            session_token=Secret(str(found["sessionToken"])),
            expiration=datetime.fromtimestamp(int(found["expiration"]) / 1000, UTC),
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise not_aws(session) from None


def _ask(client: SSOClient, token: Secret, following: str) -> Answer:
    bearer = token.reveal()
    if following:
        return client.list_accounts(
            accessToken=bearer, maxResults=PAGE, nextToken=following
        )
    return client.list_accounts(accessToken=bearer, maxResults=PAGE)


def _ask_roles(
    client: SSOClient, token: Secret, account_id: str, following: str
) -> Answer:
    bearer = token.reveal()
    if following:
        return client.list_account_roles(
            accessToken=bearer,
            accountId=account_id,
            maxResults=PAGE,
            nextToken=following,
        )
    return client.list_account_roles(
        accessToken=bearer, accountId=account_id, maxResults=PAGE
    )


def _roles(page: Answer, session: SsoSession) -> Iterator[str]:
    """Read the names of roles; see `is_role`."""
    entries = page.get("roleList")
    if not isinstance(entries, list):
        raise not_aws(session)
    for entry in entries:
        name = entry.get("roleName") if isinstance(entry, Mapping) else None
        if not isinstance(name, str) or not is_role(name):
            raise not_aws(session)
        yield name


def _account(entry: object, session: SsoSession) -> Account:
    members: Answer = entry if isinstance(entry, Mapping) else {}
    account_id = members.get("accountId")
    if not isinstance(account_id, str) or not is_account_id(account_id):
        raise not_aws(session)
    return Account(
        account_id,
        _text(members.get("accountName")),
        _text(members.get("emailAddress")),
    )


def _text(value: object) -> str:
    """Give a text whole or cut; it is not always there."""
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""
