"""Logging in: one log-in per session at a time, joined by all who ask.

The token that a log-in brings is in the cache before its result is told; everybody
else learns of it by the same way as if the AWS CLI had logged in.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tray.core.errors import (
    AuthorizationPending,
    Cancelled,
    CannotTell,
    CodeExpired,
    RegistrationOver,
    SlowDown,
    TrayError,
)
from tray.core.ledger import LONGEST_WORD, StartedLogin
from tray.core.memory import signed_in, started
from tray.core.model import (
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Problem,
    Secret,
    SsoSession,
)
from tray.core.ports import (
    Browser,
    Clock,
    IdentityCenter,
    Locks,
    Redirect,
    Redirects,
    Workers,
)
from tray.core.wording import signin as wording
from tray.core.wording.board import session_title
from tray.flows.activities import Activities
from tray.flows.login_ticket import Announcement, Login, LoginRequest
from tray.flows.records import Records
from tray.flows.refresh import LOCK_WAIT

log = logging.getLogger(__name__)

SLOWER = timedelta(seconds=5)
"""How much a `SlowDownException` adds to the interval (RFC 8628, section 3.5)."""

VERIFIER_BYTES = 48
"""Makes a code verifier of 64 characters (RFC 7636 wants 43 to 128)."""

REMEMBERED = 32
"""How many finished log-ins can still be asked about."""


@dataclass(frozen=True, slots=True)
class LoginEdges:
    """What a log-in asks of the world."""

    clock: Clock
    """The wall clock."""

    center: IdentityCenter
    """The service that gives tokens."""

    redirects: Redirects
    """Where the browser comes back to."""

    browser: Browser
    """The person's browser."""

    locks: Locks
    """The locks our processes share."""

    workers: Workers
    """Threads that may wait for people."""

    end: Callable[[SsoSession], bool] = lambda _: False
    """Ends the sign-in that is there, for a log-in that is to be fresh."""


