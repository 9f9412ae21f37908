"""A report that people can paste into a question: how things stand, and no names.

Sessions, profiles, accounts, addresses and places of files are numbered, not named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tray.core.board import Board, SessionStatus
from tray.core.findings import Finding
from tray.core.stamps import stamp
from tray.core.wording.board import session_title

_FORMS = (
    (re.compile(r"https?://\S+"), "an address"),
    (re.compile(r"'[^']*'"), "'…'"),
    (re.compile(r"(?:~|[A-Za-z]:)?[/\\][^\s:,;()']+"), "a file"),
    (
        re.compile(
            r"(?<![\w.-])(?!\S*\.(?:amazonaws\.com|api\.aws)\b)"
            r"(?:[\w-]+\.)+[A-Za-z]{2,}(?![\w-])"
        ),
        "a host",
    ),
)
"""What may hold a name that we do not know, and what stands in for it."""


def diagnosis(board: Board, about: Mapping[str, str], now: datetime) -> str:
    """Give the report; `about` says what it runs on, by name."""
    lines = [f"{name}: {value}" for name, value in about.items()]
    lines += [f"time: {stamp(now)}", f"profiles: {len(board.profiles)}"]
    lines += [f"paused: {_yes(flag=board.paused)}"]
    for number, status in enumerate(board.sessions, 1):
        lines.append(f"session {number}: {', '.join(_session(status))}")
    problems = Counter(problem.subject.name.lower() for problem in board.problems)
    lines += [f"problems with a {kind}: {count}" for kind, count in problems.items()]
    return "\n".join(lines) + "\n"


def bundle(
    board: Board,
    findings: Sequence[Finding],
    about: Mapping[str, str],
    now: datetime,
) -> str:
    """Give the report with what `doctor` found; remedies, which name files, are left.

    Every name that the config has is numbered, in whatever sentence it stands.
    """
    names = _names(board)
    lines = [
        f"{one.health.value} {one.part.value}: {_nameless(one.title, names)}"
        for one in findings
    ]
    return diagnosis(board, about, now) + "\n".join(lines) + "\n"


def _names(board: Board) -> list[tuple[str, str]]:
    """Give each name with what stands in for it, longest first."""
    found: dict[str, str] = {}
    for number, status in enumerate(board.sessions, 1):
        for name in (
            status.session.start_url,
            session_title(status.session),
            status.session.name,
        ):
            found.setdefault(name, f"session {number}")
    for number, profile in enumerate(board.profiles, 1):
        found.setdefault(profile.name, f"profile {number}")
        found.setdefault(profile.account_id, "an account")
        found.setdefault(profile.role_name, "a role")
    for problem in board.problems:
        found.setdefault(problem.name, f"a {problem.subject.name.lower()}")
    known = [(name, other) for name, other in found.items() if name]
    return sorted(known, key=lambda pair: -len(pair[0]))


def _nameless(text: str, names: Sequence[tuple[str, str]]) -> str:
    for form, other in _FORMS:
        text = form.sub(other, text)
    if not names:
        return text
    known = dict(names)
    pattern = "|".join(re.escape(name) for name, _ in names)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: known[m[0]], text)


def _session(status: SessionStatus) -> Iterator[str]:
    yield status.phase.value
    yield "legacy" if status.session.legacy else "sso-session"
    yield f"region {status.session.region or 'missing'}"
    yield f"token until {stamp(status.expires_at) or 'none'}"
    yield f"renewable {_yes(flag=status.renewable)}"
    yield f"ends {stamp(status.ends_at) or 'unknown'} ({status.horizon.source.value})"
    if status.problem is not None:
        title = status.problem.title
        for name in (status.session.start_url, session_title(status.session)):
            title = title.replace(name, "the session") if name else title
        yield f"problem: {title}"


def _yes(*, flag: bool) -> str:
    return "yes" if flag else "no"
