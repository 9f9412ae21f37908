"""Configs with one thing wrong in a profile's own keys, and what is to be said."""

from __future__ import annotations

from typing import NamedTuple

from tests.aws.config_referee import Verdict
from tray.core.model import Subject

SESSION = """\
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
"""
LEGACY = """\
[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Reader
"""
ROLE = "sso_account_id = 123456789012\nsso_role_name = Reader\n"
DEV = f"[profile dev]\nsso_session = corp\n{ROLE}"


class Case(NamedTuple):
    """A config with one thing wrong in it."""

    name: str
    config: str
    subject: Subject
    about: str
    line: int
    words: tuple[str, ...]
    sound: tuple[str, ...] = ()
    referee: Verdict | None = None


def profile_case(  # noqa: PLR0913 - a row of a table
    name: str,
    text: str,
    line: int,
    *words: str,
    about: str = "p",
    sound: tuple[str, ...] = (),
    referee: Verdict | None = None,
) -> Case:
    """Give a case about a profile that follows a sound session of three lines."""
    config = f"{SESSION}{text}"
    return Case(name, config, Subject.PROFILE, about, line, words, sound, referee)


def session_case(
    name: str, text: str, line: int, *words: str, about: str = "s"
) -> Case:
    """Give a case about a session."""
    return Case(name, text, Subject.SESSION, about, line, words)


REFUSED, SSO, NOT_SSO = Verdict.REFUSED, Verdict.SSO, Verdict.NOT_SSO

PROFILES = [
    profile_case(
        "unknown session", f"[profile p]\nsso_session = nope\n{ROLE}", 5,
        "'nope'", "does not exist", "[sso-session nope]", referee=REFUSED,
    ),
    profile_case(
        "session nearly named", f"[profile p]\nsso_session = corpp\n{ROLE}", 5,
        "sso_session = corp", referee=REFUSED,
    ),
    profile_case(
        "session in quotes", f'[profile p]\nsso_session = "corp"\n{ROLE}', 5,
        "quotes around sso_session", referee=REFUSED,
    ),
    profile_case(
        "session with a comment", f"[profile p]\nsso_session = corp ; x\n{ROLE}", 5,
        "comment behind sso_session", referee=REFUSED,
    ),
    profile_case(
        "session empty", f"[profile p]\nsso_session =\n{ROLE}", 5,
        "empty sso_session", referee=REFUSED,
    ),
    profile_case(
        "bearer profile of an unknown session", "[profile p]\nsso_session = nope\n", 5,
        "does not exist",
    ),
    profile_case(
        "role missing",
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012", 4,
        "no sso_role_name", referee=REFUSED,
    ),
    profile_case(
        "account missing", "[profile p]\nsso_session = corp\nsso_role_name = Reader",
        4, "no sso_account_id", referee=REFUSED,
    ),
    profile_case(
        "key mistyped",
        "[profile p]\nsso_session = corp\nsso_acount_id = 123456789012\n"
        "sso_role_name = Reader",
        6, "sso_acount_id", "Write sso_account_id.", referee=REFUSED,
    ),
    profile_case(
        "both keys mistyped",
        "[profile p]\nsso_session = corp\nsso_acount_id = 123456789012\n"
        "sso_rolename = Reader",
        6, "sso_acount_id",
    ),
    profile_case(
        "session key mistyped", f"[profile p]\nsso_sesion = corp\n{ROLE}", 5,
        "Write sso_session.", referee=REFUSED,
    ),
    profile_case(
        "only key mistyped", "[profile p]\nsso_sesion = corp", 5, "Write sso_session.",
    ),
    profile_case(
        "account too short",
        "[profile p]\nsso_session = corp\nsso_account_id = 12345678901\n"
        "sso_role_name = Reader",
        6, "'12345678901'", "leading zeros",
    ),
    profile_case(
        "account with dashes",
        "[profile p]\nsso_session = corp\nsso_account_id = 1234-5678-9012\n"
        "sso_role_name = Reader",
        6, "12 digits",
    ),
    profile_case(
        "account in other digits",
        "[profile p]\nsso_session = corp\nsso_account_id = ١٢٣٤٥٦٧٨٩٠١٢\n"
        "sso_role_name = Reader",
        6, "12 digits",
    ),
    profile_case(
        "account in quotes",
        '[profile p]\nsso_session = corp\nsso_account_id = "123456789012"\n'
        "sso_role_name = Reader",
        6, "quotes around sso_account_id",
    ),
    profile_case(
        "account with a comment",
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012 # prod\n"
        "sso_role_name = Reader",
        6, "line of its own",
    ),
    profile_case(
        "role with an ARN",
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\n"
        "sso_role_name = arn:aws:iam::123456789012:role/Reader",
        7, "not its ARN",
    ),
    profile_case(
        "role over two lines",
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\n"
        "sso_role_name = Reader\n  region = x",
        7, "more than one line",
    ),
    profile_case(
        "role empty",
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\n"
        "sso_role_name =\n",
        7, "empty sso_role_name",
    ),
    profile_case(
        "start URL contradicts",
        f"[profile p]\nsso_session = corp\nsso_start_url = https://x.y\n{ROLE}", 6,
        "another sso_start_url", "Take sso_start_url out", referee=REFUSED,
    ),
    profile_case(
        "region contradicts",
        f"[profile p]\nsso_session = corp\nsso_region = us-east-1\n{ROLE}", 6,
        "another sso_region", referee=REFUSED,
    ),
    profile_case(
        "region contradicts a bearer profile",
        "[profile p]\nsso_session = corp\nsso_region = us-east-1\n", 6,
        "the session's counts", sound=("p",), referee=NOT_SSO,
    ),
    profile_case(
        "legacy lacks role and account",
        "[profile p]\nsso_start_url = https://x.y\nsso_region = us-east-1\n", 4,
        "no sso_account_id and sso_role_name",
    ),
    profile_case(
        "legacy lacks start URL", f"[profile p]\nsso_region = us-east-1\n{ROLE}", 4,
        "no sso_start_url", referee=REFUSED,
    ),
    profile_case(
        "legacy lacks region", f"[profile p]\nsso_start_url = https://x.y\n{ROLE}", 4,
        "no sso_region", referee=REFUSED,
    ),
    profile_case(
        "legacy with an empty start URL",
        f"[profile p]\nsso_start_url =\nsso_region = us-east-1\n{ROLE}", 5,
        "empty sso_start_url",
    ),
    profile_case(
        "legacy regions differ",
        f"{LEGACY}{LEGACY.replace('old]', 'p]').replace('us-east-1', 'eu-west-1')}", 11,
        "another sso_region", "sso_region = us-east-1", sound=("old", "p"), referee=SSO,
    ),
]  # fmt: skip
