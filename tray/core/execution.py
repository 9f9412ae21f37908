"""The variables of a command that `exec` runs: ours, and none that would win over them.

Which ones those are: "Standardized credential providers" in the AWS SDKs' reference.
A profile that the environment names wins over the container endpoint, and so do keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tray.core.credentials import RoleCredentials
from tray.core.stamps import stamp


class Mode(StrEnum):
    """How `exec` hands credentials to its command."""

    ENDPOINT = "endpoint"
    """By an endpoint on this machine: they renew for as long as the command runs."""

    ENV = "env"
    """By variables: for programs that know nothing else; they end when they end."""


WINNERS = frozenset(
    {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_ACCOUNT_ID",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_ROLE_ARN",
        "AWS_ROLE_SESSION_NAME",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AWS_BEARER_TOKEN_BEDROCK",
    }
)
"""What would be used in place of the profile that was asked for."""


def cleaned(environ: Mapping[str, str], region: str) -> dict[str, str]:
    """Give variables without those that win, and with the profile's region."""
    kept = {name: value for name, value in environ.items() if name not in WINNERS}
    if region:
        kept |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    return kept


def with_endpoint(
    environ: Mapping[str, str], region: str, url: str, token: str
) -> dict[str, str]:
    """Give the variables of a command that asks an endpoint."""
    return cleaned(environ, region) | {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": url,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": token,
    }


def with_keys(
    environ: Mapping[str, str], region: str, credentials: RoleCredentials
) -> dict[str, str]:
    """Give the variables of a command that reads its keys from them; in clear text."""
    return cleaned(environ, region) | {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key.reveal(),
        "AWS_SESSION_TOKEN": credentials.session_token.reveal(),
        "AWS_CREDENTIAL_EXPIRATION": stamp(credentials.expiration) or "",
    }


def container_document(document: Mapping[str, object]) -> dict[str, str]:
    """Give what a container endpoint answers, from a `credential_process` document."""
    return {
        "AccessKeyId": str(document["AccessKeyId"]),
        "SecretAccessKey": str(document["SecretAccessKey"]),
        "Token": str(document["SessionToken"]),
        "Expiration": str(document["Expiration"]),
        "AccountId": str(document["AccountId"]),
    }
