"""Sentences about this machine: folders, locks, file events, our own endpoint.

The pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from tray.core.model import Problem

# --- folders and files of ours


def folder_unusable(folder: str, reason: str) -> tuple[str, str]:
    """Say that a folder of ours can't be made or entered."""
    return (
        f"The folder {folder} can't be used: {reason}.",
        "Make it yourself, writable for you alone (mode 0700).",
    )


def folder_foreign(folder: str) -> tuple[str, str]:
    """Say that a folder of ours belongs to somebody else."""
    return (
        f"The folder {folder} belongs to another user.",
        "Remove it, or let XDG_RUNTIME_DIR and XDG_STATE_HOME name folders of yours.",
    )


def folder_open(folder: str) -> tuple[str, str]:
    """Say that others can enter a folder that must be private."""
    return (
        f"The folder {folder} is open to other users.",
        f"Close it: chmod 700 '{folder}'",
    )


def settings_wrong(path: str, line: int | None, problem: Problem) -> Problem:
    """Say in which file, and on which line, a setting is wrong."""
    place = path if line is None else f"{path}, line {line}"
    return Problem(f"{place}: {problem.title}", problem.remedy)


STATE_BROKEN = (
    "What was remembered in %s can't be read and was put aside as %s; it begins anew."
)
STATE_NEWER = (
    "What is remembered in %s was written by a newer sso-tray and was put aside as %s; "
    "it begins anew."
)
STATE_FOREIGN = (
    "What lies at %s is none of our files (%s) and was put aside as %s; "
    "what is remembered begins anew."
)
STATE_UNREAD = (
    "What is remembered in %s can't be read now (%s); sso-tray goes on without, "
    "and adds to it as soon as it can."
)
NOT_PLAIN = "it is no plain file"
NOT_OURS = "it belongs to another user"
HISTORY_DROPPED = (
    "A part of what was remembered of past sign-ins can't be read and was dropped; "
    "it is learned again."
)
HISTORY_NEWER = (
    "What is remembered of past sign-ins was written by a newer sso-tray and was "
    "dropped; it is learned again."
)
STATE_UNSAVED = (
    "What is remembered can't be saved in %s (%s); sso-tray goes on without, "
    "and forgets at its end when people logged in. Make the folder writable."
)

# --- one at a time


def already_running(pid: int | None) -> tuple[str, str]:
    """Say that there is a daemon already."""
    who = f" (process {pid})" if pid else ""
    stop = f" To start anew, end it first: kill {pid}" if pid else ""
    return (
        f"sso-tray is already running{who}.",
        f"It serves this home already; look at its icon or at 'sso-tray status'.{stop}",
    )


def lock_taken(name: str) -> tuple[str, str]:
    """Say that another process keeps a session's lock for too long."""
    return (
        f"Another sso-tray is renewing or logging in ({name[:12]}).",
        "Wait for it to finish; it is tried again by itself.",
    )


LOCK_MISSING = (
    "Locks can't be kept in %s (%s); two programs of ours might renew at the same "
    "moment. Make the folder writable."
)

# --- what the system tells us

WATCH_LIMIT = (
    "The system gives no more file watches (%s); files are looked at every few "
    "seconds instead. Raise fs.inotify.max_user_watches and "
    "fs.inotify.max_user_instances with sysctl."
)
WATCH_BACK = "File watches are available again."
WATCH_FAULT = "Following a file event failed by a fault of our own."
TICK_FAULT = "A tick failed by a fault of our own; the next one comes as planned."
JOB_FAULT = "The job %s failed by a fault of our own."
JUMPED = "The wall clock moved by %.0f s against the running time: looking at all anew."


def program_missing(program: str) -> tuple[str, str]:
    """Say that a program is not there."""
    return (f"The program '{program}' was not found.", "Install it, or correct PATH.")


def program_unstartable(program: str, reason: str) -> tuple[str, str]:
    """Say that the system refused to start a program."""
    return (
        f"'{program}' can't be started: {reason}.",
        "Check that it is a program and that you may execute it.",
    )


def program_slow(program: str) -> tuple[str, str]:
    """Say that a program did not come to its end in time."""
    return (f"'{program}' did not finish in time and was ended.", "Try again.")


def log_unwritable(path: str, reason: str) -> tuple[str, str]:
    """Say that there will be no log file."""
    return (
        f"The log file {path} can't be written: {reason}.",
        "Make its folder writable; until then there is no log file.",
    )


# --- our own endpoint


def socket_path_long(path: str) -> tuple[str, str]:
    """Say that the system takes no socket with such a long name."""
    return (
        f"The path of the socket is too long for the system: {path}",
        "Let XDG_RUNTIME_DIR name a folder with a shorter path.",
    )


def socket_place_taken(path: str) -> tuple[str, str]:
    """Say that something else lies where our socket should be."""
    return (
        f"There is something else where the socket should be: {path}",
        "Move it away and start sso-tray again.",
    )


def socket_unusable(path: str, reason: str) -> tuple[str, str]:
    """Say that the socket can't be made."""
    return (
        f"The socket {path} can't be made: {reason}.",
        "Commands work without it, each for itself; 'sso-tray doctor' says more.",
    )


NO_SOCKETS_HERE = (
    "This system has no such sockets.",
    "Commands do the work themselves; nothing is lost but the sharing.",
)
NO_DAEMON = (
    "sso-tray is not running.",
    "Start it: sso-tray run",
)
DAEMON_GONE = (
    "The running sso-tray ended before it answered.",
    "Try again; if it has crashed, the log says why: sso-tray logs",
)
DAEMON_SILENT = (
    "The running sso-tray does not answer.",
    "Try again; if it stays so, end it and start it anew.",
)
DAEMON_STRANGE = (
    "The running sso-tray gave an answer that makes no sense.",
    "It is probably of another version: restart it.",
)
OTHER_WORLD = (
    "The running sso-tray serves other AWS files than the ones asked about.",
    "Start it with the same HOME, AWS_CONFIG_FILE and endpoint variables.",
)
REQUEST_BROKEN = (
    "The request makes no sense.",
    "It probably comes from another version: restart sso-tray.",
)
REQUEST_BIG = ("The request is too long.", "")
REQUEST_NEWER = (
    "The request comes from a newer sso-tray than the running one.",
    "Restart the running sso-tray.",
)
ANSWER_BIG = ("The answer is too long to be sent.", "Ask for less at once.")
ANSWER_FAULT = (
    "The request failed by a fault of our own.",
    "The log says more ('sso-tray logs'); please report it.",
)


def audit_unwritable(path: str, reason: str) -> tuple[str, str]:
    """Say that nothing can be noted of who asks for what."""
    return (
        f"Who asks for which profile can't be noted in {path}: {reason}.",
        "Make the file yours to write, or set audit = false.",
    )
