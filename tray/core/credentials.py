"""Role credentials: the short-term keys of one profile, and how programs take them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tray.core.model import Secret
from tray.core.report import stamp
from tray.core.wording.shell import quoted


class Format(StrEnum):
    """How `env` writes credentials."""

    BASH = "bash"
    FISH = "fish"
    POWERSHELL = "powershell"
    CMD = "cmd"
    DOTENV = "dotenv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class RoleCredentials:
    """What `GetRoleCredentials` gives for one account and role."""

    access_key_id: str
    """The key's name, which is no secret by itself."""

    secret_access_key: Secret
    """The key."""

    session_token: Secret
    """What makes the key a short-term one."""

    expiration: datetime
    """When they end."""


def process_document(credentials: RoleCredentials, account_id: str) -> str:
    """Give the JSON that `credential_process` has to print; in clear text.

    From "Sourcing credentials with an external process" in the AWS SDKs' reference.
    """
    return json.dumps(
        {
            "Version": 1,
            "AccessKeyId": credentials.access_key_id,
            "SecretAccessKey": credentials.secret_access_key.reveal(),
            "SessionToken": credentials.session_token.reveal(),
            "Expiration": stamp(credentials.expiration),
            "AccountId": account_id,
        }
    )


def environment(
    credentials: RoleCredentials, account_id: str, region: str, form: Format
) -> str:
    """Give the lines that put credentials into a shell; in clear text."""
    if form is Format.JSON:
        return process_document(credentials, account_id)
    variables = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key.reveal(),
        "AWS_SESSION_TOKEN": credentials.session_token.reveal(),
        "AWS_CREDENTIAL_EXPIRATION": stamp(credentials.expiration) or "",
    }
    if region:
        variables |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    return "\n".join(_line(name, value, form) for name, value in variables.items())


def _line(name: str, value: str, form: Format) -> str:
    if form is Format.FISH:
        inside = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"set -gx {name} '{inside}'"
    if form is Format.POWERSHELL:
        inside = value.replace("'", "''")
        return f"$Env:{name} = '{inside}'"
    if form is Format.CMD:
        return f'set "{name}={value}"'
    if form is Format.DOTENV:
        return f"{name}={value}"
    return f"export {name}={quoted(value)}"
