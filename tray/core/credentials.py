"""Role credentials: the short-term keys of one profile, and how programs take them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tray.core.errors import TrayError
from tray.core.model import Secret
from tray.core.stamps import stamp
from tray.core.wording import cli_credentials as wording
from tray.core.wording.shell import quoted


class Format(StrEnum):
    """How `env` writes credentials."""

    BASH = "bash"
    FISH = "fish"
    POWERSHELL = "powershell"
    CMD = "cmd"
    DOTENV = "dotenv"
    JSON = "json"


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSAFE = {
    Format.CMD: re.compile(r'["%!]'),
    Format.DOTENV: re.compile(r"['\\]|\$\{"),
}
_POWERSHELL_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")
"""All that PowerShell takes for a single quote (`IsSingleQuote` in its tokenizer)."""


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


LEAST_LEFT = timedelta(minutes=15)
"""What has less is asked for again by botocore at each use, so it is never given."""

LEAD = timedelta(minutes=20)
"""From here on new ones are fetched, while the old are still given."""

LEAST_SHARE, LEAD_SHARE = 4, 3
"""For short-lived ones, these parts of their life instead."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Credentials, and since when we have them."""

    credentials: RoleCredentials
    """What was fetched."""

    at: datetime
    """When."""

    def fresh(self, now: datetime) -> bool:
        """Tell whether nobody needs to fetch others yet."""
        return self._left(now, LEAD, LEAD_SHARE)

    def good(self, now: datetime) -> bool:
        """Tell whether programs may be given them: more than 15 minutes are left."""
        return self._left(now, LEAST_LEFT, LEAST_SHARE)

    @property
    def fresh_until(self) -> datetime:
        """From when on others are needed."""
        end = self.credentials.expiration
        return end - min(LEAD, (end - self.at) / LEAD_SHARE)

    def work(self, now: datetime) -> bool:
        """Tell whether AWS takes them at all."""
        return now < self.credentials.expiration

    def _left(self, now: datetime, most: timedelta, share: int) -> bool:
        end = self.credentials.expiration
        return end - now > min(most, (end - self.at) / share)


def kept_form(fetched: Fetched, signed_in: datetime | None) -> Secret:
    """Give the text that the keyring keeps, with the sign-in that they come from."""
    keys = fetched.credentials
    return Secret(
        json.dumps(
            {
                "version": 1,
                "signed_in": stamp(signed_in),
                "fetched_at": stamp(fetched.at),
                "access_key_id": keys.access_key_id,
                "secret_access_key": keys.secret_access_key.reveal(),
                "session_token": keys.session_token.reveal(),
                "expiration": stamp(keys.expiration),
            }
        )
    )


def read_kept(text: Secret, signed_in: datetime | None) -> Fetched | None:
    """Give what the keyring kept; None for another sign-in's, or what is no such text.

    Times are kept to the second.
    """
    try:
        data = json.loads(text.reveal())
        if data["version"] != 1 or data["signed_in"] != stamp(signed_in):
            return None
        keys = RoleCredentials(
            str(data["access_key_id"]),
            Secret(str(data["secret_access_key"])),
            Secret(str(data["session_token"])),
            _moment(data["expiration"]),
        )
        return Fetched(keys, _moment(data["fetched_at"]))
    except (KeyError, TypeError, ValueError):
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def process_document(
    credentials: RoleCredentials, account_id: str
) -> Mapping[str, object]:
    """Give the object that `credential_process` has to print; in clear text.

    From "Sourcing credentials with an external process" in the AWS SDKs' reference.
    """
    return {
        "Version": 1,
        "AccessKeyId": credentials.access_key_id,
        "SecretAccessKey": credentials.secret_access_key.reveal(),
        "SessionToken": credentials.session_token.reveal(),
        "Expiration": stamp(credentials.expiration),
        "AccountId": account_id,
    }


def read_document(data: Mapping[str, object]) -> tuple[RoleCredentials, str]:
    """Give the credentials of such an object, and their account.

    Raises `ValueError` for anything else.
    """
    try:
        keys = RoleCredentials(
            str(data["AccessKeyId"]),
            Secret(str(data["SecretAccessKey"])),
            Secret(str(data["SessionToken"])),
            _moment(str(data["Expiration"])),
        )
        return keys, str(data["AccountId"])
    except KeyError as error:
        raise ValueError(*error.args) from None


def environment(
    credentials: RoleCredentials, account_id: str, region: str, form: Format
) -> str:
    """Give the lines that put credentials into a shell; in clear text.

    Raises `TrayError` for what can't be written so that it is read back unchanged.
    """
    if form is Format.JSON:
        return json.dumps(process_document(credentials, account_id))
    variables = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key.reveal(),
        "AWS_SESSION_TOKEN": credentials.session_token.reveal(),
        "AWS_CREDENTIAL_EXPIRATION": stamp(credentials.expiration) or "",
    }
    if region.isascii() and region.replace("-", "").isalnum():  # no other is a region
        variables |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    return "\n".join(_line(name, value, form) for name, value in variables.items())


def _line(name: str, value: str, form: Format) -> str:
    if not writable(value, form):
        raise TrayError(*wording.not_writable(name, form.value))
    if form is Format.FISH:
        inside = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"set -gx {name} '{inside}'"
    if form is Format.POWERSHELL:
        inside = _POWERSHELL_QUOTES.sub(r"\g<0>\g<0>", value)
        return f"$Env:{name} = '{inside}'"
    if form is Format.CMD:
        return f'set "{name}={value}"'
    if form is Format.DOTENV:
        return f"{name}={quoted(value)}"
    return f"export {name}={quoted(value)}"


def writable(value: str, form: Format) -> bool:
    r"""Tell whether all readers of a form read this value back as it is.

    A line can hold no control characters. What cmd makes of `%` depends on whether it
    reads a file, of `!` on a switch, and nothing quotes `"`. Readers of dotenv files
    differ in `\'` and `\\`, and some replace `${NAME}` within quotes too.
    """
    return not _CONTROL.search(value) and not _UNSAFE.get(form, _CONTROL).search(value)
