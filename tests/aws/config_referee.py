"""Asks botocore itself what a profile is, without its network."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import botocore.credentials
import botocore.exceptions
import botocore.session

SOURCES = {"assume-role", "assume-role-with-web-identity", "sso"}


class Verdict(Enum):
    """What botocore says about a profile."""

    SSO = "its credentials come through SSO"
    NOT_SSO = "they do not"
    REFUSED = "it raises an error"


def verdict(config: Path, credentials: Path, profile: str) -> Verdict:
    """Ask the providers that come before static keys, in botocore's order."""
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("config_file", str(config))
    session.set_config_variable("credentials_file", str(credentials))
    session.set_config_variable("region", "us-east-1")
    resolver = botocore.credentials.create_credential_resolver(session)
    try:
        for provider in resolver.providers:
            found = provider.load() if provider.METHOD in SOURCES else None
            if found is not None:
                return _source(found)
    except (
        botocore.exceptions.InvalidConfigError,
        botocore.exceptions.PartialCredentialsError,
        botocore.exceptions.InfiniteLoopConfigError,
    ):
        return Verdict.REFUSED
    return Verdict.NOT_SSO


def _source(credentials: Any) -> Verdict:  # noqa: ANN401 - botocore carries no types
    while credentials.method == "assume-role":
        credentials = credentials._refresh_using.__self__._source_credentials
    return Verdict.SSO if credentials.method == "sso" else Verdict.NOT_SSO
