"""The access portal: accounts, roles, role credentials, log-out."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from tray.demo.center.ledger import Ledger
from tray.demo.center.messages import Answer, Incoming, json_answer, portal_refusal
from tray.demo.center.settings import Account
from tray.demo.center.sts import give_keys

BEARER = "x-amz-sso_bearer_token"
MOST_RESULTS = 100
_PAGE = "from:"


class PortalApi:
    """The portal over the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list_accounts(self, incoming: Incoming) -> Answer:
        """Serve ListAccounts."""
        entries = [
            {
                "accountId": account.account_id,
                "accountName": account.name,
                "emailAddress": account.email,
            }
            for account in self._accounts(incoming)
        ]
        return self._page(incoming, "accountList", entries)

    def list_account_roles(self, incoming: Incoming) -> Answer:
        """Serve ListAccountRoles."""
        account = self._account(incoming)
        entries = [
            {"roleName": role, "accountId": account.account_id}
            for role in account.roles
        ]
        return self._page(incoming, "roleList", entries)

    def get_role_credentials(self, incoming: Incoming) -> Answer:
        """Serve GetRoleCredentials; the expiration is in milliseconds."""
        account = self._account(incoming)
        if incoming.query.get("role_name", "") not in account.roles:
            raise portal_refusal("ForbiddenException")
        role = incoming.query["role_name"]
        arn = f"arn:aws:sts::{account.account_id}:assumed-role/{role}/alice"
        key, secret, keys = give_keys(
            self._ledger, arn, self._ledger.settings.role_credentials_life
        )
        return json_answer(
            {
                "roleCredentials": {
                    "accessKeyId": key,
                    "secretAccessKey": secret,
                    "sessionToken": keys.token,
                    "expiration": int(keys.expires_at.timestamp() * 1000),
                }
            }
        )

    def logout(self, incoming: Incoming) -> Answer:
        """Serve Logout: the portal session is over, and so are its tokens."""
        sign_in = self._ledger.bearer(incoming.headers.get(BEARER, ""))
        sign_in.over = True
        return Answer(200)

    def _accounts(self, incoming: Incoming) -> tuple[Account, ...]:
        sign_in = self._ledger.bearer(incoming.headers.get(BEARER, ""))
        user = self._ledger.user(sign_in)
        return user.accounts if user else ()

    def _account(self, incoming: Incoming) -> Account:
        accounts = self._accounts(incoming)
        wanted = incoming.query.get("account_id", "")
        if len(wanted) != 12 or not wanted.isdecimal():  # noqa: PLR2004 - AWS's form
            raise portal_refusal("InvalidRequestException")
        found = next((one for one in accounts if one.account_id == wanted), None)
        if found is not None:
            return found
        # One that others may enter is forbidden; one that nobody has does not exist.
        known = any(
            account.account_id == wanted
            for portal in self._ledger.settings.portals
            for user in portal.users
            for account in user.accounts
        )
        code = "ForbiddenException" if known else "ResourceNotFoundException"
        raise portal_refusal(code)

    def _page(
        self, incoming: Incoming, member: str, entries: Sequence[object]
    ) -> Answer:
        query = incoming.query
        size = _number(query.get("max_result"), self._ledger.settings.page_size)
        start = _start(query.get("next_token"))
        if not 1 <= size <= MOST_RESULTS or not 0 <= start <= len(entries):
            raise portal_refusal("InvalidRequestException")
        document: dict[str, object] = {member: entries[start : start + size]}
        if start + size < len(entries):
            document["nextToken"] = _token(start + size)
        return json_answer(document)


def _number(text: str | None, usual: int) -> int:
    if text is None:
        return usual
    return int(text) if text.isdecimal() else -1


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"{_PAGE}{start}".encode()).decode("ascii")


def _start(token: str | None) -> int:
    if token is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(token).decode("ascii")
    except ValueError:
        return -1
    found = text.removeprefix(_PAGE)
    return int(found) if text.startswith(_PAGE) and found.isdecimal() else -1