class Logins:
    """All log-ins of this process."""

    def __init__(
        self,
        edges: LoginEdges,
        records: Records,
        activities: Activities,
        on_change: Callable[[], None],
        *,
        after_login: Callable[[SsoSession], None] = lambda _: None,
    ) -> None:
        """Keep the arguments; `after_login` is called with each new sign-in."""
        self._after_login = after_login
        self._edges = edges
        self._records = records
        self._activities = activities
        self._on_change = on_change
        self._lock = threading.Lock()
        self._running: dict[str, Login] = {}
        self._known: OrderedDict[str, Login] = OrderedDict()

    def start(self, request: LoginRequest) -> tuple[Login, bool]:
        """Begin a log-in, or join the one of this session; True when joined."""
        key = request.session.cache_key
        if request.session.legacy:
            request = replace(request, grant=Grant.DEVICE_CODE)
        with self._lock:
            running = self._running.get(key)
            if running is not None:
                if request.fresh and not running.request.fresh:
                    raise TrayError(*wording.login_not_fresh(request.session))
                return running, True
            login = Login(secrets.token_hex(8), request)
            self._running[key] = self._known[login.id] = login
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._activities.begin_login(key)
        self._on_change()
        name = f"login-{request.session.name}"
        self._edges.workers.submit(name, lambda: self._run(login))
        return login, False

    def find(self, login_id: str) -> Login | None:
        """Give a log-in by its id, also one that ended a while ago."""
        with self._lock:
            return self._known.get(login_id)

    def cancel(self, session: SsoSession) -> bool:
        """Take the log-in of a session back; False if there is none."""
        with self._lock:
            login = self._running.get(session.cache_key)
        if login is None:
            return False
        login.cancel()
        return True

    def cancel_all(self) -> None:
        """Take all log-ins back, as when the program ends."""
        with self._lock:
            running = list(self._running.values())
        for login in running:
            login.cancel()

    def _run(self, login: Login) -> None:
        session = login.request.session
        try:
            self._note(login.request)
            expires_at = self._log_in(login)
        except TrayError as error:
            log.info("log-in to %s: %s", session.name, error.title)
            self._finish(login, error)
        except BaseException:
            self._finish(login, TrayError(*wording.login_broke(session)))
            raise
        else:
            log.info("logged in to %s until %s", session.name, expires_at)
            self._remember(session)
            self._finish(login, expires_at)
            self._after_login(session)

    def _finish(self, login: Login, end: datetime | TrayError) -> None:
        key = login.request.session.cache_key
        with self._lock:
            self._running.pop(key, None)
        self._activities.end_login(key)
        if isinstance(end, TrayError):
            if not login.announcement.done():
                login.announcement.set_exception(end)
            login.result.set_exception(end)
        else:
            login.result.set_result(end)
        self._on_change()

    def _note(self, request: LoginRequest) -> None:
        entry = StartedLogin(
            self._edges.clock.now(),
            request.session.name[:LONGEST_WORD],
            request.grant,
            request.who[:LONGEST_WORD],
        )
        self._records.change_all(lambda memory: started(memory, entry))

    def _remember(self, session: SsoSession) -> None:
        now = self._edges.clock.now()
        self._activities.recovered(session.cache_key)
        self._records.change(session.cache_key, lambda record: signed_in(record, now))

    def _log_in(self, login: Login) -> datetime:
        request = login.request
        session, center = request.session, self._edges.center
        registration = self._registration(login)
        if request.fresh:
            self._edges.end(session)
        if request.grant is Grant.AUTHORIZATION_CODE:
            with self._edges.redirects.listen(session_title(session)) as redirect:
                pkce, code = self._ask_by_redirect(
                    login,
                    redirect,
                    lambda p: center.authorize_url(session, registration, p),
                )
                with self._edges.locks.hold(session.cache_key, LOCK_WAIT):
                    return center.redeem_authorization_code(
                        session, registration, code, pkce
                    )
        try:
            device = center.start_device_authorization(session, registration)
        except RegistrationOver:  # the service has forgotten it; a new one is made
            registration = self._registration(login)
            device = center.start_device_authorization(session, registration)
        url = device.verification_uri_complete or device.verification_uri
        self._activities.show_code(session.cache_key, device.user_code)
        self._announce(login, Announcement(url, device.user_code))
        self._on_change()
        return self._poll(
            login,
            device,
            lambda: center.redeem_device_code(
                session, registration, device.device_code
            ),
        )

    def _registration(self, login: Login) -> ClientRegistration:
        request = login.request
        made = self._edges.center.registration(request.session, request.grant)
        if login.cancelled.is_set():
            raise Cancelled(*wording.login_cancelled(request.session))
        return made

    def _ask_by_redirect(
        self,
        login: Login,
        redirect: Redirect,
        url_of: Callable[[PkceRequest], str],
    ) -> tuple[PkceRequest, Secret]:
        pkce = PkceRequest(
            redirect_uri=redirect.uri,
            state=secrets.token_urlsafe(24),
            verifier=Secret(secrets.token_urlsafe(VERIFIER_BYTES)),
        )
        login.on_cancel.append(redirect.cancel)
        if login.cancelled.is_set():
            redirect.cancel()
        self._announce(login, Announcement(url_of(pkce)))
        try:
            return pkce, redirect.wait(pkce.state, login.request.timeout)
        except CodeExpired:
            session = login.request.session
            raise CodeExpired(*wording.login_timed_out(session)) from None

    def _announce(self, login: Login, announcement: Announcement) -> None:
        if login.request.open_browser:
            try:
                self._edges.browser.open(announcement.url)
            except TrayError as error:
                problem = Problem(error.title, error.remedy)
                announcement = replace(announcement, problem=problem)
        login.announcement.set_result(announcement)

    def _poll(
        self,
        login: Login,
        device: DeviceAuthorization,
        redeem: Callable[[], datetime],
    ) -> datetime:
        session, clock = login.request.session, self._edges.clock
        interval = device.interval
        ends_at = min(device.expires_at, clock.now() + login.request.timeout)
        while not login.cancelled.wait(interval.total_seconds()):
            if clock.now() >= ends_at:
                raise CodeExpired(*wording.login_timed_out(session))
            try:
                with self._edges.locks.hold(session.cache_key, LOCK_WAIT):
                    return redeem()
            except AuthorizationPending:
                continue
            except SlowDown:
                interval += SLOWER
            except CannotTell as error:  # the person is still at it: ask again
                log.info("log-in to %s: %s", session.name, error.title)
        raise Cancelled(*wording.login_cancelled(session))
