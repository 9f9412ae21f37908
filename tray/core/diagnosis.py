"""A report that people can paste into a question: how things stand, and no names.

Sessions, profiles, accounts, addresses and places of files are numbered, not named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from tray.core.board import Board, SessionStatus
from tray.core.stamps import stamp
from tray.core.wording.board import session_title


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
