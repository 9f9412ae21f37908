"""Configs with one thing wrong in a role's source, a rival source or a header."""

from __future__ import annotations

from tests.aws.config_cases import (
    DEV,
    NOT_SSO,
    REFUSED,
    ROLE,
    SSO,
    profile_case,
)

CHAINS = [
    profile_case(
        "role without source",
        f"[profile p]\nrole_arn = arn:aws:iam::1:role/x\nsso_session = corp\n{ROLE}", 5,
        "no source_profile", referee=REFUSED,
    ),
    profile_case(
        "two sources",
        f"{DEV}[profile p]\nrole_arn = r\nsource_profile = dev\n"
        "credential_source = Environment",
        11, "both source_profile and credential_source",
        sound=("dev",), referee=REFUSED,
    ),
    profile_case(
        "credential source beside SSO",
        f"[profile p]\nrole_arn = r\ncredential_source = Environment\n"
        f"sso_session = corp\n{ROLE}",
        4, "credential_source", "ignores its sso_* keys",
    ),
    profile_case(
        "web identity beside SSO",
        f"[profile p]\nrole_arn = r\nweb_identity_token_file = /t\n"
        f"sso_session = corp\n{ROLE}",
        4, "web_identity_token_file", referee=NOT_SSO,
    ),
    profile_case(
        "source missing", "[profile p]\nrole_arn = r\nsource_profile = nope", 6,
        "'nope'", "does not exist", referee=REFUSED,
    ),
    profile_case(
        "source nearly named",
        f"{DEV.replace('dev', 'team-one')}"
        "[profile p]\nrole_arn = r\nsource_profile = team-ons",
        10, "source_profile = team-one", sound=("team-one",), referee=REFUSED,
    ),
    profile_case(
        "its own source",
        f"[profile p]\nrole_arn = r\nsource_profile = p\nsso_session = corp\n{ROLE}", 6,
        "its own source_profile", referee=REFUSED,
    ),
    profile_case(
        "sources in a circle",
        "[profile p]\nrole_arn = r\nsource_profile = q\n"
        "[profile q]\nrole_arn = r\nsource_profile = p",
        6, "p → q → p", referee=REFUSED,
    ),
    profile_case(
        "source is broken",
        f"[profile q]\nsso_session = nope\n{ROLE}"
        "[profile p]\nrole_arn = r\nsource_profile = q",
        10, "'q' does not", referee=REFUSED,
    ),
    profile_case(
        "source has no role",
        "[profile q]\nsso_session = corp\n"
        "[profile p]\nrole_arn = r\nsource_profile = q",
        8, "no account and role", sound=("q",), referee=REFUSED,
    ),
    profile_case(
        "source without SSO beats SSO keys",
        "[profile q]\naws_access_key_id = A\naws_secret_access_key = B\n"
        f"[profile p]\nrole_arn = r\nsource_profile = q\nsso_session = corp\n{ROLE}",
        7, "source_profile", "ignores its sso_* keys", referee=NOT_SSO,
    ),
    profile_case(
        "SSO keys beside a source with SSO",
        f"{DEV}[profile p]\nrole_arn = r\nsource_profile = dev\n"
        f"sso_session = corp\n{ROLE}",
        9, "Take the sso_* keys out", sound=("dev", "p"), referee=SSO,
    ),
    profile_case(
        "static keys", f"{DEV.replace('dev', 'p')}aws_access_key_id = A\n", 8,
        "aws_access_key_id", "not in all", sound=("p",), referee=SSO,
    ),
    profile_case(
        "credential process", f"{DEV.replace('dev', 'p')}credential_process = x\n", 8,
        "credential_process", "not in all", sound=("p",), referee=SSO,
    ),
    profile_case(
        "aws login beside SSO", f"{DEV.replace('dev', 'p')}login_session = arn\n", 8,
        "login_session", "not in all", sound=("p",), referee=SSO,
    ),
    profile_case(
        "prefix glued", f"[profilep]\nsso_session = corp\n{ROLE}", 4,
        "[profilep]", "Write [profile p].",
    ),
    profile_case(
        "prefix missing", f"[p]\nsso_session = corp\n{ROLE}", 4, "Write [profile p].",
    ),
    profile_case(
        "prefix in capitals", f"[Profile p]\nsso_session = corp\n{ROLE}", 4,
        "Write [profile p].",
    ),
    profile_case(
        "default in capitals", f"[Default]\nsso_session = corp\n{ROLE}", 4,
        "Write [default].", about="default",
    ),
    profile_case(
        "name of two words", f"[profile my p]\nsso_session = corp\n{ROLE}", 4,
        'Write [profile "the name"]', about="my p",
    ),
    profile_case(
        "quote without end", f"[profile 'p]\nsso_session = corp\n{ROLE}", 4,
        "is not one word", about="'p",
    ),
    profile_case("no name", f"[profile]\nsso_session = corp\n{ROLE}", 4,
        "no name", about="",
    ),
    profile_case("empty name", f'[profile ""]\nsso_session = corp\n{ROLE}', 4,
        "no name", about="",
    ),
]  # fmt: skip
