"""Which request is which operation, and what becomes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from tray.demo.center.browsing import Browsing
from tray.demo.center.failures import Failures
from tray.demo.center.journal import Journal, Request
from tray.demo.center.ledger import Ledger
from tray.demo.center.limiting import Limiter
from tray.demo.center.messages import Answer, Incoming, Refusal
from tray.demo.center.oidc import START_PATH, Oidc
from tray.demo.center.operations import Operation
from tray.demo.center.portal import PortalApi
from tray.demo.center.records import CODE_GRANT, DEVICE_GRANT, REFRESH_GRANT
from tray.demo.center.sts import StsApi

_Perform = Callable[[Incoming], Answer]

_GRANTS: Mapping[object, Operation] = {
    CODE_GRANT: Operation.CREATE_TOKEN_BY_CODE,
    DEVICE_GRANT: Operation.CREATE_TOKEN_BY_DEVICE,
    REFRESH_GRANT: Operation.CREATE_TOKEN_BY_REFRESH,
}


class Routes:
    """Names a request, lets it fail if that is planned, performs and notes it."""

    def __init__(self, ledger: Ledger, failures: Failures, journal: Journal) -> None:
        self._ledger = ledger
        self._failures = failures
        self._journal = journal
        self._limiter = Limiter()
        self._table: dict[tuple[str, str], tuple[Operation, _Perform]] = {}

    def serve(
        self, oidc: Oidc, portal: PortalApi, browsing: Browsing, sts: StsApi
    ) -> None:
        """Say who performs what."""
        self._table = {
            ("POST", "/client/register"): (
                Operation.REGISTER_CLIENT,
                oidc.register_client,
            ),
            ("POST", "/device_authorization"): (
                Operation.START_DEVICE_AUTHORIZATION,
                oidc.start_device_authorization,
            ),
            ("POST", "/token"): (Operation.CREATE_TOKEN, oidc.create_token),
            ("GET", "/assignment/accounts"): (
                Operation.LIST_ACCOUNTS,
                portal.list_accounts,
            ),
            ("GET", "/assignment/roles"): (
                Operation.LIST_ACCOUNT_ROLES,
                portal.list_account_roles,
            ),
            ("GET", "/federation/credentials"): (
                Operation.GET_ROLE_CREDENTIALS,
                portal.get_role_credentials,
            ),
            ("POST", "/"): (Operation.ASSUME_ROLE, sts.assume_role),
            ("POST", "/logout"): (Operation.LOGOUT, portal.logout),
            ("GET", "/authorize"): (Operation.AUTHORIZE, browsing.authorize),
            ("POST", "/authorize"): (Operation.CONSENT, browsing.decide),
            ("GET", "/device"): (Operation.DEVICE_PAGE, browsing.device),
            ("POST", "/device"): (Operation.CONSENT, browsing.decide_device),
            ("GET", "/signin"): (Operation.SIGN_IN, browsing.sign_in_page),
            ("POST", "/signin"): (Operation.SIGN_IN, browsing.sign_in),
            ("POST", "/signout"): (Operation.SIGN_OUT, browsing.sign_out),
            ("GET", START_PATH): (Operation.START_PAGE, browsing.home),
            ("GET", ""): (Operation.OTHER, browsing.nothing),
        }

    def answer(self, incoming: Incoming, stopping: threading.Event) -> Answer:
        """Answer a request; a planned wait ends early when the center stops."""
        operation, perform = self._find(incoming)
        arrived = self._ledger.now()
        limit = self._ledger.settings.portal_limit
        refusal = self._limiter.refusal(operation, limit, arrived)
        failure = None if refusal else self._failures.take(operation)
        if refusal is not None:
            answer = refusal
        elif failure is None:
            answer = self._performed(perform, incoming)
        elif failure.after:
            answer = failure.spoil(self._performed(perform, incoming))
            stopping.wait(failure.seconds)
        else:
            stopping.wait(failure.seconds)
            told = failure.answer or self._performed(perform, incoming)
            answer = failure.spoil(told)
        self._journal.add(Request(arrived, operation, answer.outcome))
        return answer

    def _performed(self, perform: _Perform, incoming: Incoming) -> Answer:
        with self._ledger.lock:
            try:
                return perform(incoming)
            except Refusal as refusal:
                return refusal.answer

    def _find(self, incoming: Incoming) -> tuple[Operation, _Perform]:
        method = "GET" if incoming.method == "HEAD" else incoming.method
        start = incoming.path.startswith(START_PATH) and method == "GET"
        path = START_PATH if start else incoming.path
        operation, perform = self._table.get((method, path)) or self._table["GET", ""]
        if operation is Operation.CREATE_TOKEN:
            grant = incoming.document.get("grantType")
            known = isinstance(grant, str)
            operation = _GRANTS.get(grant, operation) if known else operation
        return operation, perform
