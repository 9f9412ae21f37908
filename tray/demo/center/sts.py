"""STS: role credentials for whoever has other ones (botocore's model `sts`).

Keys have AWS's shape and say in themselves that they are not real. Signatures are not
checked; who has a key's session token is believed.
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Mapping
from datetime import UTC, timedelta
from html import escape

from tray.demo.center.ledger import Ledger
from tray.demo.center.messages import Answer, Incoming, Refusal
from tray.demo.center.records import Keys
from tray.demo.center.settings import Role

SPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
TOKEN = "x-amz-security-token"  # noqa: S105 - a header's name
SHORTEST, LONGEST = 900, 3600
"""Seconds that a role from a role may last."""

_CREDENTIAL = re.compile(r"Credential=([A-Z0-9]+)/")


def give_keys(ledger: Ledger, arn: str, life: timedelta) -> tuple[str, str, Keys]:
    """Give a key's name, the key and what is known of it."""
    letters = string.ascii_uppercase + "234567"
    name = "ASIANOTREALX" + "".join(secrets.choice(letters) for _ in range(8))
    token = f"not-real-{secrets.token_urlsafe(180)}"
    keys = ledger.keys[name] = Keys(arn, token, ledger.now() + life)
    return name, f"not/a/real/key+{secrets.token_hex(12)}x", keys


class StsApi:
    """STS over the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def assume_role(self, incoming: Incoming) -> Answer:
        """Serve AssumeRole, the one action that there is."""
        form = incoming.form
        caller = self._caller(incoming)
        if form.get("Action") != "AssumeRole":
            raise refused(400, "InvalidAction", "There is no such action.")
        life = _life(form)
        role = self._role(form, caller)
        session = form.get("RoleSessionName", "")
        account, name = role.arn.split(":")[4], role.arn.rpartition("/")[2]
        arn = f"arn:aws:sts::{account}:assumed-role/{name}/{session}"
        key, secret, keys = give_keys(self._ledger, arn, life)
        end = keys.expires_at.astimezone(UTC)
        return _xml(
            f'<AssumeRoleResponse xmlns="{SPACE}"><AssumeRoleResult>'
            f"<AssumedRoleUser><AssumedRoleId>AROANOTREAL:{escape(session)}"
            f"</AssumedRoleId><Arn>{escape(arn)}</Arn></AssumedRoleUser><Credentials>"
            f"<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}"
            f"</SecretAccessKey><SessionToken>{keys.token}</SessionToken>"
            f"<Expiration>{end:%Y-%m-%dT%H:%M:%SZ}</Expiration></Credentials>"
            "</AssumeRoleResult></AssumeRoleResponse>"
        )

    def _caller(self, incoming: Incoming) -> Keys:
        found = _CREDENTIAL.search(incoming.headers.get("authorization", ""))
        keys = self._ledger.keys.get(found[1]) if found else None
        token = incoming.headers.get(TOKEN, "")
        if keys is None or not secrets.compare_digest(keys.token, token):
            raise refused(403, "InvalidClientTokenId", "The token is invalid.")
        if keys.expires_at <= self._ledger.now():
            raise refused(403, "ExpiredToken", "The token has expired.")
        return keys

    def _role(self, form: Mapping[str, str], caller: Keys) -> Role:
        arn = form.get("RoleArn", "")
        for role in self._ledger.settings.roles:
            named = role.external_id in {"", form.get("ExternalId", "")}
            if role.arn == arn and named and caller.arn.startswith(role.trusted):
                return role
        said = f"User: {caller.arn} is not authorized to perform: sts:AssumeRole"
        raise refused(403, "AccessDenied", said)


def _life(form: Mapping[str, str]) -> timedelta:
    text = form.get("DurationSeconds", str(LONGEST))
    if not text.isdecimal() or not SHORTEST <= int(text) <= LONGEST:
        said = "The requested DurationSeconds exceeds the 1 hour session limit."
        raise refused(400, "ValidationError", said)
    return timedelta(seconds=int(text))


def refused(status: int, code: str, message: str) -> Refusal:
    """Give a refusal of STS by its name."""
    kind = "Sender" if status < 500 else "Receiver"  # noqa: PLR2004 - HTTP's classes
    text = (
        f'<ErrorResponse xmlns="{SPACE}"><Error><Type>{kind}</Type><Code>{code}</Code>'
        f"<Message>{escape(message)}</Message></Error></ErrorResponse>"
    )
    return Refusal(_xml(text, status, code))


def _xml(text: str, status: int = 200, outcome: str = "ok") -> Answer:
    return Answer(status, text.encode(), {"Content-Type": "text/xml"}, outcome)
