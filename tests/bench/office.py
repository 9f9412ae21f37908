"""A home that is logged in at an Identity Center of ours, for programs to work in."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.app.test_daemon import Place
from tests.bench.installed import Installed
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

MANY = 10_000


class Office(Place):
    """A home with a session, and the installed programs."""

    def __init__(self, home: Path, center: Center, installed: Installed) -> None:
        super().__init__(home, center)
        self.installed = installed
        del self.environ["PYTHONPATH"]
        self.environ["AWS_EC2_METADATA_DISABLED"] = "true"
        self.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
        self.write_token()
        self._have_legacy_profile()

    def _have_legacy_profile(self) -> None:
        """Add the profile `old`: all that aws-sso-util's credential process reads."""
        with self.config.open("a") as file:
            file.write(
                f"[profile old]\nsso_start_url = {self.session.start_url}\n"
                "sso_region = eu-west-1\nsso_account_id = 111100000001\n"
                "sso_role_name = ReadOnly\nregion = eu-west-1\n"
            )
        key = hashlib.sha1(self.session.start_url.encode(), usedforsecurity=False)
        cache = self.world.cache_folder
        token = (cache / f"{self.session.cache_key}.json").read_bytes()
        (cache / f"{key.hexdigest()}.json").write_bytes(token)

    def fill(self) -> None:
        """Let the config have ten thousand profiles more."""
        with self.config.open("a") as file:
            file.writelines(
                f"[profile p{number}]\nsso_session = corp\n"
                f"sso_account_id = {100000000000 + number // 4}\n"
                f"sso_role_name = Role{number % 4}\nregion = eu-west-1\n"
                for number in range(MANY)
            )

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start our program."""
        process = subprocess.Popen(
            [self.installed.ours / "sso-tray", *words],
            env=self.environ,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.running.append(process)
        return process

    @contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[str]]:
        """Run the daemon, from its first answer to the end of the block."""
        process = self.begin("run", "--headless")
        try:
            while not self.answers():
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            process.wait(20)

    def answers(self) -> bool:
        """Tell whether a daemon answers."""
        done = subprocess.run(
            [self.installed.ours / "sso-tray", "status", "--json"],
            env=self.environ,
            capture_output=True,
            check=False,
        )
        return b'"daemon":true' in done.stdout.replace(b" ", b"")


@contextmanager
def office(home: Path, installed: Installed, *, many: bool = False) -> Iterator[Office]:
    """Give one, with few profiles or very many."""
    with Center(CenterSettings(interval=1), SystemClock().now) as center:
        home.mkdir(parents=True, exist_ok=True)
        place = Office(home, center, installed)
        if many:
            place.fill()
        try:
            yield place
        finally:
            place.end_all()
