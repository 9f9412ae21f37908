"""Whether the services of Identity Center can be reached, and what their clocks say.

A plain `GET` of the endpoint's address, which asks for nothing and needs no token: any
answer will do. Endpoints, proxies and certificates are botocore's own settings.
"""

from __future__ import annotations

import os
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tray.aws.clients import Clients, core_session
from tray.aws.faults import Doing, told_as_ours
from tray.core.errors import TrayError
from tray.core.looks import Reached
from tray.core.model import SsoSession
from tray.core.ports import Clock

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse

PATIENCE = (3, 5)
"""Seconds to reach a service, and to wait for its answer."""


def reach(session: SsoSession, clients: Clients, clock: Clock) -> tuple[Reached, ...]:
    """Ask both services of a session's region. Never raises `TrayError`."""
    return tuple(
        _reach(session, clients, clock, portal=portal) for portal in (False, True)
    )


def authority(environ: dict[str, str]) -> tuple[str, bool] | None:
    """Give the file of certificates that people have set, and whether it is there."""
    place = environ.get("AWS_CA_BUNDLE") or _verify()
    if not isinstance(place, str):
        return None
    return place, os.access(place, os.R_OK)


def _reach(
    session: SsoSession, clients: Clients, clock: Clock, *, portal: bool
) -> Reached:
    host = session.region
    try:
        with told_as_ours(session, Doing.PORTAL):
            client = clients.portal(session) if portal else clients.oidc(session)
            url = client.meta.endpoint_url
            host = urlsplit(url).hostname or url
            answer = _get(url)
    except TrayError as error:
        return Reached(host, error)
    return Reached(host, ahead=_ahead(answer, clock))


def _get(url: str) -> AWSResponse:
    from botocore.awsrequest import AWSRequest
    from botocore.httpsession import URLLib3Session
    from botocore.utils import get_environ_proxies

    http = URLLib3Session(
        verify=_verify(),  # type: ignore[arg-type]  # a file is right, too
        proxies=get_environ_proxies(url),
        timeout=PATIENCE,  # type: ignore[arg-type]  # as botocore does
    )
    try:
        return http.send(AWSRequest("GET", url).prepare())
    finally:
        http.close()


def _verify() -> bool | str:
    place = core_session().get_config_variable("ca_bundle")
    return place if isinstance(place, str) and place else True


def _ahead(answer: AWSResponse, clock: Clock) -> timedelta | None:
    date = answer.headers.get("Date")
    try:
        return clock.now() - parsedate_to_datetime(date) if date else None
    except (ValueError, TypeError):
        return None
