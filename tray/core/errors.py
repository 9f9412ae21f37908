"""What can go wrong, as people meet it: what happened, and what to do.

Foreign exceptions are turned into these at the edges. The class decides the exit
status of a command; the sentences come from `wording`.
"""

from __future__ import annotations

from typing import ClassVar


class TrayError(Exception):
    """Something failed; carries what happened and the one right remedy."""

    kind: ClassVar[str] = "failed"
    """The class's name on the wire between our own processes."""

    exit_status: ClassVar[int] = 1
    """The exit status of a command that ends with this error."""

    def __init__(self, title: str, remedy: str = "") -> None:
        super().__init__(title, remedy)
        self.title = title
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.title} {self.remedy}".rstrip()


class UsageError(TrayError):
    """The command's words do not fit together."""

    kind = "usage"
    exit_status = 2


class LoginRequired(TrayError):
    """People must log in; nothing else helps."""

    kind = "login-required"
    exit_status = 3


class SessionOver(LoginRequired):
    """Identity Center refused the refresh token: the portal session has ended."""

    kind = "session-over"


class RegistrationOver(LoginRequired):
    """The client registration is gone; the next log-in registers anew."""

    kind = "registration-over"


class CannotTell(TrayError):
    """Offline, throttled or a server's fault; nothing is known and nothing changed."""

    kind = "cannot-tell"
    exit_status = 4


class SlowDown(CannotTell):
    """The service asks for longer pauses."""

    kind = "slow-down"


class Throttled(CannotTell):
    """The service had too many requests; the same one works later."""

    kind = "throttled"

    def __init__(self, title: str, remedy: str = "", after: float = 0.0) -> None:
        super().__init__(title, remedy)
        self.after = after
        """Seconds that the service asked us to wait; 0: it named none."""


class ConfigError(TrayError):
    """The configuration is wrong; the title names file, section and key."""

    kind = "config"
    exit_status = 5


class Refused(TrayError):
    """A person or an administrator said no, or the request itself is wrong."""

    kind = "refused"


class Locked(Refused):
    """A protected profile, and nobody who could be asked to unlock it."""

    kind = "locked"


class CodeExpired(Refused):
    """The device code or authorization code was not used in time."""

    kind = "code-expired"


class AuthorizationPending(TrayError):
    """Nobody has approved the device code yet; ask again after the interval."""

    kind = "authorization-pending"


class Cancelled(TrayError):
    """A person took the request back."""

    kind = "cancelled"
    exit_status = 130


class AlreadyRunning(TrayError):
    """Another daemon serves the same world."""

    kind = "already-running"


class OtherWorld(TrayError):
    """The daemon that answered serves other files than the ones asked about."""

    kind = "other-world"


class NoDaemon(TrayError):
    """There is no daemon that could answer; the asker does the work itself."""

    kind = "no-daemon"


KINDS: dict[str, type[TrayError]] = {
    leaf.kind: leaf
    for leaf in (
        TrayError,
        UsageError,
        LoginRequired,
        SessionOver,
        RegistrationOver,
        CannotTell,
        SlowDown,
        Throttled,
        ConfigError,
        Refused,
        Locked,
        CodeExpired,
        AuthorizationPending,
        Cancelled,
        AlreadyRunning,
        OtherWorld,
        NoDaemon,
    )
}
"""Every error by its name on the wire."""


def from_wire(kind: str, title: str, remedy: str) -> TrayError:
    """Give the error that another process of ours met.

    An unknown kind, as from a newer version, is a plain `TrayError`.
    """
    return KINDS.get(kind, TrayError)(title, remedy)
