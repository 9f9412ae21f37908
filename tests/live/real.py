"""The real program on a throw-away desktop, with an Identity Center on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.live.desktop import Desktop
from tests.live.screen import poll
from tray.aws.cache import TokenFiles
from tray.core.model import SsoSession
from tray.demo.center import Center, CenterSettings
from tray.system.clock import Pauses, SystemClock

ROOT: Final = Path(__file__).parents[2]
REGION: Final = "eu-west-1"

BROWSER: Final = """\
#!{python}
import sys
from pathlib import Path

Path(__file__).with_name("visits").open("a").write(sys.argv[1] + "\\n")
{then}
"""
ALICE: Final = """\
sys.path.insert(0, {root!r})
from tray.demo.person import Person
Person("alice").visit(sys.argv[1])
"""


@dataclass
class Program:
    """A running `sso-tray run`, its desktop and its Identity Center."""

    desk: Desktop
    """The desktop."""

    center: Center
    """The Identity Center."""

    process: subprocess.Popen[bytes] | None = None
    """The program, once it is started."""

    @property
    def session(self) -> SsoSession:
        """The session `corp` of the config."""
        return SsoSession("corp", self.center.start_url("corp"), REGION)

    @property
    def token_path(self) -> Path:
        """The token file of that session."""
        return self.cache / f"{self.session.cache_key}.json"

    @property
    def cache(self) -> Path:
        """The token cache."""
        return self.desk.home / ".aws" / "sso" / "cache"

    @property
    def visits(self) -> list[str]:
        """The addresses that the browser was opened with."""
        path = self.desk.home / "visits"
        return path.read_text().split() if path.exists() else []

    def start(self) -> None:
        """Start it as a person would."""
        command = [sys.executable, "-m", "tray", "run"]
        kept = {k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")}
        env = {"PYTHONPATH": str(ROOT), "TZ": "UTC", **kept}
        self.process = self.desk.run(command, "program", env=env)

    def write_token(
        self,
        left: timedelta = timedelta(hours=1),
        session: SsoSession | None = None,
        *,
        renewable: bool = True,
    ) -> None:
        """Be logged in by another program, with so much left of a token's hour."""
        session = session or self.session
        ends = datetime.now(UTC) + left
        token = replace(self.center.issue(session.name, "alice"), expires_at=ends)
        if not renewable:  # never seen with a refresh token, which would be used
            token = replace(token, refresh_token=None)
        aged = self.cache.with_name("aged")  # what is seen first has its right age
        TokenFiles(aged, Pauses().pause).write(session, token)
        written = (ends - timedelta(hours=1)).timestamp()
        name = f"{session.cache_key}.json"
        os.utime(aged / name, (written, written))
        (aged / name).replace(self.cache / name)

    def write_ended_token(self) -> None:
        """Have been logged in with a token that ended, and that nothing can renew."""
        self.write_token(left=timedelta(minutes=-2))
        self.drop_refresh_token()

    def drop_refresh_token(self, session: SsoSession | None = None) -> None:
        """Make the token one that ends: nothing can renew it."""
        path = self.cache / f"{(session or self.session).cache_key}.json"
        times = path.stat()
        members = json.loads(path.read_text())
        del members["refreshToken"]
        path.write_text(json.dumps(members))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def wait_tooltip(self, words: str, seconds: float = 15) -> None:
        """Wait until the tooltip says this."""
        poll(lambda: words in self._tooltip(), f"the tooltip says {words!r}", seconds)

    def wait_row(self, words: str, seconds: float = 15) -> str:
        """Wait until a row of the menu's first level says this; give it whole."""

        def found() -> str | None:
            return next((row for row in self._labels() if words in row), None)

        return poll(found, f"a row says {words!r}", seconds)

    def _tooltip(self) -> str:
        return self.desk.tooltip() if self.desk.bus.icons() else ""

    def _labels(self) -> list[str]:
        return self.desk.labels() if self.desk.bus.icons() else []


@contextmanager
def the_program(
    home: Path,
    *,
    panel: str | None,
    notifications: bool = False,
    settings: CenterSettings | None = None,
    approves: bool = True,
) -> Iterator[Program]:
    """Give the program, ready to be started, with one session and two profiles."""
    clock = SystemClock().now
    with (
        Center(settings or CenterSettings(interval=1), clock) as center,
        Desktop(home=home, panel=panel, notifications=notifications) as desk,
    ):
        program = Program(desk, center)
        program.cache.mkdir(parents=True)
        (home / ".aws" / "config").write_text(config(center))
        own_settings = home / "config" / "sso-tray" / "settings.toml"
        own_settings.parent.mkdir()
        mode = "notify" if notifications else "silent"
        own_settings.write_text(f'mode = "{mode}"\n')
        browser = home / "browser"
        then = ALICE.format(root=str(ROOT)) if approves else ""
        browser.write_text(BROWSER.format(python=sys.executable, then=then))
        browser.chmod(0o755)
        desk.env |= {
            "AWS_ENDPOINT_URL_SSO": center.url,
            "AWS_ENDPOINT_URL_SSO_OIDC": center.url,
            "BROWSER": str(browser),
        }
        yield program


def config(center: Center) -> str:
    """Give the config with the session corp and its two profiles."""
    profiles = "".join(
        f"[profile {name}]\nsso_session = corp\nsso_account_id = 11110000000{number}\n"
        f"sso_role_name = ReadOnly\nregion = {REGION}\n"
        for number, name in enumerate(("dev", "prod"), 1)
    )
    return (
        f"[sso-session corp]\nsso_start_url = {center.start_url('corp')}\n"
        f"sso_region = {REGION}\nsso_registration_scopes = sso:account:access\n"
        f"{profiles}"
    )
