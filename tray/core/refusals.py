"""What every refusal means: one table for all that AWS, or the way to it, can answer.

The edges find out which cause it is (`aws/faults.py`); this page says what people are
told of it, how the session stands, what it needs from people, and when we ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from tray.core.board import Needs, Phase
from tray.core.errors import (
    AuthorizationPending,
    CannotTell,
    CodeExpired,
    ConfigError,
    LoginRequired,
    Refused,
    RegistrationOver,
    SessionOver,
    SlowDown,
    Throttled,
    TrayError,
)
from tray.core.model import SsoSession
from tray.core.wording import service as wording
from tray.core.wording import signin


class Cause(StrEnum):
    """Why there was no answer of use."""

    SESSION_OVER = "session-over"
    REGISTRATION_OVER = "registration-over"
    CODE_EXPIRED = "code-expired"
    PENDING = "pending"
    SLOW_DOWN = "slow-down"
    CODE_REFUSED = "code-refused"
    DENIED = "denied"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    REQUEST = "request"
    SCOPES = "scopes"
    WRONG_REGION = "wrong-region"
    NO_REGION = "no-region"
    BAD_REGION = "bad-region"
    SETTING = "setting"
    THROTTLED = "throttled"
    SERVER = "server"
    OFFLINE = "offline"
    NO_SUCH_HOST = "no-such-host"
    TIMED_OUT = "timed-out"
    PROXY = "proxy"
    PROXY_PASSWORD = "proxy-password"  # noqa: S105 - a cause's name
    CERTIFICATE = "certificate"
    CERTIFICATE_DATE = "certificate-date"
    NOT_AWS = "not-aws"
    UNKNOWN = "unknown"


class Again(Enum):
    """When the same is asked again without anybody's help."""

    NEVER = auto()
    """Not with this token, once the service refused it: only people can help."""

    BACK_OFF = auto()
    """After 1, 2, 4, 8, 15 minutes; at once when the network or a file changes."""

    SELDOM = auto()
    """Every 15 minutes, or when a file changes: somebody must change something."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences of a refusal may name; never a text that a server sent."""

    session: SsoSession
    """The session that it was about."""

    host: str = ""
    """Who was asked."""

    word: str = ""
    """A code word: of the service model, of HTTP, or a fault's type."""

    after: float = 0.0
    """Seconds that the service asked us to wait; 0: it named none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from an error, whatever it was that failed."""

    phase: Phase
    """How the session stands when its token ends and this still holds."""

    needs: Needs | None
    """What it needs from people."""

    again: Again
    """When it is asked again."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of the table."""

    error: type[TrayError]
    """The error that a caller gets; its class decides verdict and exit status."""

    say: Callable[[Told], tuple[str, str]]
    """What happened, and what to do."""


_OVER = Verdict(Phase.EXPIRED, Needs.LOGIN, Again.NEVER)
_WEATHER = Verdict(Phase.UNKNOWN, None, Again.BACK_OFF)
_WRONG = Verdict(Phase.UNKNOWN, Needs.CONFIG, Again.SELDOM)
_DENIED = Verdict(Phase.UNKNOWN, None, Again.SELDOM)

VERDICTS: tuple[tuple[type[TrayError], Verdict], ...] = (
    (LoginRequired, _OVER),
    (CannotTell, _WEATHER),
    (ConfigError, _WRONG),
    (Refused, _DENIED),
    (TrayError, _WEATHER),
)
"""The verdict by the error's class; the first that fits."""

TABLE: Mapping[Cause, Refusal] = {
    # only people can help
    Cause.SESSION_OVER: Refusal(
        SessionOver, lambda told: signin.session_over(told.session)
    ),
    Cause.REGISTRATION_OVER: Refusal(
        RegistrationOver, lambda told: wording.registration_over(told.session)
    ),
    # a log-in that goes on, or has come to nothing
    Cause.PENDING: Refusal(
        AuthorizationPending, lambda told: wording.authorization_pending(told.session)
    ),
    Cause.SLOW_DOWN: Refusal(SlowDown, lambda told: wording.slow_down(told.session)),
    Cause.CODE_EXPIRED: Refusal(
        CodeExpired, lambda told: wording.code_expired(told.session)
    ),
    Cause.CODE_REFUSED: Refusal(
        Refused, lambda told: wording.login_grant_refused(told.session)
    ),
    # an administrator said no, or the request is wrong
    Cause.DENIED: Refusal(
        Refused, lambda told: wording.access_denied(told.session, told.word)
    ),
    Cause.FORBIDDEN: Refusal(Refused, lambda told: wording.forbidden(told.session)),
    Cause.NOT_FOUND: Refusal(Refused, lambda told: wording.not_found(told.session)),
    Cause.REQUEST: Refusal(
        Refused, lambda told: wording.request_refused(told.session, told.word)
    ),
    # the config is wrong
    Cause.SCOPES: Refusal(
        ConfigError, lambda told: wording.scope_refused(told.session)
    ),
    Cause.WRONG_REGION: Refusal(
        ConfigError, lambda told: wording.wrong_region(told.session)
    ),
    Cause.NO_REGION: Refusal(ConfigError, lambda told: wording.no_region(told.session)),
    Cause.BAD_REGION: Refusal(
        ConfigError, lambda told: wording.bad_region(told.session)
    ),
    Cause.SETTING: Refusal(
        ConfigError, lambda told: wording.bad_setting(told.session, told.word)
    ),
    # weather: nothing is known, nothing has changed
    Cause.THROTTLED: Refusal(Throttled, lambda told: wording.throttled(told.session)),
    Cause.SERVER: Refusal(
        CannotTell, lambda told: wording.server_fault(told.session, told.word)
    ),
    Cause.OFFLINE: Refusal(CannotTell, lambda told: wording.offline(told.host)),
    Cause.NO_SUCH_HOST: Refusal(
        CannotTell, lambda told: wording.no_such_host(told.session, told.host)
    ),
    Cause.TIMED_OUT: Refusal(CannotTell, lambda told: wording.timed_out(told.host)),
    Cause.PROXY: Refusal(CannotTell, lambda told: wording.proxy_fault(told.host)),
    Cause.PROXY_PASSWORD: Refusal(
        CannotTell, lambda told: wording.proxy_password(told.host)
    ),
    Cause.CERTIFICATE: Refusal(CannotTell, lambda told: wording.tls_fault(told.host)),
    Cause.CERTIFICATE_DATE: Refusal(
        CannotTell, lambda told: wording.tls_date(told.host)
    ),
    Cause.NOT_AWS: Refusal(CannotTell, lambda told: wording.not_aws(told.host)),
    Cause.UNKNOWN: Refusal(
        CannotTell, lambda told: wording.unknown_fault(told.session, told.word)
    ),
}
"""What each cause means."""


def refusal(cause: Cause, told: Told) -> TrayError:
    """Give the error for a cause."""
    row = TABLE[cause]
    if row.error is Throttled:
        return Throttled(*row.say(told), told.after)
    return row.error(*row.say(told))


def verdict(error: TrayError) -> Verdict:
    """Tell what follows from an error."""
    return next(found for kind, found in VERDICTS if isinstance(error, kind))
