"""`status --json`: the contract, member by member."""

from __future__ import annotations

import json

from tests.builders import NOON, a_profile, a_session, a_token, hours
from tray.core.memory import Memory, SessionRecord
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject
from tray.core.report import report
from tray.core.settings import Settings
from tray.core.stamps import stamp
from tray.core.status import Facts, assess

CORP = {
    "name": "corp",
    "start_url": "https://acme.awsapps.com/start",
    "region": "eu-west-1",
    "legacy": False,
    "phase": "valid",
    "needs": None,
    "problem": None,
    "access_token": {
        "expires_at": "2026-03-02T12:42:00Z",
        "renewable": True,
        "renews_at": "2026-03-02T12:22:00Z",
    },
    "portal_session": {
        "ends_at": "2026-03-02T19:00:00Z",
        "source": "setting",
        "logged_in_at": "2026-03-02T11:00:00Z",
        "confidence": None,
        "observations": 0,
    },
    "profiles": ["dev"],
}

LAB = {
    "name": "lab",
    "start_url": "https://acme.awsapps.com/start",
    "region": "eu-west-1",
    "legacy": False,
    "phase": "logged_out",
    "needs": "login",
    "problem": None,
    "access_token": None,
    "portal_session": {
        "ends_at": None,
        "source": "unknown",
        "logged_in_at": None,
        "confidence": None,
        "observations": 0,
    },
    "profiles": ["test"],
}

DEV = {
    "name": "dev",
    "session": "corp",
    "account_id": "111122223333",
    "role_name": "Admin",
    "region": "eu-west-1",
    "source_profile": None,
    "safe_until": "2026-03-02T19:00:00Z",
    "role_credentials": None,
    "works_until": dict.fromkeys(
        ("aws_cli", "sdks", "sso_tray"), "2026-03-02T19:00:00Z"
    ),
    "problem": None,
}

TEST = DEV | {
    "name": "test",
    "session": "lab",
    "safe_until": None,
    "works_until": dict.fromkeys(("aws_cli", "sdks", "sso_tray")),
    "problem": {"title": "Wrong.", "remedy": "Mend."},
}

WRONG = {
    "subject": "profile",
    "name": "test",
    "line": 9,
    "title": "Wrong.",
    "remedy": "Mend.",
}


def test_the_report_is_the_contract() -> None:
    """Every member of the contract is there, known things as known, the rest null."""
    lab = a_session("lab")
    wrong = ConfigProblem(Subject.PROFILE, "test", 9, Problem("Wrong.", "Mend."))
    profiles = (a_profile(), a_profile("test", "lab"))
    config = AwsConfig((a_session(), lab), profiles, (wrong,))
    memory = Memory(
        {a_session().cache_key: SessionRecord(logged_in_at=NOON - hours(1))}
    )
    facts = Facts(config, {a_session().cache_key: a_token()}, memory)
    board = assess(facts, NOON, Settings(session_duration=hours(8)))

    data = json.loads(json.dumps(report(board, NOON, daemon=False)))

    assert data == {
        "version": 1,
        "now": "2026-03-02T12:00:00Z",
        "daemon": False,
        "paused": False,
        "sessions": [CORP, LAB],
        "profiles": [DEV, TEST],
        "problems": [WRONG],
    }


def test_times_are_utc_whole_seconds_or_null() -> None:
    """A time is written in the one form that every program reads."""
    assert stamp(None) is None
    assert stamp(NOON.replace(microsecond=999)) == "2026-03-02T12:00:00Z"
