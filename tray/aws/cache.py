"""The token files of `~/.aws/sso/cache`, shared with every other AWS tool.

Names, members and dates are those of AWS CLI v2 (`botocore/utils.py`, `tokens.py`);
what the other SDKs write is read too. Nothing here needs boto3.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tray.aws.dates import format_date, parse_date
from tray.aws.files import (
    PLAINLY,
    TEMPORARY,
    Manner,
    NotPlain,
    TooBig,
    Unfinished,
    can_overwrite,
    parse_members,
    read_bytes,
    replace_json,
)
from tray.aws.leftovers import is_left_behind
from tray.aws.texts import usable_text
from tray.core.errors import TrayError
from tray.core.model import (
    AccessToken,
    CachedToken,
    CacheEntry,
    Secret,
    SsoSession,
    Unreadable,
)
from tray.core.wording import tokens as wording

TORN_PAUSES = (0.01, 0.02, 0.03)
"""Seconds between tries to read a torn file: a writer in place needs far less."""

PATIENT_PAUSES = (*TORN_PAUSES, 0.1, 0.3, 0.5)
"""The same for those who would have to give up: some writers dawdle between halves."""

ROOM = 16384
"""Bytes taken on the disk before a token is asked for: twice what one needs."""

_Stamp = tuple[int, int, int, int]


class TokenFiles:
    """The token cache as files; reads again only what has changed."""

    def __init__(
        self,
        folder: Path,
        pause: Callable[[float], None],
        torn_pauses: Sequence[float] = TORN_PAUSES,
    ) -> None:
        self._folder = folder
        self._pause = pause
        self._torn_pauses = torn_pauses
        self._lock = threading.Lock()
        self._known: dict[str, tuple[_Stamp, CacheEntry]] = {}
        self._members: dict[str, Mapping[str, object]] = {}

    def read_all(self, keys: Iterable[str]) -> Mapping[str, CacheEntry]:
        """Give what lies under each cache key; a key without a file is left out."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            known = self._known
            current, changed = self._unchanged(wanted, known)
            for pause in (*self._torn_pauses, None):
                torn = self._read_again(changed, current)
                if not torn or pause is None:
                    break
                self._pause(pause)
                changed = torn
            self._known = current
            return {key: current[key][1] for key in wanted if key in current}

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key right now; None when there is no file."""
        found: dict[str, tuple[_Stamp, CacheEntry]] = {}
        for pause in (*self._torn_pauses, None):
            if not self._read_again([key], found) or pause is None:
                break
            self._pause(pause)
        self._members[key] = self._foreign(key)
        return found[key][1] if key in found else None

    def write(
        self,
        session: SsoSession,
        token: AccessToken,
        *,
        renewing: bool = False,
        manner: Manner = PLAINLY,
    ) -> bool:
        """Put a token in the cache, atomically and for the owner's eyes only.

        A renewal keeps the members that are not ours to know; a log-in starts anew.
        False when the manner said that the file must stay. Raises `TrayError` when the
        folder does not take it.
        """
        path = self._path(session.cache_key)
        members = self._foreign(session.cache_key) if renewing else {}
        members |= _members(session, token)
        try:
            return replace_json(path, members, self._pause, manner)
        except OSError as error:
            raise self._unwritable(error) from None

    def begin(self, key: str) -> Unfinished | None:
        """Take room for a token that is going to be asked for.

        None where the file can't be replaced but written into. Raises `TrayError` when
        neither can be: then nothing should be asked for.
        """
        self._sweep(lambda _: 0)
        path = self._path(key)
        unfinished = Unfinished(path)
        try:
            unfinished.begin(ROOM)
        except OSError as error:
            size = path.stat().st_size if path.is_file() else ROOM
            if can_overwrite(path, size):
                return None
            raise self._unwritable(error) from None
        return unfinished

    def has_folder(self) -> bool:
        """Tell whether the cache folder is there."""
        return self._folder.is_dir()

    def remove(self, key: str) -> None:
        """Delete one token file; no error when there is none.

        A symbolic link stays for the next log-in; the file it points to goes.
        """
        try:
            Path(os.path.realpath(self._path(key))).unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise self._unwritable(error) from None

    def tidy(self, now: datetime) -> None:
        """Delete what crashes of ours have left unfinished; for the start."""
        self._sweep(lambda written: now.timestamp() - written)

    def _sweep(self, age: Callable[[float], float]) -> None:
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if not entry.name.endswith(TEMPORARY):
                    continue
                with contextlib.suppress(OSError):
                    if is_left_behind(entry.name, age(entry.stat().st_mtime)):
                        Path(entry.path).unlink(missing_ok=True)

    def _foreign(self, key: str) -> dict[str, object]:
        """Give the members that others keep in a file, as it is or was read last."""
        with contextlib.suppress(OSError, TooBig, NotPlain):
            members = parse_members(read_bytes(str(self._path(key)))[0])
            if members is not None:
                return members
        return dict(self._members.get(key, {}))

    def _unwritable(self, error: OSError) -> TrayError:
        reason = error.strerror or type(error).__name__
        return TrayError(*wording.unwritable(str(self._folder), reason))

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _unchanged(
        self, wanted: list[str], known: dict[str, tuple[_Stamp, CacheEntry]]
    ) -> tuple[dict[str, tuple[_Stamp, CacheEntry]], list[str]]:
        current = {}
        changed = []
        folder = str(self._folder)
        for key in wanted:
            try:
                status = os.stat(f"{folder}{os.sep}{key}.json")  # noqa: PTH116 - fast
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError:
                changed.append(key)
                continue
            before = known.get(key)
            if before is not None and before[0] == _stamp(status):
                current[key] = before
            else:
                changed.append(key)
        return current, changed

    def _read_again(
        self, keys: list[str], into: dict[str, tuple[_Stamp, CacheEntry]]
    ) -> list[str]:
        """Read files; give the keys of those that seem to be half-written."""
        torn = []
        for key in keys:
            path = f"{self._folder}{os.sep}{key}.json"
            into.pop(key, None)
            stamp = _NEVER
            try:
                content, status = read_bytes(path)
                stamp = _stamp(status)
                entry = _entry(parse_members(content), status.st_mtime)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                reason = error.strerror or type(error).__name__
                problem = wording.unreadable(reason)
                entry, stamp = Unreadable(problem), _NEVER
            except TooBig:
                entry = Unreadable(wording.TOO_BIG)
            except NotPlain:
                entry = Unreadable(wording.FOREIGN)
            into[key] = (stamp, entry)
            if entry == _TORN:
                torn.append(key)
        return torn


_NEVER: _Stamp = (-1, -1, -1, -1)
_TORN = Unreadable(wording.TORN)


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def entry_of(content: bytes, written: float) -> CacheEntry:
    """Give what a file's content says that was written then."""
    return _entry(parse_members(content), written)


