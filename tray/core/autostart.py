"""Start at log-in: by what, whether it would still work, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Method(StrEnum):
    """What starts a program when somebody logs in; the values are options."""

    SYSTEMD = "systemd"
    """A unit of the systemd user manager, wanted by the graphical session."""

    XDG = "xdg"
    """A desktop entry in the autostart folder."""

    LAUNCHD = "launchd"
    """A launch agent of macOS."""

    WINDOWS = "windows"
    """A value under the Run key of the Windows registry."""


class State(Enum):
    """What stands at the place of one method."""

    ABSENT = "absent"
    """Nothing."""

    ON = "on"
    """An entry of ours that the system heeds."""

    OFF = "off"
    """An entry of ours that is switched off, as in the desktop's own settings."""

    FOREIGN = "foreign"
    """Something that we have not written; it is never touched."""


class Fault(Enum):
    """Why an entry of ours would not do the right thing."""

    PROGRAM = "program"
    """It starts another program than the one that looks at it."""

    VARIABLES = "variables"
    """It gives other variables than those of now."""

    TEXT = "text"
    """It says something else than this version would write."""

    UNUSED = "unused"
    """This desktop does not start what it names."""

    TWICE = "twice"
    """Another method starts the program, too."""


class Reason(Enum):
    """Why a variable is not handed on to the program started at log-in."""

    SECRET = "secret"  # noqa: S105 - a word, not a password
    """Its value may hold a password, which belongs into no such file."""

    UNWRITABLE = "unwritable"
    """Its value has characters that such a file can't hold."""

    PASSING = "passing"
    """It is set in this console alone, and the method can hand on nothing."""


class Change(Enum):
    """What a request has changed."""

    ENABLED = "enabled"
    ALREADY_ON = "already_on"
    REPAIRED = "repaired"
    MOVED = "moved"
    DISABLED = "disabled"
    ALREADY_OFF = "already_off"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A variable that is not handed on."""

    name: str
    """The variable's name; its value stands nowhere."""

    reason: Reason
    """Why."""


@dataclass(frozen=True, slots=True)
class LoginItem:
    """What one method knows of us."""

    method: Method
    """The method."""

    place: str
    """The file or registry value, as people would look for it."""

    state: State = State.ABSENT
    """What stands there."""

    faults: tuple[Fault, ...] = ()
    """Why it would not do the right thing; empty: it would."""


@dataclass(frozen=True, slots=True)
class AutostartStatus:
    """Whether the program starts at log-in, and how."""

    items: tuple[LoginItem, ...]
    """One for each method that was looked at."""

    left_out: tuple[LeftOut, ...] = ()
    """Variables that are set now and would be missing at log-in."""

    @property
    def active(self) -> LoginItem | None:
        """The item that starts the program; None: nothing does."""
        return next((item for item in self.items if item.state is State.ON), None)

    @property
    def on(self) -> bool:
        """Whether the program starts at log-in; for a menu's check mark."""
        return self.active is not None

    @property
    def stale(self) -> bool:
        """Whether it would start wrongly; `enable` repairs that."""
        return self.active is not None and bool(self.active.faults)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request has come to."""

    change: Change
    """What is different now."""

    status: AutostartStatus
    """How it stands now."""
