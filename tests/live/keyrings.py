"""GNOME's keyring on a message bus of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live import panels
from tests.live.screen import poll


@contextmanager
def running(
    command: list[str], environ: dict[str, str], said: str = ""
) -> Iterator[str]:
    """Run a program for the length of a block; give its first line."""
    with subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write(said)
            process.stdin.close()
            yield process.stdout.readline()
        finally:
            process.kill()


@contextmanager
def private_bus(home: Path) -> Iterator[dict[str, str]]:
    """Give the variables of a session of its own, with a message bus and no keyring."""
    panels.require("dbus-daemon")
    (home / "run").mkdir(mode=0o700)
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_DATA_DIRS": str(home / "none"),
    }
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with running(command, environ) as address:
        yield {**environ, "DBUS_SESSION_BUS_ADDRESS": address.strip()}


@contextmanager
def keyring_of(environ: dict[str, str], password: str) -> Iterator[None]:
    """Run GNOME's keyring; a password opens it, an empty word leaves it as it is."""
    panels.require("gnome-keyring-daemon")
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    command += ["--unlock"] if password else []
    look = "sys.exit(not s.check_service_availability(s.dbus_init()))"
    listing = [sys.executable, "-c", f"import secretstorage as s, sys; {look}"]
    with running(command, environ, password):

        def there() -> bool:
            return not subprocess.run(listing, env=environ, check=False).returncode

        poll(there, "the keyring is on the bus")
        yield
