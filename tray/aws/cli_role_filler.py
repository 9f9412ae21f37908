"""Fills the AWS CLI's role cache for profiles that people chose."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from tray.aws.cli_role_cache import file_key, read_kept
from tray.aws.dates import parse_date
from tray.aws.files import replace_json
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell
from tray.core.model import Profile, SsoSession
from tray.core.rolekeys import account_of
from tray.core.stamps import stamp
from tray.core.wording import delivery as wording

MARK, OURS = "FilledBy", "sso-tray"
"""A member that the CLI passes over and drops when it writes the file itself."""


class CliRoleFiller:
    """`RoleFiller` over the AWS CLI's own folder."""

    def __init__(self, folder: Path, pause: Callable[[float], None]) -> None:
        self._folder = folder
        self._pause = pause

    def fill(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> None:
        """Put credentials where the AWS CLI looks for a profile's."""
        path = self._path(session, profile)
        found = read_kept(path).get("Credentials")
        until = parse_date(found.get("Expiration")) if isinstance(found, dict) else None
        if until is not None and until >= keys.expiration.replace(microsecond=0):
            return
        try:
            replace_json(path, _members(profile, keys), self._pause)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CannotTell(*wording.not_filled(str(path), reason)) from None

    def clear(self, session: SsoSession, profile: Profile) -> None:
        """Take away what we have put there, and nothing else."""
        path = self._path(session, profile)
        if read_kept(path).get(MARK) != OURS:
            return
        try:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CannotTell(*wording.not_filled(str(path), reason)) from None

    def _path(self, session: SsoSession, profile: Profile) -> Path:
        return self._folder / f"{file_key(session, profile)}.json"


def _members(profile: Profile, keys: RoleCredentials) -> dict[str, object]:
    """Give the file as the CLI writes it: a role of SSO, or an answer of STS."""
    credentials = {
        "AccessKeyId": keys.access_key_id,
        "SecretAccessKey": keys.secret_access_key.reveal(),
        "SessionToken": keys.session_token.reveal(),
        "Expiration": stamp(keys.expiration),
        "AccountId": account_of(profile),
    }
    kind = {} if profile.roles else {"ProviderType": "sso"}
    return {**kind, "Credentials": credentials, MARK: OURS}
