"""boto3 clients for the two services, made once per region; boto3 is imported late.

Endpoints, FIPS, proxies and certificates are botocore's own settings, so people set
them once for all their AWS tools. The clients sign nothing and look for no credentials.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

from tray.core.model import SsoSession

if TYPE_CHECKING:
    from boto3.session import Session
    from botocore.config import Config
    from mypy_boto3_sso.client import SSOClient
    from mypy_boto3_sso_oidc.client import SSOOIDCClient

CONNECT_TIMEOUT = 5
"""Seconds to reach the service."""

READ_TIMEOUT = 15
"""Seconds to wait for its answer."""

_NO_PROFILE = {"profile": (None, None, None, None)}


class Clients:
    """The clients, by service and region."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._clients: dict[tuple[str, str], object] = {}

    def oidc(self, session: SsoSession) -> SSOOIDCClient:
        """Give the client of the OIDC service in the session's region."""
        return cast("SSOOIDCClient", self._client("sso-oidc", session.region))

    def portal(self, session: SsoSession) -> SSOClient:
        """Give the client of the access portal in the session's region."""
        return cast("SSOClient", self._client("sso", session.region))

    def _client(self, service: str, region: str) -> object:
        with self._lock:
            client = self._clients.get((service, region))
            if client is None:
                client = self._made(service, region)
                self._clients[service, region] = client
            return client

    def _made(self, service: str, region: str) -> object:
        from botocore.exceptions import BotoCoreError, InvalidConfigError

        try:
            if self._session is None:
                self._session = _boto3_session()
            return self._session.client(  # type: ignore[call-overload]
                service, region_name=region, config=_config()
            )
        except ValueError as error:
            # botocore's plain word for an endpoint setting that is no address
            if isinstance(error, BotoCoreError):
                raise
            raise InvalidConfigError(error_msg=service) from None


def _boto3_session() -> Session:
    """Give a session that a missing AWS_PROFILE does not break."""
    import boto3.session
    import botocore.session

    core = botocore.session.Session()
    profile = core.get_config_variable("profile")
    if profile and profile not in core.available_profiles:
        core = botocore.session.Session(session_vars=_NO_PROFILE)
    return boto3.session.Session(botocore_session=core)


def _config() -> Config:
    from botocore import UNSIGNED
    from botocore.config import Config

    return Config(
        signature_version=UNSIGNED,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        # One request per call: a second CreateToken after a lost answer would present
        # a refresh token that has been used.
        retries={"total_max_attempts": 1},
        user_agent_extra="md/sso-tray",
    )
