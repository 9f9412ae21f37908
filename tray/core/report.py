"""The board as `status --json` and the local endpoint give it (version 1).

Members are only ever added. Times are UTC, whole seconds; what is not known is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tray.core.board import Board, SessionStatus
from tray.core.model import ConfigProblem, Problem
from tray.core.profiles import ProfileStatus, profile_statuses
from tray.core.stamps import stamp

VERSION = 1

Report = Mapping[str, object]
"""A JSON object."""


def report(board: Board, now: datetime, *, daemon: bool) -> Report:
    """Give the whole report; `daemon` tells whether one answered."""
    profiles = list(profile_statuses(board))
    names: dict[str, list[str]] = {}
    for status in profiles:
        names.setdefault(status.profile.session, []).append(status.profile.name)
    return {
        "version": VERSION,
        "now": stamp(now),
        "daemon": daemon,
        "paused": board.paused,
        "sessions": [
            _session(status, names.get(status.session.name, []))
            for status in board.sessions
        ],
        "profiles": [_profile(status) for status in profiles],
        "problems": [_config_problem(problem) for problem in board.problems],
    }


def _session(status: SessionStatus, profiles: list[str]) -> Report:
    token = {
        "expires_at": stamp(status.expires_at),
        "renewable": status.renewable,
        "renews_at": stamp(status.renews_at),
    }
    return {
        "name": status.session.name,
        "start_url": status.session.start_url,
        "region": status.session.region,
        "legacy": status.session.legacy,
        "phase": status.phase,
        "needs": status.needs,
        "problem": _problem(status.problem),
        "access_token": token if status.expires_at else None,
        "portal_session": {
            "ends_at": stamp(status.ends_at),
            "source": status.horizon.source,
            "logged_in_at": stamp(status.horizon.logged_in_at),
            "confidence": status.horizon.confidence,
            "observations": status.horizon.observations,
        },
        "profiles": profiles,
    }


def _profile(status: ProfileStatus) -> Report:
    expires = status.role_credentials_expire_at
    return {
        "name": status.profile.name,
        "session": status.profile.session,
        "account_id": status.profile.account_id,
        "role_name": status.profile.role_name,
        "region": status.profile.region,
        "source_profile": status.profile.source_profile,
        "safe_until": stamp(status.safe_until),
        "role_credentials": {"expires_at": stamp(expires)} if expires else None,
        "works_until": {
            "aws_cli": stamp(status.works.aws_cli),
            "sdks": stamp(status.works.sdks),
            "sso_tray": stamp(status.works.ours),
        },
        "problem": _problem(status.problem),
    }


def _config_problem(problem: ConfigProblem) -> Report:
    return {
        "subject": problem.subject,
        "name": problem.name,
        "line": problem.line,
        "title": problem.problem.title,
        "remedy": problem.problem.remedy,
    }


def _problem(problem: Problem | None) -> Report | None:
    if problem is None:
        return None
    return {"title": problem.title, "remedy": problem.remedy}
