"""What `doctor` says about each part, as (what was found, what to do)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tray.core.wording.shell import quoted_path
from tray.core.wording.times import clock, duration

ABOUT = "check each part, and say what is wrong and what to do"
JSON = "print JSON for scripts"
BUNDLE = "also write what was found to a file, without names, for a bug report"
EXAMPLES = """\
examples:
  sso-tray doctor                       exit status 0: nothing is broken
  sso-tray doctor --bundle report.txt   to put into a bug report
"""

FINE = "Nothing is broken."
BROKEN = "Something is broken: see the lines that say so."

DAEMON_ON = ("sso-tray runs.", "")
DAEMON_OFF = ("sso-tray does not run.", "Start it: sso-tray run")
CONFIG_FINE = ("The AWS config can be read, and nothing in it is wrong.", "")
CONFIG_EMPTY = (
    "There is no SSO session in the AWS config.",
    "Make one: sso-tray configure",
)
SETTINGS_FINE = ("The settings have no mistake.", "")
VARIABLES_FINE = ("No variable takes the place of a profile.", "")
KEYS_TITLE = "These variables win over every profile: {}."
KEYS_REMEDY = "Take them away where they are not wanted: unset {}"
CACHE_NONE = ("There is no token cache yet; the first log-in makes it.", "")
NETWORK_NONE = ("No session names a region that could be asked.", "")
KEYRING_FINE = "The keyring is open ({}); role credentials are kept in it."
NO_BUS = (
    "There is no desktop here: no tray and no notices.",
    "Nothing to do over SSH or in a container; the commands work.",
)
TRAY_FINE = ("A panel shows tray icons.", "")
NO_TRAY = (
    "No panel shows tray icons.",
    "GNOME wants the AppIndicator extension; others a tray or status notifier plugin.",
)
NO_NOTICES = (
    "Nothing on this desktop shows notices.",
    "Install a notification daemon, such as dunst or xfce4-notifyd.",
)
AUTOSTART_OFF = (
    "sso-tray does not start at log-in.",
    "If it should: sso-tray autostart enable",
)
NO_LOGINS = ("sso-tray has started no log-in yet.", "")


def versions(version: str, python: str, system: str) -> tuple[str, str]:
    """Name what runs."""
    return f"sso-tray {version}, Python {python}, {system}.", ""


def other_version(ours: str, theirs: str) -> tuple[str, str]:
    """Say that the daemon is of another version than the command."""
    return (
        f"The sso-tray that runs is version {theirs}; this command is {ours}.",
        "Quit it from its menu, and start it again: sso-tray run",
    )


def locked(keys: Sequence[str]) -> tuple[str, str]:
    """Name what the policy has set."""
    return f"Locked by this machine's policy: {', '.join(keys)}.", ""


def profile_missing(variable: str, name: str) -> tuple[str, str]:
    """Say that a variable names a profile that is not there."""
    return (
        (
            f"{variable} names the profile '{name}', which uses no SSO session or is "
            "not there."
        ),
        f"Name another one, or: unset {variable}",
    )


def profile_chosen(variable: str, name: str) -> tuple[str, str]:
    """Say which profile a variable makes the usual one."""
    return f"{variable} makes '{name}' the usual profile.", ""


def elsewhere(variables: Sequence[str]) -> tuple[str, str]:
    """Name the variables that lead to other files or servers."""
    return f"Files or servers of AWS are set by {', '.join(variables)}.", ""


def registration(title: str, ends: datetime | None, now: datetime) -> tuple[str, str]:
    """Say how long a client registration lasts."""
    if ends is None:
        return f"{title}: none yet; the next log-in makes one.", ""
    if ends <= now:
        return f"{title}: ended; the next log-in makes a new one.", ""
    return f"{title}: good for {duration(ends - now)}.", ""


def cache_files(tokens: int, foreign: Sequence[str]) -> tuple[str, str]:
    """Count what is in the cache, and name what other programs keep there."""
    own = "1 file" if tokens == 1 else f"{tokens} files"
    if not foreign:
        return f"The token cache has {own}, all for you alone.", ""
    return (
        (
            f"The token cache has {own}, and {len(foreign)} of other programs, which "
            "are left alone."
        ),
        f"They are {', '.join(foreign)}.",
    )


def cache_open(names: Sequence[str], folder: str) -> tuple[str, str]:
    """Say that others can read tokens."""
    return (
        f"Other users can read {len(names)} of the files in {folder}.",
        f"Close them: chmod go-rwx {quoted_path(folder)}/*",
    )


def cache_unusable(folder: str, reason: str) -> tuple[str, str]:
    """Say that the cache can't be read or written."""
    place = quoted_path(folder)
    return (
        f"The token cache {folder} can't be used: {reason}.",
        f"Make it yours: chown -R $USER {place} && chmod 700 {place}",
    )


