"""What `autostart` says: start at log-in, by which way, and what hinders it."""

from __future__ import annotations

from collections.abc import Sequence

from tray.core.autostart import (
    AutostartStatus,
    Change,
    Fault,
    LeftOut,
    LoginItem,
    Method,
    Outcome,
    Reason,
    State,
)

ABOUT = "start sso-tray when you log in to your desktop"
ACTION = "switch it on, switch it off, or tell how it stands"
METHOD = "by what; 'auto' picks what your desktop heeds (the usual way)"
EXAMPLES = """\
examples:
  sso-tray autostart enable         now and again after a move or an upgrade
  sso-tray autostart status         is it on, and would it still work?
"""

REPAIR = "Repair it: sso-tray autostart enable"

METHODS = {
    Method.SYSTEMD: "a systemd user unit",
    Method.XDG: "a desktop autostart entry",
    Method.LAUNCHD: "a launch agent",
    Method.WINDOWS: "the Run key of the registry",
}

FAULTS = {
    Fault.PROGRAM: "it starts another program than this one, which may have moved",
    Fault.VARIABLES: "proxy, certificate or AWS settings have changed since",
    Fault.TEXT: "it was changed, or written by another version",
    Fault.UNUSED: "this desktop does not start systemd units at log-in",
    Fault.TWICE: "the program is started by two methods",
}

CHANGES = {
    Change.ENABLED: "sso-tray starts at your next log-in, by {}.",
    Change.ALREADY_ON: "Already on: sso-tray starts at log-in, by {}.",
    Change.REPAIRED: "Repaired: sso-tray starts at your next log-in, by {}.",
    Change.MOVED: "sso-tray starts at your next log-in, now by {}.",
    Change.DISABLED: "sso-tray does not start at log-in any more.",
    Change.ALREADY_OFF: "Already off: sso-tray does not start at log-in.",
}

LEFT_OUT = {
    Reason.SECRET: (
        "Not handed on, for it may hold a password: {}. Use a proxy address without "
        "one, or set it where your session gets its variables from, such as a file in "
        "~/.config/environment.d that you alone can read (mode 0600)."
    ),
    Reason.UNWRITABLE: (
        "Not handed on, for it has characters that can't be written there: {}. "
        "Set it where your session gets its variables from."
    ),
    Reason.PASSING: (
        "Set in this console only: {}. Windows gives it to programs at log-in once it "
        "is set for good, by 'setx' or in the system's settings."
    ),
}


def outcome(done: Outcome) -> list[str]:
    """Say what a request has come to, a line each."""
    active = done.status.active
    how = METHODS[active.method] if active else ""
    lines = [CHANGES[done.change].format(how)]
    if active:
        lines += [f"It stands in {active.place}", *left_out(done.status.left_out)]
    return lines + _not_ours(done.status)


def report(status: AutostartStatus) -> list[str]:
    """Say how it stands, a line each."""
    active = status.active
    if active is None:
        lines = ["Start at log-in is off."]
        lines += [
            f"Switched off by other settings: {item.place}"
            for item in status.items
            if item.state is State.OFF
        ]
        return lines + _not_ours(status)
    state = "on, but needs repair" if status.stale else "on"
    lines = [f"Start at log-in is {state}, by {METHODS[active.method]}."]
    lines += [
        f"It stands in {item.place}" for item in status.items if item.state is State.ON
    ]
    lines += [f"Stale: {FAULTS[fault]}." for fault in _faults(status.items)]
    lines += [REPAIR] if status.stale else []
    return lines + left_out(status.left_out) + _not_ours(status)


def left_out(variables: Sequence[LeftOut]) -> list[str]:
    """Say which variables the program will not find at log-in, and the remedy."""
    lines = []
    for reason, sentence in LEFT_OUT.items():
        names = [one.name for one in variables if one.reason is reason]
        lines += [sentence.format(", ".join(names))] if names else []
    return lines


def _faults(items: Sequence[LoginItem]) -> list[Fault]:
    return list(
        dict.fromkeys(
            fault for item in items if item.state is State.ON for fault in item.faults
        )
    )


def _not_ours(status: AutostartStatus) -> list[str]:
    return [
        f"Left alone, as sso-tray has not written it: {item.place}"
        for item in status.items
        if item.state is State.FOREIGN
    ]


# --- what goes wrong


def foreign(place: str) -> tuple[str, str]:
    """Say that something stands there that is not ours."""
    return (
        f"{place} is there already and was not written by sso-tray.",
        "Look at it, move it away, and try again; or choose another --method.",
    )


def unwritable(place: str, reason: str) -> tuple[str, str]:
    """Say that a place can't be written."""
    return (
        f"{place} can't be changed: {reason}.",
        "Make it writable for you, and try again.",
    )


def elsewhere(method: str, here: Sequence[str]) -> tuple[str, str]:
    """Say that a method belongs to another system."""
    return (
        f"This system knows no start at log-in by {method}.",
        f"Use --method auto, or: {', '.join(here)}.",
    )


def path_unwritable() -> tuple[str, str]:
    """Say that the program's own path has characters that no entry can hold."""
    return (
        "The folder that sso-tray is installed in has control characters in its name.",
        "Install it in a folder with a plain name, and try again.",
    )


def command_long(most: int) -> tuple[str, str]:
    """Say that Windows takes no command line of that length."""
    return (
        f"Windows takes at most {most} characters here, and sso-tray's path has more.",
        "Install it in a folder with a shorter path, and try again.",
    )
