"""The role credentials that AWS CLI v2 keeps in `~/.aws/cli/cache`; only ever read.

After a log-out, or a log-in by somebody else, it goes on with them until they are near
their end. The files are its own, so we say what they mean and let them be. Names and
members are those of `botocore/credentials.py` (`SSOCredentialFetcher`, `JSONFileCache`)
with the CLI's own cache folder (`awscli/customizations/assumerole.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from tray.aws.dates import parse_date
from tray.aws.files import NotPlain, TooBig, parse_members, read_bytes
from tray.core.lingering import Lingering
from tray.core.model import Profile, SsoSession

LEAST_LIFE = timedelta(minutes=15)
"""The CLI uses what it has kept while so much is left, and asks anew afterwards."""


def role_cache_key(session: SsoSession, account_id: str, role_name: str) -> str:
    """Give the name of the file with a role's credentials, without `.json`."""
    described = {"accountId": account_id, "roleName": role_name}
    if session.legacy:
        described["startUrl"] = session.start_url
    else:
        described["sessionName"] = session.name
    text = json.dumps(described, sort_keys=True, separators=(",", ":"))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class CliRoleCache:
    """`RoleCache` over the AWS CLI's own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(
        self, session: SsoSession, profiles: Iterable[Profile], now: datetime
    ) -> Lingering | None:
        """Tell which of these profiles the AWS CLI serves without asking, or None.

        Profiles of other sessions, and those that assume a further role (whose SSO part
        is not kept), are passed over. Whatever can't be read is of no use to the CLI
        either.
        """
        ends: dict[tuple[str, str], datetime | None] = {}
        served: dict[str, datetime] = {}
        for profile in profiles:
            if profile.session != session.name or profile.source_profile is not None:
                continue
            role = (profile.account_id, profile.role_name)
            if role not in ends:
                ends[role] = self._end(role_cache_key(session, *role), now)
            end = ends[role]
            if end is not None:
                served[profile.name] = end
        return Lingering(tuple(served), max(served.values())) if served else None

    def _end(self, key: str, now: datetime) -> datetime | None:
        """Tell until when a file is used, if it is there and still of use."""
        try:
            content, _ = read_bytes(str(self._folder / f"{key}.json"))
        except (OSError, TooBig, NotPlain):
            return None
        found = (parse_members(content) or {}).get("Credentials")
        if not isinstance(found, dict) or not isinstance(found.get("AccessKeyId"), str):
            return None
        expires_at = parse_date(found.get("Expiration"))
        if expires_at is None or expires_at - now < LEAST_LIFE:
            return None
        return expires_at - LEAST_LIFE
