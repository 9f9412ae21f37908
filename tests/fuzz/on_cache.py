"""The files of `~/.aws/sso/cache`: tokens, registrations, and their dates."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC
from pathlib import Path

from tests.builders import NOON, a_token
from tests.fuzz.looking import CORP, look
from tests.fuzz.target import Target
from tray.aws.cache import TokenFiles
from tray.aws.dates import format_date, parse_date
from tray.aws.files import parse_members
from tray.aws.registrations import RegistrationFiles, registration_key
from tray.core.model import CachedToken, Grant

DATES = (
    b"2026-03-02T12:42:00Z",
    b"2026-03-02T12:42:00UTC",
    b"2026-03-02T12:42:00.123Z",
    b"2026-03-02T12:42:00.123456789Z",
    b"2026-03-02T12:42:00+00:00",
    b"2026-03-02T14:42:00+02:00",
    b"2026-03-02T12:42:00",
    b"2026-03-02 12:42:00 UTC",
    b"2026-03-02",
    b"0001-01-01T00:00:00Z",
    b"9999-12-31T23:59:59Z",
    b"9999-12-31T23:59:59-23:59",
    b"20260302T124200Z",
    b"2026-W10-1T12:42:00Z",
    b"1772455320",
)

_CLI = (
    b'{"startUrl": "https://acme.awsapps.com/start", "region": "eu-west-1", '
    b'"accessToken": "aoa", "expiresAt": "%b", "clientId": "c", "clientSecret": "s", '
    b'"registrationExpiresAt": "2026-05-01T12:00:00Z", "refreshToken": "aor"}'
)
_BARE = b'{"accessToken": "aoa", "expiresAt": "%b"}'

TOKENS = (
    b"",
    *(form % date for date in DATES for form in (_CLI, _BARE)),
    (_CLI % DATES[0])[:100],
    b"\xef\xbb\xbf" + _CLI % DATES[0],
    (_CLI % DATES[0]).decode().encode("utf-16"),
    _CLI % DATES[0] + b"}",
    b'{"accessToken": "\\ud800", "expiresAt": "2026-03-02T12:42:00Z"}',
    b'{"accessToken": "a", "expiresAt": 1772455320, "refreshToken": null}',
    b'{"accessToken": {"a": []}, "expiresAt": "2026-03-02T12:42:00Z"}',
    (_BARE % DATES[0])[:-1] + b', "\xf0\x9f\x92\xa9": NaN, "x": 1e999, "x": []}',
    b"[" * 2000,
    b'{"a":' * 500,
    b"null",
    b"\0" * 64,
)

REGISTRATIONS = (
    b"",
    *(
        b'{"clientId": "c", "clientSecret": "s", "expiresAt": "%b", '
        b'"scopes": ["sso:account:access"], "grantTypes": ["authorization_code"]}'
        % date
        for date in DATES
    ),
    b'{"clientId": "c", "clientSecret": "s", "expiresAt": "2026-05-01T12:00:00Z"}',
    (
        b'{"clientId": "c", "clientSecret": "s", "expiresAt": "2026-05-01T12:00:00Z", '
        b'"scopes": "a", "grantTypes": {}}'
    ),
    (
        b'{"clientId": "\\udfff", "clientSecret": "", '
        b'"expiresAt": "2026-05-01T12:00:00Z", "scopes": [null, 1], "grantTypes": [[]]}'
    ),
)

WORDS = (
    *DATES,
    b'"accessToken"',
    b'"refreshToken"',
    b'"expiresAt"',
    b'"clientId"',
    b'"clientSecret"',
    b'"registrationExpiresAt"',
    b'"grantTypes"',
    b'"scopes"',
    b'"authorization_code"',
    b"+14:00",
    b"-23:59",
    b"0001",
    b"9999",
    b": ",
    b", ",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\",
    b"\\u0000",
)


class Tokens:
    """One token file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cache"
        self.folder.mkdir(exist_ok=True)
        self.path = self.folder / f"{CORP.cache_key}.json"

    def check(self, data: bytes) -> None:
        """Read it, look at it, and renew it, as the daemon would."""
        self.path.write_bytes(data)
        os.utime(self.path, (NOON.timestamp(), NOON.timestamp()))
        files = TokenFiles(self.folder, lambda _: None)
        entry = files.read_all([CORP.cache_key])[CORP.cache_key]
        assert files.read(CORP.cache_key) == entry
        if isinstance(entry, CachedToken):
            assert entry.token.expires_at.tzinfo is UTC
            assert json.loads(data)["accessToken"] == entry.token.value.reveal()
        repr(entry).encode()
        look(entry)
        self._renew(files, parse_members(data) or {})
        if isinstance(entry, CachedToken):
            files.write(CORP, entry.token, renewing=True)
            copy = files.read(CORP.cache_key)
            assert isinstance(copy, CachedToken)
            assert copy.token.value == entry.token.value
            before = entry.token.expires_at.replace(microsecond=0)
            assert copy.token.expires_at == before

    def _renew(self, files: TokenFiles, before: dict[str, object]) -> None:
        token = a_token(refreshable=False).token
        files.write(CORP, token, renewing=True)
        after = json.loads(self.path.read_bytes())
        ours = {"accessToken", "expiresAt", "startUrl", "region"}
        strangers = {k: v for k, v in before.items() if k not in ours}
        kept = {k: v for k, v in after.items() if k not in ours}
        assert repr(kept) == repr(strangers)  # nan is not nan
        assert stat.S_IMODE(self.path.stat().st_mode) == 0o600
        assert [each.name for each in self.folder.iterdir()] == [self.path.name]


class Registrations:
    """One registration file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"{registration_key(CORP)}.json"

    def check(self, data: bytes) -> None:
        """Read it for both grants; keep what was read, and find it again."""
        files = RegistrationFiles(self.folder, lambda _: None)
        for grant in (Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE):
            self.path.write_bytes(data)
            found = files.read(CORP, grant, NOON)
            if found is not None:
                assert found.grant is grant
                assert found.expires_at > NOON
                files.write(CORP, found)
                again = files.read(CORP, grant, NOON)
                assert again is not None
                assert again.client_id == found.client_id


def check_date(data: bytes) -> None:
    """Read a date: nothing, or a moment in UTC that is read again as it was."""
    text = data.decode("utf-8", "surrogateescape")
    moment = parse_date(text)
    if moment is not None:
        assert moment.tzinfo is UTC
        assert parse_date(format_date(moment)) == moment.replace(microsecond=0)


_FILES = ("tray.aws.dates", "tray.aws.files")

TARGETS = (
    Target(
        "cache",
        lambda folder: Tokens(folder).check,
        ("tray.aws.cache", "tray.core.status", "tray.core.horizon", *_FILES),
        TOKENS,
        WORDS,
    ),
    Target(
        "registration",
        lambda folder: Registrations(folder).check,
        ("tray.aws.registrations", *_FILES),
        REGISTRATIONS,
        WORDS,
    ),
    Target("dates", lambda _: check_date, ("tray.aws.dates",), DATES, WORDS),
)