def reached(host: str) -> tuple[str, str]:
    """Say that a service answers."""
    return f"{host} answers.", ""


def proxy(names: Sequence[str]) -> tuple[str, str]:
    """Name the variables that set a proxy; never their values, which hold passwords."""
    return f"A proxy is set by {', '.join(names)}.", ""


def authority(place: str, *, there: bool) -> tuple[str, str]:
    """Say which certificates are believed, where that was set."""
    if there:
        return f"Certificates are checked against {place}.", ""
    return (
        f"The certificates in {place} can't be read.",
        "Correct AWS_CA_BUNDLE (or ca_bundle in the config), or take it away.",
    )


def clock_right(ahead: timedelta) -> tuple[str, str]:
    """Say that the clock is right, by AWS's."""
    return f"This computer's clock is right to {duration(abs(ahead))} or better.", ""


def notices(server: str, *, buttons: bool) -> tuple[str, str]:
    """Say who shows notices, and whether they have buttons."""
    if buttons:
        return f"{server} shows notices, with buttons.", ""
    return (
        f"{server} shows notices without buttons.",
        "Log in from the icon's menu, or with: sso-tray login",
    )


def keyring(backend: str) -> tuple[str, str]:
    """Name the keyring."""
    return KEYRING_FINE.format(backend), ""


def starts(place: str) -> tuple[str, str]:
    """Say what starts the program."""
    return f"sso-tray starts at log-in, by {place}.", ""


def starts_wrongly(place: str, faults: Sequence[str]) -> tuple[str, str]:
    """Say why the program would start wrongly."""
    return (
        f"{place} would start sso-tray wrongly: {'; '.join(faults)}.",
        "Repair it: sso-tray autostart enable",
    )


def logins(count: int, session: str, when: datetime, now: datetime) -> tuple[str, str]:
    """Tell of the last log-in that we started."""
    day = f"{when.astimezone():%Y-%m-%d} " if now - when > timedelta(days=1) else ""
    return (
        (
            f"sso-tray started {count} log-ins; the last one for {session} at "
            f"{day}{clock(when)}."
        ),
        "",
    )


def audit(count: int, programs: Sequence[str]) -> tuple[str, str]:
    """Sum up who asked for credentials; the names are what programs call themselves."""
    return (
        (
            f"The last {count} requests for credentials came mostly from programs "
            f"calling themselves {', '.join(programs)}."
        ),
        "",
    )


def too_slow(part: str, seconds: float) -> tuple[str, str]:
    """Say that a part could not be looked at in time."""
    return (
        f"The {part} could not be looked at within {seconds:.0f} s.",
        "Try again; if it stays so, something there hangs.",
    )


def region_silent(region: str, seconds: float) -> tuple[str, str]:
    """Say that nothing was heard of a region in time."""
    return (
        f"{region} did not answer within {seconds:.0f} s.",
        "Is it right in the AWS config, and does a proxy or firewall let it by?",
    )


def no_bundle(path: str, reason: str) -> tuple[str, str]:
    """Say that the report can't be written."""
    return f"The report can't be written to {path}: {reason}.", "Name another file."


def bundled(path: str) -> str:
    """Say where the report is."""
    return f"Written to {path}. It names nobody; look through it before you send it."
