"""boto3 clients for the services; boto3 is imported late.

Endpoints, FIPS, proxies and certificates are botocore's own settings, so people set
them once for all their AWS tools. No client looks for credentials: those of the two
services of Identity Center, made once per region, sign nothing, and STS is given keys.
"""

from __future__ import annotations

import contextlib
import threading
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from tray.core.credentials import RoleCredentials
from tray.core.model import SsoSession
from tray.core.ports import Clock

if TYPE_CHECKING:
    from boto3.session import Session
    from botocore.config import Config
    from botocore.session import Session as CoreSession
    from mypy_boto3_sso.client import SSOClient
    from mypy_boto3_sso_oidc.client import SSOOIDCClient
    from mypy_boto3_sts.client import STSClient


class Tries(NamedTuple):
    """How patient a client is."""

    most: int
    """So often the same is asked."""

    connect: int
    """Seconds to reach the service."""

    read: int
    """Seconds to wait for its answer."""


ONCE = Tries(1, 5, 15)
"""One request per call: a second CreateToken after a lost answer would present a
refresh token that has been used."""

UNHURRIED = Tries(3, 3, 8)
"""What can be asked again; all three, with botocore's pauses, within 40 seconds."""

_NO_PROFILE = {"profile": (None, None, None, None)}


class Clients:
    """The clients, by service and region."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._ahead: dict[str, timedelta] = {}
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._clients: dict[tuple[str, str], object] = {}

    def oidc(self, session: SsoSession) -> SSOOIDCClient:
        """Give the client of the OIDC service in the session's region."""
        return cast("SSOOIDCClient", self._client("sso-oidc", session.region))

    def portal(self, session: SsoSession) -> SSOClient:
        """Give the client of the access portal in the session's region."""
        return cast("SSOClient", self._client("sso", session.region))

    def sts(self, region: str, keys: RoleCredentials) -> STSClient:
        """Give a client of STS that signs with these keys; it is not kept.

        What AWS throttles is asked again after growing pauses: `AssumeRole` changes
        nothing, so nothing is lost by asking twice.
        """
        with self._lock:
            client = self._made(
                "sts",
                region,
                config=_config(UNHURRIED),
                aws_access_key_id=keys.access_key_id,
                aws_secret_access_key=keys.secret_access_key.reveal(),
                aws_session_token=keys.session_token.reveal(),
            )
        return cast("STSClient", client)

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Tell how far our clock is ahead of the service's, by its last answer.

        From the `Date` header, whole seconds (RFC 9110, section 6.6.1); the way that
        the answer took counts too. None where nothing is known.
        """
        return self._ahead.get(session.region)

    def _client(self, service: str, region: str) -> object:
        with self._lock:
            client = self._clients.get((service, region))
            if client is None:
                client = self._made(service, region, config=_config(ONCE, sign=False))
                self._clients[service, region] = client
            return client

    def _made(self, service: str, region: str, **more: object) -> object:
        from botocore.exceptions import BotoCoreError, InvalidConfigError

        try:
            if self._session is None:
                self._session = _boto3_session()
            client = self._session.client(  # type: ignore[call-overload]
                service, region_name=region, **more
            )
        except ValueError as error:
            # botocore's plain word for an endpoint setting that is no address
            if isinstance(error, BotoCoreError):
                raise
            raise InvalidConfigError(error_msg=service) from None
        client.meta.events.register("after-call", partial(self._look, region))
        return client

    def _look(self, region: str, http_response: object, **_: object) -> None:
        """Compare the clocks; botocore calls this with each answer."""
        headers = getattr(http_response, "headers", {})
        date = (
            None if "html" in headers.get("Content-Type", "") else headers.get("Date")
        )
        if self._clock is None or date is None:
            return
        with contextlib.suppress(ValueError, TypeError):
            theirs = parsedate_to_datetime(date)
            self._ahead[region] = self._clock.now() - theirs


def _boto3_session() -> Session:
    """Give a session that a missing AWS_PROFILE does not break."""
    import boto3.session

    return boto3.session.Session(botocore_session=core_session())


def core_session() -> CoreSession:
    """Give botocore's own session, which a missing AWS_PROFILE does not break."""
    import botocore.session

    core = botocore.session.Session()
    profile = core.get_config_variable("profile")
    if profile and profile not in core.available_profiles:
        core = botocore.session.Session(session_vars=_NO_PROFILE)
    return core


def _config(tries: Tries, *, sign: bool = True) -> Config:
    from botocore import UNSIGNED
    from botocore.config import Config

    return Config(
        signature_version=None if sign else UNSIGNED,
        connect_timeout=tries.connect,
        read_timeout=tries.read,
        retries={"total_max_attempts": tries.most, "mode": "standard"},
        user_agent_extra="md/sso-tray",
    )
