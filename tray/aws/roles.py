"""Role credentials from the access portal, through boto3."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tray.aws.clients import Clients
from tray.aws.faults import Doing, not_aws, told_as_ours
from tray.aws.portal import TokenReader
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, SessionOver
from tray.core.model import CachedToken, Profile, Secret, SsoSession
from tray.core.wording import signin


class Roles:
    """Asks `GetRoleCredentials` with the cached access token of a session."""

    def __init__(self, cache: TokenReader, clients: Clients) -> None:
        self._cache = cache
        self._clients = clients

    def credentials(self, session: SsoSession, profile: Profile) -> RoleCredentials:
        """Give the credentials of a profile's account and role.

        Raises `SessionOver` when nobody is logged in, `Refused` for a role that this
        person has not, and `CannotTell`.
        """
        entry = self._cache.read(session.cache_key)
        if entry is None:
            raise SessionOver(*signin.session_over(session))
        if not isinstance(entry, CachedToken):
            raise CannotTell(entry.problem.title, entry.problem.remedy)
        with told_as_ours(session, Doing.PORTAL):
            answer = self._clients.portal(session).get_role_credentials(
                roleName=profile.role_name,
                accountId=profile.account_id,
                accessToken=entry.token.value.reveal(),
            )
        return _read(answer.get("roleCredentials"), session)


def _read(found: Any, session: SsoSession) -> RoleCredentials:  # noqa: ANN401 - foreign
    try:
        return RoleCredentials(
            access_key_id=str(found["accessKeyId"]),
            secret_access_key=Secret(str(found["secretAccessKey"])),
            session_token=Secret(str(found["sessionToken"])),
            expiration=datetime.fromtimestamp(int(found["expiration"]) / 1000, UTC),
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise not_aws(session) from None
