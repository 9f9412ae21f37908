"""The role credentials that the AWS CLI keeps in `~/.aws/cli/cache`.

After a log-out, or a log-in by somebody else, it goes on with them until they are near
their end. What it wrote is its own: we say what it means and let it be. For profiles
that people chose, we write files of the same names and form, so that it need not ask
anybody, and take them away again; a member that it drops tells them from its own.

Names and members are those of `botocore/credentials.py` (`SSOCredentialFetcher`,
`AssumeRoleCredentialFetcher`, `JSONFileCache`) with the CLI's own cache folder
(`awscli/customizations/assumerole.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from tray.aws.dates import parse_date
from tray.aws.files import NotPlain, TooBig, parse_members, read_bytes
from tray.core.lingering import Lingering
from tray.core.model import Profile, SsoSession
from tray.core.roles import AssumedRole

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


def assumed_role_key(role: AssumedRole) -> str:
    """Give the name of the file with an assumed role's credentials, without `.json`.

    Made from what `AssumeRole` is asked for; a session's name counts only if the
    profile names one.
    """
    asked: dict[str, object] = {"RoleArn": role.role_arn}
    if role.session_name:
        asked["RoleSessionName"] = role.session_name
    if role.external_id:
        asked["ExternalId"] = role.external_id
    if role.duration:
        asked["DurationSeconds"] = role.duration
    text = json.dumps(asked, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def file_key(session: SsoSession, profile: Profile) -> str:
    """Give the name of the file that the AWS CLI looks into for a profile."""
    if profile.roles:
        return assumed_role_key(profile.roles[-1])
    return role_cache_key(session, profile.account_id, profile.role_name)


class CliRoleCache:
    """`RoleCache` over the AWS CLI's own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(
        self, session: SsoSession, profiles: Iterable[Profile], now: datetime
    ) -> Lingering | None:
        """Tell which of these profiles the AWS CLI serves without asking, or None.

        Profiles of other sessions are passed over. Whatever can't be read is of no use
        to the CLI either.
        """
        mine = [(session, one) for one in profiles if one.session == session.name]
        served = self.ends(mine, now)
        return Lingering(tuple(served), max(served.values())) if served else None

    def ends(
        self, profiles: Iterable[tuple[SsoSession, Profile]], now: datetime
    ) -> Mapping[str, datetime]:
        """Tell until when the AWS CLI serves profiles without asking, by name."""
        try:
            there = {path.stem for path in self._folder.glob("*.json")}
        except OSError:
            return {}
        known: dict[str, datetime | None] = {}
        served: dict[str, datetime] = {}
        for session, profile in profiles if there else ():
            key = file_key(session, profile)
            if key not in there:
                continue
            if key not in known:
                known[key] = self._end(key, now)
            end = known[key]
            if end is not None:
                served[profile.name] = end
        return served

    def _end(self, key: str, now: datetime) -> datetime | None:
        """Tell until when a file is used, if it is there and still of use."""
        found = read_kept(self._folder / f"{key}.json").get("Credentials")
        if not isinstance(found, dict) or not isinstance(found.get("AccessKeyId"), str):
            return None
        expires_at = parse_date(found.get("Expiration"))
        if expires_at is None or expires_at - now < LEAST_LIFE:
            return None
        return expires_at - LEAST_LIFE


def read_kept(path: Path) -> dict[str, object]:
    """Give a file's members; none where it is not there, or not readable."""
    try:
        return parse_members(read_bytes(str(path))[0]) or {}
    except (OSError, TooBig, NotPlain):
        return {}
