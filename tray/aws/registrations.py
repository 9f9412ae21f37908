"""Client registrations as AWS CLI v2 keeps them, beside the token files.

The form is that of `awscli/botocore/utils.py` (`BaseSSOTokenFetcher`); one registration
serves one log-in grant, and both grants share one file name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tray.aws.dates import format_date, parse_date
from tray.aws.files import NotPlain, TooBig, parse_members, read_bytes, replace_json
from tray.core.errors import TrayError
from tray.core.model import (
    DEFAULT_SCOPES,
    ClientRegistration,
    Grant,
    Secret,
    SsoSession,
)
from tray.core.wording import tokens as wording

LEAST_LIFE = timedelta(minutes=15)
"""A registration with less than this left counts as over, as in AWS CLI v2."""

CODE_GRANTS = (Grant.AUTHORIZATION_CODE.value, Grant.REFRESH_TOKEN.value)
"""`grantTypes` of a registration for authorization codes; others carry none."""


def registration_key(session: SsoSession) -> str:
    """Give the name of a session's registration file, without `.json`."""
    scopes = list(session.registration_scopes) or None
    described = {
        "tool": "botocore",
        "startUrl": session.start_url,
        "region": session.region,
        "scopes": scopes,
        "session_name": None if session.legacy else session.name,
    }
    text = json.dumps(described, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def scopes_for(session: SsoSession, grant: Grant) -> tuple[str, ...]:
    """Give the scopes to register for.

    Legacy sessions ask for none without being told to: their readers can't renew. All
    others need one, or no refresh token comes.
    """
    if session.registration_scopes:
        return session.registration_scopes
    if session.legacy and grant is Grant.DEVICE_CODE:
        return ()
    return DEFAULT_SCOPES


class RegistrationFiles:
    """The cached client registrations."""

    def __init__(self, folder: Path, pause: Callable[[float], None]) -> None:
        self._folder = folder
        self._pause = pause

    def read(
        self, session: SsoSession, grant: Grant, now: datetime
    ) -> ClientRegistration | None:
        """Give the registration for one log-in grant; None where a new one is needed.

        Whatever can't be read, ends within 15 minutes or was made for the other grant
        is none.
        """
        try:
            members = parse_members(read_bytes(str(self._path(session)))[0])
        except (OSError, TooBig, NotPlain):
            return None
        if members is None:
            return None
        client_id, secret = members.get("clientId"), members.get("clientSecret")
        expires_at = parse_date(members.get("expiresAt"))
        if not (_is_text(client_id) and _is_text(secret)):
            return None
        if expires_at is None or expires_at - now < LEAST_LIFE:
            return None
        if _grant(members) is not grant:
            return None
        scopes = members.get("scopes")
        return ClientRegistration(
            client_id=str(client_id),
            client_secret=Secret(str(secret)),
            expires_at=expires_at,
            scopes=tuple(map(str, scopes)) if isinstance(scopes, list) else (),
            grant=grant,
        )

    def ends_at(self, session: SsoSession) -> datetime | None:
        """Tell when the registration ends, over or not; None where there is none."""
        try:
            members = parse_members(read_bytes(str(self._path(session)))[0])
        except (OSError, TooBig, NotPlain):
            return None
        return parse_date((members or {}).get("expiresAt"))

    def take(
        self, session: SsoSession, grant: Grant, now: datetime
    ) -> ClientRegistration | None:
        """Give the same for a log-in that is about to begin.

        Whether the service still knows it shows in the browser only when it is for
        authorization codes: such a one is put aside until `give_back`, and a log-in
        that came to nothing is followed by one with a new registration.
        """
        registration = self.read(session, grant, now)
        if registration is not None and grant is Grant.AUTHORIZATION_CODE:
            self.remove(session)
        return registration

    def give_back(self, session: SsoSession, registration: ClientRegistration) -> None:
        """Keep a registration that has worked; never raises."""
        with contextlib.suppress(TrayError):
            self.write(session, registration)

    def write(self, session: SsoSession, registration: ClientRegistration) -> None:
        """Keep a registration. Raises `TrayError` when the folder does not take it."""
        members: dict[str, object] = {
            "clientId": registration.client_id,
            "clientSecret": registration.client_secret.reveal(),
            "expiresAt": format_date(registration.expires_at),
        }
        if registration.scopes:
            members["scopes"] = list(registration.scopes)
        if registration.grant is Grant.AUTHORIZATION_CODE:
            members["grantTypes"] = list(CODE_GRANTS)
        try:
            replace_json(self._path(session), members, self._pause)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise TrayError(*wording.unwritable(str(self._folder), reason)) from None

    def remove(self, session: SsoSession) -> None:
        """Forget a registration that the service no longer knows; never raises."""
        try:
            self._path(session).unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, session: SsoSession) -> Path:
        return self._folder / f"{registration_key(session)}.json"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _grant(members: dict[str, object]) -> Grant | None:
    grants = members.get("grantTypes")
    if grants is None:
        return Grant.DEVICE_CODE
    if isinstance(grants, list) and Grant.AUTHORIZATION_CODE.value in grants:
        return Grant.AUTHORIZATION_CODE
    return None
