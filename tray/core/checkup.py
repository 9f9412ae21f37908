"""From facts to findings: what is right, what wants a look, what does not work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from tray.core.audit import Asked
from tray.core.autostart import AutostartStatus
from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.findings import Finding, Health, Part
from tray.core.ledger import StartedLogin
from tray.core.looks import CacheFacts, DesktopFacts, Reached
from tray.core.model import ConfigProblem, Problem, Subject
from tray.core.wording import autostart as starting
from tray.core.wording import doctor as wording
from tray.core.wording import signin
from tray.core.wording.board import (
    clock_wrong,
    session_detail,
    session_label,
    session_title,
)

CLOCK_OFF = timedelta(minutes=1)
"""From here on people should set their clock right; AWS bears five minutes."""

CLOCK_WRONG = timedelta(minutes=5)
"""AWS turns away what is signed by a clock so wrong."""

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
"""With these set, SDKs ask no profile unless one is named."""

PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
"""These name the profile; the first one wins in the AWS CLI."""

PLACES = (
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_SSO",
    "AWS_ENDPOINT_URL_SSO_OIDC",
)
"""These lead to other files and servers."""

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY")

Said = tuple[str, str]
Findings = Iterator[Finding]


def about_versions(about: Mapping[str, str], running: str | None) -> Findings:
    """Look at what runs; `running` is the daemon's version, None without one."""
    ours = about["sso-tray"]
    yield _ok(Part.VERSIONS, wording.versions(ours, about["python"], about["system"]))
    if running is None:
        yield _attention(Part.DAEMON, wording.DAEMON_OFF)
    elif running != ours:
        yield _attention(Part.DAEMON, wording.other_version(ours, running))
    else:
        yield _ok(Part.DAEMON, wording.DAEMON_ON)


def about_config(board: Board) -> Findings:
    """Look at the AWS config: each problem names file, section and key."""
    for one in board.problems:
        said = (one.problem.title, one.problem.remedy)
        yield (_broken if _stops(one, board) else _attention)(Part.CONFIG, said)
    if not board.sessions and not board.problems:
        yield _attention(Part.CONFIG, wording.CONFIG_EMPTY)
    elif not board.problems:
        yield _ok(Part.CONFIG, wording.CONFIG_FINE)


def _stops(one: ConfigProblem, board: Board) -> bool:
    """Tell whether nothing works with it: no file, or a session of no use."""
    if one.subject is Subject.SESSION:
        status = board.session(one.name)
        return status is None or status.phase is Phase.MISCONFIGURED
    return one.subject is Subject.FILE and not one.line


def about_settings(problems: Sequence[Problem], locked: Sequence[str]) -> Findings:
    """Look at the settings and at the machine's policy."""
    for problem in problems:
        yield _attention(Part.SETTINGS, (problem.title, problem.remedy))
    if not problems:
        yield _ok(Part.SETTINGS, wording.SETTINGS_FINE)
    if locked:
        yield _ok(Part.SETTINGS, wording.locked(locked))


def about_variables(environ: Mapping[str, str], profiles: Collection[str]) -> Findings:
    """Look at the variables that win over profiles; no value of a secret is told."""
    keys = [name for name in KEYS if environ.get(name)]
    if keys:
        title = wording.KEYS_TITLE.format(", ".join(keys))
        remedy = wording.KEYS_REMEDY.format(" ".join(keys))
        yield _attention(Part.VARIABLES, (title, remedy))
    for name in PROFILES:
        chosen = environ.get(name)
        if chosen and chosen in profiles:
            yield _ok(Part.VARIABLES, wording.profile_chosen(name, chosen))
        elif chosen:
            yield _attention(Part.VARIABLES, wording.profile_missing(name, chosen))
    places = [name for name in PLACES if environ.get(name)]
    if places:
        yield _ok(Part.VARIABLES, wording.elsewhere(places))
    if not keys and not any(environ.get(name) for name in PROFILES):
        yield _ok(Part.VARIABLES, wording.VARIABLES_FINE)


def about_sessions(board: Board, now: datetime) -> Findings:
    """Look at each session: how it stands, when it ends, and why we think so."""
    for status in board.sessions:
        title = f"{session_label(status, now)}."
        remedy = session_detail(status, now) or ""
        if not remedy and status.needs is Needs.LOGIN:
            remedy = signin.logged_out(status.session)[1]
        yield Finding(Part.SESSIONS, _health(status), title, remedy)


def _health(status: SessionStatus) -> Health:
    if status.phase is Phase.MISCONFIGURED or status.needs is Needs.CONFIG:
        return Health.BROKEN
    well = status.needs is None and status.problem is None
    return Health.OK if well else Health.ATTENTION


