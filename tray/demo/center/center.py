"""The small Identity Center as one object."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote

from tray.core.model import DEFAULT_SCOPES, AccessToken, Secret
from tray.demo.center.browsing import Browsing
from tray.demo.center.failures import Failure, Failures
from tray.demo.center.journal import Journal, Request
from tray.demo.center.ledger import Ledger
from tray.demo.center.oidc import START_PATH, Oidc
from tray.demo.center.operations import Operation
from tray.demo.center.portal import PortalApi
from tray.demo.center.records import DEVICE_GRANT, REFRESH_GRANT, PortalSession
from tray.demo.center.routes import Routes
from tray.demo.center.server import Server
from tray.demo.center.settings import CenterSettings
from tray.demo.center.sts import StsApi


class Center:
    """An IAM Identity Center on 127.0.0.1; see the package's page for the whole."""

    def __init__(
        self, settings: CenterSettings, clock: Callable[[], datetime], port: int = 0
    ) -> None:
        self._settings = settings
        self._failures = Failures()
        self._journal = Journal()
        self._ledger = Ledger(lambda: self._settings, clock)
        self._routes = Routes(self._ledger, self._failures, self._journal)
        self._server = Server(self._routes.answer, port)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; after a `stop`, on the same port again. Raises `TrayError`."""
        self._routes.serve(
            Oidc(self._ledger, lambda: self.url),
            PortalApi(self._ledger),
            Browsing(self._ledger),
            StsApi(self._ledger),
        )
        self._server.start()

    def stop(self) -> None:
        """Stop listening and end every connection; what was given out stays valid."""
        self._server.stop()

    @property
    def url(self) -> str:
        """The address of all services, known from the first `start` on."""
        return self._server.url

    def start_url(self, portal: str) -> str:
        """Give the start URL of a portal."""
        return f"{self.url}{START_PATH}{quote(portal)}"

    @property
    def settings(self) -> CenterSettings:
        """The settings of this moment."""
        return self._settings

    def configure(self, settings: CenterSettings) -> None:
        """Replace the settings for everything that is given out from now on."""
        self._settings = settings

    def fail(
        self, operation: Operation | str, failure: Failure, times: int | None = 1
    ) -> None:
        """Let the next calls of an operation fail, or all until `heal`."""
        self._failures.plan(Operation(operation), failure, times)

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._failures.clear()

    def issue(
        self, portal: str, user: str, scopes: tuple[str, ...] = DEFAULT_SCOPES
    ) -> AccessToken:
        """Give the token of a log-in just now with a device code, without anybody."""
        ledger = self._ledger
        with ledger.lock:
            grants = frozenset({DEVICE_GRANT, REFRESH_GRANT})
            client = ledger.add_client(grants, scopes)
            issued = ledger.issue(client, ledger.sign_in(portal, user))
            renewal = issued.refresh_token
            return AccessToken(
                value=Secret(issued.access_token),
                expires_at=ledger.now() + issued.expires_in,
                refresh_token=None if renewal is None else Secret(renewal),
                client_id=client.client_id,
                client_secret=Secret(client.secret),
                registration_expires_at=client.expires_at,
            )

    def revoke(self, portal: str) -> None:
        """End every portal session of one portal, as an administrator can."""
        self._ledger.end(portal)

    def forget_clients(self) -> None:
        """Forget every client registration."""
        with self._ledger.lock:
            self._ledger.clients.clear()

    def portal_sessions(self) -> tuple[PortalSession, ...]:
        """Give all portal sessions, those that have ended too, oldest first."""
        with self._ledger.lock:
            return tuple(
                PortalSession(
                    portal=sign_in.portal,
                    user=sign_in.user,
                    started_at=sign_in.started_at,
                    ends_at=sign_in.ends_at,
                    ended=not self._ledger.alive(sign_in),
                )
                for sign_in in self._ledger.sign_ins.values()
            )

    @property
    def requests(self) -> tuple[Request, ...]:
        """Everything that was asked so far, without secrets."""
        return self._journal.all()

    def count(self, operation: Operation | str) -> int:
        """Count how often an operation was asked."""
        return self._journal.count(Operation(operation))

    def wait_for(
        self, operation: Operation | str, count: int = 1, seconds: float = 10
    ) -> bool:
        """Wait until an operation was asked that often; tell whether it was."""
        return self._journal.wait_for(Operation(operation), count, seconds)
