"""The token cache with all who write into it: a fake one, and real files."""

from __future__ import annotations

import json
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.builders import NOON, a_session
from tests.fakes.center import DictCache
from tests.limits import smaller_files
from tray.aws.cache import TokenFiles
from tray.aws.files import TEMPORARY
from tray.aws.renewals import Renewals
from tray.core.model import AccessToken, CachedToken, CacheEntry, Secret, Unreadable
from tray.core.wording.tokens import TORN

CORP = a_session()
KEY = CORP.cache_key


@dataclass(frozen=True)
class Written:
    """A token that somebody wrote."""

    text: str
    """The access token."""

    expires_at: datetime
    """When it ends, in whole seconds."""

    members: dict[str, object] = field(default_factory=dict)
    """Everything in the file, as JSON; nulls too."""

    @property
    def token(self) -> AccessToken:
        """The token as we hold it."""
        client, refresh = self.members.get("clientId"), self.members.get("refreshToken")
        secret = self.members.get("clientSecret")
        return AccessToken(
            Secret(self.text),
            self.expires_at,
            Secret(refresh) if isinstance(refresh, str) else None,
            client if isinstance(client, str) else None,
            Secret(secret) if isinstance(secret, str) else None,
        )


Lying = Written | bytes | None
"""What lies in the token's place: a token, bytes that are none, or nothing."""


class World(ABC):
    """A cache, and the ways in which others change it."""

    full = False

    @abstractmethod
    def read(self) -> CacheEntry | None:
        """Read as the daemon does."""

    @abstractmethod
    def put(self, lying: Lying, *, rename: bool = False) -> None:
        """Let another program put this there."""

    @abstractmethod
    def remove(self) -> None:
        """Log out, as we do it."""

    @abstractmethod
    def close(self) -> None:
        """Leave nothing."""


class FakeWorld(World):
    """The fake that the flows' tests use."""

    def __init__(self) -> None:
        self.cache = DictCache()

    def read(self) -> CacheEntry | None:
        """Read it."""
        return self.cache.read_all([KEY]).get(KEY)

    def put(self, lying: Lying, *, rename: bool = False) -> None:
        """Put it there; renamed or not is the same."""
        assert rename in {True, False}
        self.cache.entries.pop(KEY, None)
        if isinstance(lying, Written):
            written_at = NOON - timedelta(hours=1)
            self.cache.entries[KEY] = CachedToken(lying.token, written_at)
        elif lying is not None:
            self.cache.entries[KEY] = Unreadable(TORN)

    def remove(self) -> None:
        """Remove it."""
        self.cache.remove(KEY)

    def close(self) -> None:
        """Forget everything."""
        self.cache.entries.clear()


class FileWorld(World):
    """Real files, read by a daemon and written by its child."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / ".aws" / "sso" / "cache"
        self.path = self.folder / f"{KEY}.json"
        self.daemon = TokenFiles(self.folder, lambda _: None)
        self.renewals = Renewals(TokenFiles(self.folder, lambda _: None))
        self.clock = NOON.timestamp()

    def read(self) -> CacheEntry | None:
        """Read with the reader that knows what it read before."""
        return self.daemon.read_all([KEY]).get(KEY)

    def read_afresh(self) -> CacheEntry | None:
        """Read with one that knows nothing."""
        return TokenFiles(self.folder, lambda _: None).read_all([KEY]).get(KEY)

    def put(self, lying: Lying, *, rename: bool = False) -> None:
        """Write into the file itself, or beside it and rename; delete for None."""
        self.unblock()
        if lying is None:
            self.path.unlink(missing_ok=True)
            return
        with smaller_files(-1):  # others have room: a disk fills for one at a time
            self._put(lying, rename=rename)

    def _put(self, lying: Written | bytes, *, rename: bool) -> None:
        if isinstance(lying, Written):
            content = json.dumps(lying.members).encode()
        else:
            content = lying
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / "theirs.part" if rename else self.path
        place.write_bytes(content)
        place.chmod(0o644)
        if rename:
            place.replace(self.path)
        self.clock += 1
        os.utime(self.path, (self.clock, self.clock))

    def remove(self) -> None:
        """Remove it."""
        self.daemon.remove(KEY)

    def remove_folder(self) -> None:
        """Let somebody delete the whole folder."""
        self.unblock()
        shutil.rmtree(self.home / ".aws", ignore_errors=True)

    def block(self, *, folder: bool) -> None:
        """Put something in the way: a file for the folder, or a folder for the file."""
        self.remove_folder()
        if folder:
            self.folder.parent.mkdir(parents=True)
            self.folder.write_bytes(b"")
        else:
            (self.path / "inside").mkdir(parents=True)

    def unblock(self) -> None:
        """Take it away again."""
        if self.folder.is_file():
            self.folder.unlink()
        if self.path.is_dir():
            shutil.rmtree(self.path)

    @contextmanager
    def as_it_is(self) -> Iterator[None]:
        """Write on the disk as it is: with room or without."""
        with smaller_files(0) if self.full else nullcontext():
            yield

    def litter(self) -> list[str]:
        """Give the names of unfinished files."""
        return [each.name for each in self.home.rglob(f"*{TEMPORARY}")]

    def close(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.home, ignore_errors=True)