def about_registrations(
    board: Board, ends: Mapping[str, datetime | None], now: datetime
) -> Findings:
    """Look at each session's client registration, by the session's name."""
    for status in board.sessions:
        title = session_title(status.session)
        end = ends.get(status.session.name)
        yield _ok(Part.REGISTRATIONS, wording.registration(title, end, now))


def about_cache(cache: CacheFacts) -> Findings:
    """Look at the token cache: modes, and the files of other programs."""
    if cache.fault:
        yield _broken(Part.CACHE, wording.cache_unusable(cache.folder, cache.fault))
    elif not cache.there:
        yield _ok(Part.CACHE, wording.CACHE_NONE)
    elif cache.open_files:
        said = wording.cache_open(cache.open_files, cache.folder)
        yield _attention(Part.CACHE, said)
    if cache.there and not cache.fault and not cache.open_files:
        yield _ok(Part.CACHE, wording.cache_files(cache.tokens, cache.foreign))


def about_network(
    reached: Sequence[Reached],
    environ: Mapping[str, str],
    authority: tuple[str, bool] | None,
) -> Findings:
    """Look at the services, proxy and certificates; `authority` says whether it is."""
    for one in reached:
        if one.fault is None:
            yield _ok(Part.NETWORK, wording.reached(one.host))
        else:
            yield _broken(Part.NETWORK, (one.fault.title, one.fault.remedy))
    if not reached:
        yield _ok(Part.NETWORK, wording.NETWORK_NONE)
    proxies = [name for name in PROXIES if environ.get(name)]
    if proxies:
        yield _ok(Part.NETWORK, wording.proxy(proxies))
    if authority is not None:
        place, there = authority
        said = wording.authority(place, there=there)
        yield (_ok if there else _broken)(Part.NETWORK, said)
    aheads = [one.ahead for one in reached if one.ahead is not None]
    if aheads:
        yield _clock(max(aheads, key=abs))


def _clock(ahead: timedelta) -> Finding:
    if abs(ahead) < CLOCK_OFF:
        return _ok(Part.CLOCK, wording.clock_right(max(abs(ahead), timedelta(0, 1))))
    wrong = clock_wrong(ahead)
    bad = abs(ahead) >= CLOCK_WRONG
    said = (wrong.title, wrong.remedy)
    return (_broken if bad else _attention)(Part.CLOCK, said)


def about_keyring(backend: str) -> Findings:
    """Look at the keyring, which is open and may be used."""
    yield _ok(Part.KEYRING, wording.keyring(backend))


def about_desktop(desktop: DesktopFacts) -> Findings:
    """Look at who shows icons and notices."""
    if not desktop.bus:
        yield _ok(Part.TRAY, wording.NO_BUS)
        return
    if desktop.tray:
        yield _ok(Part.TRAY, wording.TRAY_FINE)
    else:
        yield _attention(Part.TRAY, wording.NO_TRAY)
    if desktop.server:
        said = wording.notices(desktop.server, buttons=desktop.buttons)
        yield _ok(Part.NOTICES, said)
    else:
        yield _attention(Part.NOTICES, wording.NO_NOTICES)


def about_autostart(status: AutostartStatus) -> Findings:
    """Look at start at log-in."""
    item = status.active
    if item is None:
        yield _ok(Part.AUTOSTART, wording.AUTOSTART_OFF)
    elif item.faults:
        faults = [starting.FAULTS[fault] for fault in item.faults]
        yield _attention(Part.AUTOSTART, wording.starts_wrongly(item.place, faults))
    else:
        yield _ok(Part.AUTOSTART, wording.starts(starting.METHODS[item.method]))


def about_logins(logins: Sequence[StartedLogin], now: datetime) -> Findings:
    """Tell of the log-ins that we started, so that others can be told from them."""
    if not logins:
        yield _ok(Part.LOGINS, wording.NO_LOGINS)
    else:
        last = logins[-1]
        said = wording.logins(len(logins), last.session, last.at, now)
        yield _ok(Part.LOGINS, said)


def about_audit(record: Sequence[Asked]) -> Findings:
    """Sum up who asked for credentials, newest first; nothing without a record."""
    if record:
        programs = Counter(asked.program for asked in record).most_common(3)
        said = wording.audit(len(record), [name for name, _ in programs])
        yield _ok(Part.AUDIT, said)


def _ok(part: Part, said: Said) -> Finding:
    return Finding(part, Health.OK, *said)


def _attention(part: Part, said: Said) -> Finding:
    return Finding(part, Health.ATTENTION, *said)


def _broken(part: Part, said: Said) -> Finding:
    return Finding(part, Health.BROKEN, *said)
