"""A home whose token file several programs share, and what is true of it afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import boto3.session
from botocore.exceptions import ClientError

from tests.app.test_daemon import COMMAND, Place
from tests.demo.conftest import CONFIG
from tray.aws.cache import TokenFiles
from tray.core.model import CachedToken
from tray.demo.center import Center, CenterSettings
from tray.demo.center.settings import Rotation
from tray.system.clock import Pauses, SystemClock

LONG = "SSO_TRAY_LONG" in os.environ
"""Whether the long form is wanted: SSO_TRAY_LONG=1 pytest tests/faults"""

RENEWAL = "CreateToken/refresh_token"


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    status: int
    """Its exit status."""

    out: str
    """What it said."""

    err: str
    """What it complained of."""


class Shared(Place):
    """A home with one session and one token file."""

    @property
    def path(self) -> Path:
        """The token file."""
        return self.world.cache_folder / f"{self.session.cache_key}.json"

    @property
    def members(self) -> dict[str, object]:
        """What stands in the token file, which must be whole."""
        members = json.loads(self.path.read_bytes())
        assert isinstance(members, dict)
        return members

    @property
    def asked(self) -> int:
        """How often a renewal was asked for."""
        return self.center.count(RENEWAL)

    def at_once(self, count: int, *words: str) -> list[Ended]:
        """Run so many of our commands at the same moment, each to its end."""
        started = [self.begin([*COMMAND, *words]) for _ in range(count)]
        return [self.finish(one) for one in started]

    def begin(
        self, command: list[str], more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start a program in this home."""
        process = subprocess.Popen(
            command,
            env=self.environ | dict(more or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        return process

    @staticmethod
    def finish(process: subprocess.Popen[str]) -> Ended:
        """Let a program come to its end."""
        out, err = process.communicate(timeout=110)
        return Ended(process.returncode, out, err)

    def renew_as_others_do(self) -> dict[str, object] | None:
        """Renew with what stands in the file; None when that is refused."""
        members = self.members
        client = boto3.session.Session().client(
            "sso-oidc",
            endpoint_url=self.center.url,
            region_name="eu-west-1",
            config=CONFIG,
        )
        try:
            return dict(
                client.create_token(
                    clientId=str(members["clientId"]),
                    clientSecret=str(members["clientSecret"]),
                    grantType="refresh_token",
                    refreshToken=str(members["refreshToken"]),
                )
            )
        except ClientError:
            return None
        finally:
            client.close()

    def write_to(self, folder: Path, left: timedelta) -> None:
        """Write a token with so much left of its hour into another folder."""
        ends = SystemClock().now() + left
        token = replace(self.center.issue("corp", "alice"), expires_at=ends)
        TokenFiles(folder, Pauses().pause).write(self.session, token)
        written = (ends - timedelta(hours=1)).timestamp()
        os.utime(folder / self.path.name, (written, written))

    @staticmethod
    def ends_of(path: Path) -> datetime:
        """Give when the token of a file ends."""
        return datetime.fromisoformat(json.loads(path.read_text())["expiresAt"])

    def change_file(self, text: str) -> None:
        """Change the token file as if it had been so when it was written."""
        times = self.path.stat()
        self.path.write_text(text)
        os.utime(self.path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def check_file(self) -> CachedToken:
        """Check that the token file is whole and private; give what it says."""
        assert stat.S_IMODE(self.path.stat().st_mode) == 0o600
        entry = TokenFiles(self.path.parent, Pauses().pause).read(
            self.session.cache_key
        )
        assert isinstance(entry, CachedToken), entry
        return entry

    def check_live(self) -> None:
        """Check that the token file is whole and its token not over."""
        entry = TokenFiles(self.path.parent, Pauses().pause).read(
            self.session.cache_key
        )
        assert isinstance(entry, CachedToken), entry
        assert entry.token.expires_at > SystemClock().now()

    def unfinished(self) -> list[str]:
        """Give what is unfinished in the cache right now."""
        return [path.name for path in self.world.cache_folder.glob("*.sso-tray.tmp")]

    def litter(self) -> list[str]:
        """Give what our processes have left unfinished, in any folder of ours."""
        pattern = re.compile(r".*\.tmp")
        folders = (self.world.cache_folder, self.world.state_folder)
        found: list[str] = []
        for folder in folders:
            with contextlib.suppress(FileNotFoundError):
                found += [p.name for p in folder.iterdir() if pattern.fullmatch(p.name)]
        return found


def workers(daemon: subprocess.Popen[str]) -> list[int]:
    """Give a daemon's children, whichever of its threads has started them."""
    found: list[int] = []
    for path in Path(f"/proc/{daemon.pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(word) for word in path.read_text().split()]
    return found


def gone(pid: int) -> bool:
    """Tell whether a process has ended, be it that nobody has heard of it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[-1][0] in "ZX"
    except OSError:
        return True


@contextmanager
def shared(
    home: Path, rotation: Rotation = Rotation.AT_ONCE, **settings: object
) -> Iterator[Shared]:
    """Give such a home, with a center that treats refresh tokens in this way."""
    told: Callable[..., CenterSettings] = CenterSettings
    made = told(interval=1, rotation=rotation, **settings)
    with Center(made, SystemClock().now) as center:
        place = Shared(home, center)
        try:
            yield place
        finally:
            place.end_all()
