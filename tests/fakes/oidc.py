"""The real OIDC edge in a world of its own: canned service, cache folder, clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.fakes.aws import Canned, CannedService
from tests.fakes.basics import FakeClock
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles
from tray.core.model import CachedToken, SsoSession


class OidcWorld:
    """One service, one cache folder, one clock."""

    def __init__(self, folder: Path, service: CannedService) -> None:
        self.folder = folder
        self.service = service
        self.pausing: Callable[[float], object] = lambda _: None
        self.tokens = TokenFiles(folder, self._pause)
        self.registrations = RegistrationFiles(folder, self._pause)
        self.center = Oidc(self.tokens, self.registrations, Clients(), FakeClock())

    def _pause(self, seconds: float) -> None:
        self.pausing(seconds)

    def answers(self, *answers: Canned) -> None:
        """Let the service give these answers."""
        self.service.answers = list(answers)

    def stored(self, session: SsoSession) -> CachedToken:
        """Give the token in the cache."""
        entry = self.tokens.read(session.cache_key)
        assert isinstance(entry, CachedToken)
        return entry
