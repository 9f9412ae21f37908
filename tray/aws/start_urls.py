"""Finds the access portal behind a start URL, as AWS CLI v2 does before a log-in.

A company may give its portal a name of its own, which redirects to AWS's. One question
tells where to; nobody ever goes there, so a redirect can't lead us into a private
network. Proxies and certificates are botocore's settings. Meant for the child process.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from tray.aws.faults import Doing, told_as_ours
from tray.aws.start_hosts import is_aws_host, region_of
from tray.core.errors import ConfigError
from tray.core.links import normalised_start_url
from tray.core.model import SsoSession
from tray.core.refusals import Cause, Told, refusal
from tray.core.wording import start_urls as wording

CONNECT_TIMEOUT = 5
READ_TIMEOUT = 5
LONGEST = 12
"""Seconds for the whole question, however slowly an answer drips."""

REMEMBERED = 64
"""Start URLs whose portal is remembered, while the process lasts."""

LONGEST_LOCATION = 2048
"""Characters of an address that can still be a portal's."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_HEAD = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED})
_HTTPS = 443


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a log-in goes to."""

    start_url: str
    """The access portal's own address, as it is sent to the service."""

    region: str
    """The region to ask; what the address tells, else what is configured."""


def resolve(start_url: str, region: str = "", longest: float = LONGEST) -> Resolved:
    """Find the portal and region of a start URL; `region` is what is configured.

    `longest` is in seconds.

    Raises `ConfigError` when it leads to no portal of AWS, or no region is to be found,
    and `CannotTell` when the host can't be asked now.
    """
    parts = _parts(start_url)
    host = parts.hostname or ""
    plain = normalised_start_url(start_url)
    if parts.scheme == "http" and host in _LOOPBACK:
        return Resolved(plain, _known(region, host))  # a stand-in on this machine
    if parts.scheme != "https":
        raise ConfigError(*wording.not_https(start_url))
    if is_aws_host(host):
        return Resolved(plain, _known(region or region_of(host), host))
    target = _portal_of(host, _asked(start_url, region, longest), start_url)
    told = region_of(urlsplit(target).hostname or "")
    return Resolved(target, _known(told or region, host))


def as_written(session: SsoSession) -> str:
    """Give the start URL of a session whose portal is AWS's own, as it is sent."""
    return normalised_start_url(session.start_url)


class StartUrls:
    """Finds portals once each; what could not be found is looked for again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Resolved] = OrderedDict()

    def resolve(self, start_url: str, region: str = "") -> Resolved:
        """Do what the function of this name does, or remember it."""
        key = (start_url, region)
        with self._lock:
            known = self._known.get(key)
        if known is not None:
            return known
        found = resolve(start_url, region)
        with self._lock:
            self._known[key] = found
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    @property
    def remembered(self) -> int:
        """How many are remembered."""
        return len(self._known)

    def sent_for(self, session: SsoSession) -> str:
        """Give the start URL to send for a session, the normalised one of its portal.

        Raises `ConfigError`, also when its portal is in another region than the one
        that it names: renewals, and all other tools, would ask there in vain.
        """
        found = self.resolve(session.start_url, session.region)
        if found.region != session.region:
            host = urlsplit(session.start_url).hostname or ""
            words = wording.region_differs(host, found.region, session.region)
            raise ConfigError(*words)
        return found.start_url


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        usable = parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        usable, parts = None, SplitResult("", "", "", "", "")
    if not usable:
        raise ConfigError(*wording.malformed(url))
    return parts


def _known(region: str, host: str) -> str:
    if not region:
        raise ConfigError(*wording.region_unknown(host))
    return region


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a host said; its body is never read."""

    status: int
    """The HTTP status."""

    headers: Mapping[str, str]
    """The headers."""


def _portal_of(host: str, answer: _Answer, start_url: str) -> str:
    """Read the portal's address from a redirect, normalised."""
    if answer.status not in _REDIRECTS:
        known = answer.status >= HTTPStatus.BAD_REQUEST
        words = (
            wording.refused(host, answer.status) if known else wording.own_page(host)
        )
        raise ConfigError(*words)
    location = answer.headers.get("Location", "").strip()
    if not location or len(location) > LONGEST_LOCATION:
        raise ConfigError(*wording.leads_nowhere(host))
    try:
        target = urljoin(start_url.strip(), location)
        parts = urlsplit(target)
        other, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConfigError(*wording.leads_nowhere(host)) from None
    if normalised_start_url(target) == normalised_start_url(start_url):
        raise ConfigError(*wording.leads_to_itself(host))
    if not is_aws_host(other) or port not in {None, _HTTPS} or parts.username:
        raise ConfigError(*wording.leads_elsewhere(host, other))
    if parts.scheme != "https":
        raise ConfigError(*wording.leads_to_http(host, other))
    return normalised_start_url(f"https://{other.removesuffix('.')}{parts.path}")


def _asked(start_url: str, region: str, longest: float) -> _Answer:
    """Ask a host where its start URL leads to."""
    session = SsoSession(start_url, start_url, region, legacy=True)
    told = Told(session, urlsplit(start_url.strip()).hostname or "")
    box: list[_Answer | BaseException] = []
    url = start_url.strip().partition("#")[0]

    def ask() -> None:
        try:
            with told_as_ours(session, Doing.LOGIN):
                box.append(_ask(url))
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            box.append(error)

    # A socket's time-out begins anew with every byte, so somebody else waits for it.
    asking = threading.Thread(target=ask, name="start-url", daemon=True)
    asking.start()
    asking.join(longest)
    answer = box[0] if box else refusal(Cause.TIMED_OUT, told)
    if isinstance(answer, BaseException):
        raise answer
    cause = _temporary(answer.status)
    if cause is not None:
        word = f"HTTP {answer.status}"
        raise refusal(cause, Told(session, told.host, word))
    return answer


def _temporary(status: int) -> Cause | None:
    """Give the cause of an answer that may be another one soon."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Cause.THROTTLED
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        return Cause.NOT_AWS
    return Cause.SERVER if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None


def _ask(url: str) -> _Answer:
    from botocore.awsrequest import AWSRequest
    from botocore.httpsession import URLLib3Session
    from botocore.utils import get_environ_proxies

    settings: dict[str, Any] = {  # the stubs know fewer forms of them
        "verify": _certificates(),
        "proxies": get_environ_proxies(url),
        "timeout": (CONNECT_TIMEOUT, READ_TIMEOUT),
    }

    def ask(method: str) -> _Answer:
        request = AWSRequest(method, url, {"User-Agent": "sso-tray"}).prepare()
        request.stream_output = True  # the headers are enough
        response = asking.send(request)
        with contextlib.closing(response.raw):
            return _Answer(response.status_code, response.headers)

    with contextlib.closing(URLLib3Session(**settings)) as asking:
        answer = ask("HEAD")
        return ask("GET") if answer.status in _NO_HEAD else answer


def _certificates() -> str | bool:
    """Give whom to trust, found as botocore's clients find it."""
    from botocore.exceptions import ProfileNotFound
    from botocore.session import Session

    try:
        bundle = Session().get_config_variable("ca_bundle")
    except ProfileNotFound:
        bundle = None
    return bundle or os.environ.get("REQUESTS_CA_BUNDLE") or True
