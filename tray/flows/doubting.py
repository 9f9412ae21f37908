"""When the portal turns a token away, the date in its file no longer counts.

The sign-in may have been ended elsewhere, or only this one token. A renewal decides it:
what the service still renews goes on, and all else is over from this moment.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from tray.core.accounts import Account
from tray.core.errors import LoginRequired, SessionOver
from tray.core.model import CachedToken, SsoSession
from tray.core.ports import Portal, TokenCache
from tray.core.wording import signin as wording
from tray.flows.records import Records
from tray.flows.refresh import Refresher

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Asks the portal, and draws the conclusion when it turns the token away."""

    tokens: TokenCache
    """The token cache."""

    refresher: Refresher
    """Renews, and so finds out."""

    records: Records
    """What is remembered."""

    on_change: Callable[[], None]
    """Asks for a tick."""

    def ask(self, session: SsoSession, ask: Callable[[], Answer]) -> Answer:
        """Give the answer, to a second try if the first one's token was not taken.

        Raises `SessionOver` when the sign-in is over, which shows at the next tick, and
        what `ask` and a renewal raise.
        """
        try:
            return ask()
        except SessionOver:
            self.turned_away(session)
        try:
            return ask()
        except SessionOver:
            self._over(session)
            raise

    def turned_away(self, session: SsoSession) -> None:
        """Find out what is behind it; on return there is a new token to try.

        Raises `SessionOver`, and `CannotTell` when that can't be found out now.
        """
        log.info("the portal turned the token of %s away", session.name)
        try:
            self.refresher.renew(session, force=True)
        except LoginRequired:
            self._over(session)
            raise SessionOver(*wording.session_over(session)) from None
        finally:
            self.on_change()

    def _over(self, session: SsoSession) -> None:
        key = session.cache_key
        entry = self.tokens.read_all([key]).get(key)
        if isinstance(entry, CachedToken):
            mark = entry.fingerprint
            self.records.change(key, lambda record: replace(record, revoked=mark))
            self.on_change()


@dataclass(frozen=True, slots=True)
class DoubtingPortal:
    """`Portal` whose refusals are heeded."""

    portal: Portal
    """The access portal."""

    doubts: Doubts
    """What is done when it turns a token away."""

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
        self.portal.logout(session)

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give every account that whoever is logged in can reach, or none of them."""
        return self.doubts.ask(session, lambda: self.portal.list_accounts(session))

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give every role that whoever is logged in has in one account."""
        return self.doubts.ask(
            session, lambda: self.portal.list_roles(session, account_id)
        )