def _entry(members: Mapping[str, object] | None, written: float) -> CacheEntry:
    if members is None:
        return _TORN
    value = _text(members, "accessToken")
    expires_at = parse_date(members.get("expiresAt"))
    if value is None or expires_at is None:
        return Unreadable(wording.FOREIGN)
    token = AccessToken(
        value=Secret(value),
        expires_at=expires_at,
        refresh_token=_secret(members, "refreshToken"),
        client_id=_text(members, "clientId"),
        client_secret=_secret(members, "clientSecret"),
        registration_expires_at=parse_date(members.get("registrationExpiresAt")),
    )
    return CachedToken(token, datetime.fromtimestamp(written, UTC))


def _members(session: SsoSession, token: AccessToken) -> dict[str, object]:
    members: dict[str, object | None] = {
        "startUrl": session.start_url,
        "region": session.region,
        "accessToken": token.value.reveal(),
        "expiresAt": format_date(token.expires_at),
        "clientId": token.client_id,
        "clientSecret": token.client_secret and token.client_secret.reveal(),
        "registrationExpiresAt": token.registration_expires_at
        and format_date(token.registration_expires_at),
        "refreshToken": token.refresh_token and token.refresh_token.reveal(),
    }
    return {name: value for name, value in members.items() if value is not None}


def _text(members: Mapping[str, object], name: str) -> str | None:
    return usable_text(members.get(name))


def _secret(members: Mapping[str, object], name: str) -> Secret | None:
    value = _text(members, name)
    return None if value is None else Secret(value)
