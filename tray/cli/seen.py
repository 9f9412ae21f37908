"""The report as values: read back from JSON, so that all views share their words.

It may come from a daemon of another version: what is missing is not known, and a word
that is new counts as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.errors import ConfigError, TrayError, UsageError
from tray.core.holdings import Holdings
from tray.core.horizon import Horizon, Source
from tray.core.model import ConfigProblem, Problem, Profile, SsoSession, Subject
from tray.core.reliance import Reliance
from tray.core.wording import cli as wording
from tray.core.wording import signin
from tray.core.wording.board import session_title

Members = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known at a moment."""

    now: datetime
    """The moment."""

    daemon: bool
    """Whether a daemon said so."""

    board: Board
    """All sessions, profiles and problems."""

    works: Mapping[str, Reliance] = field(default_factory=dict)
    """Until when programs go on with profiles, by name."""

    def named(self, name: str) -> SessionStatus:
        """Give the session of this name, or title. Raises `UsageError`."""
        for status in self.board.sessions:
            if name in {status.session.name, session_title(status.session)}:
                return status
        known = [status.session.name for status in self.board.sessions]
        raise self.unreadable() or UsageError(*signin.no_such_session(name, known))

    def only(self) -> SessionStatus:
        """Give the one session there is. Raises `UsageError` or `ConfigError`."""
        sessions = self.board.sessions
        if len(sessions) == 1:
            return sessions[0]
        if sessions:
            known = [status.session.name for status in sessions]
            raise UsageError(*signin.which_session(known))
        raise self.unreadable() or ConfigError(*signin.no_session())

    def of_profile(self, name: str) -> SessionStatus:
        """Give the session of a profile. Raises `UsageError` or `ConfigError`."""
        for profile in self.board.profiles:
            if profile.name == name:
                status = self.board.session(profile.session)
                if status is None:
                    lost = wording.profile_without_session(name, profile.session)
                    raise ConfigError(*lost)
                return status
        for problem in self.board.problems:
            if problem.subject is Subject.PROFILE and problem.name == name:
                raise ConfigError(problem.problem.title, problem.problem.remedy)
        raise self.unreadable() or UsageError(*signin.no_such_profile(name))

    def unreadable(self) -> ConfigError | None:
        """Say that the config as a whole can't be read, if that is so."""
        for problem in self.board.problems:
            if problem.subject is Subject.FILE and not problem.line:
                return ConfigError(problem.problem.title, problem.problem.remedy)
        return None


def read_report(report: Members) -> Seen:
    """Give a report's values. Raises `TrayError` when it is no report."""
    now = read_time(report.get("now"))
    if now is None or not isinstance(report.get("sessions"), list | tuple):
        raise TrayError(*wording.strange_answer("now" if now is None else "sessions"))
    board = Board(
        sessions=tuple(_session(entry) for entry in _members(report, "sessions")),
        profiles=tuple(_profile(entry) for entry in _members(report, "profiles")),
        problems=tuple(_finding(entry) for entry in _members(report, "problems")),
        paused=report.get("paused") is True,
        holdings=Holdings(snags=dict(_snags(report))),
    )
    works = {p.name: one for p, one in _works(report, board)}
    return Seen(now, report.get("daemon") is True, board, works)


def _members(report: Members, name: str) -> Iterator[Members]:
    """Give the objects of a list in a report."""
    entries = report.get(name)
    for entry in entries if isinstance(entries, list | tuple) else ():
        if isinstance(entry, Mapping):
            yield entry


def _snags(report: Members) -> Iterator[tuple[str, Problem]]:
    for entry in _members(report, "profiles"):
        problem = _problem(entry.get("problem"))
        if problem is not None:
            yield _text(entry, "name"), problem


def _works(report: Members, board: Board) -> Iterator[tuple[Profile, Reliance]]:
    statuses = {one.session.name: one for one in board.sessions}
    for entry, profile in zip(
        _members(report, "profiles"), board.profiles, strict=True
    ):
        ends, status = _object(entry, "works_until"), statuses.get(profile.session)
        yield (
            profile,
            Reliance(
                read_time(ends.get("aws_cli")),
                read_time(ends.get("sdks")),
                read_time(ends.get("sso_tray")),
                at_least=status is not None and status.ends_at is None,
            ),
        )


def _session(entry: Members) -> SessionStatus:
    token, portal = _object(entry, "access_token"), _object(entry, "portal_session")
    session = SsoSession(
        _text(entry, "name"),
        _text(entry, "start_url"),
        _text(entry, "region"),
        legacy=entry.get("legacy") is True,
    )
    return SessionStatus(
        session=session,
        phase=_word(Phase, entry.get("phase")) or Phase.UNKNOWN,
        needs=_word(Needs, entry.get("needs")),
        problem=_problem(entry.get("problem")),
        expires_at=read_time(token.get("expires_at")),
        renewable=token.get("renewable") is True,
        renews_at=read_time(token.get("renews_at")),
        horizon=Horizon(
            read_time(portal.get("ends_at")),
            _word(Source, portal.get("source")) or Source.UNKNOWN,
            read_time(portal.get("logged_in_at")),
            observations=_count(portal.get("observations")),
        ),
    )


def _profile(entry: Members) -> Profile:
    return Profile(
        _text(entry, "name"),
        _text(entry, "session"),
        _text(entry, "account_id"),
        _text(entry, "role_name"),
        _text(entry, "region"),
        _text(entry, "source_profile") or None,
    )


def _finding(entry: Members) -> ConfigProblem:
    line = entry.get("line")
    return ConfigProblem(
        _word(Subject, entry.get("subject")) or Subject.FILE,
        _text(entry, "name"),
        line if isinstance(line, int) else 0,
        Problem(_text(entry, "title"), _text(entry, "remedy")),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _problem(value: object) -> Problem | None:
    if not isinstance(value, Mapping):
        return None
    return Problem(_text(value, "title"), _text(value, "remedy"))


def _object(entry: Members, name: str) -> Members:
    value = entry.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(entry: Members, name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _word(words: type[Word], value: object) -> Word | None:
    return next((word for word in words if word == value), None)


def read_time(value: object) -> datetime | None:
    """Give a time as an answer has it; None for anything else."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment else None
