"""A Windows for tests: wine in a fresh folder, with a Python and our dependencies.

It is no Windows: how things look, what the shell really does and how long a name may
be are wine's. What Python, ctypes and the libraries ask of Windows is answered.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.live.desktop import Desktop

ROOT: Final = Path(__file__).parent.parent.parent
MADE: Final = ROOT / ".venv" / "wine"
PYTHON: Final = MADE / "python" / "python.exe"
SIZE: Final = (1000, 640)


def windows_path(path: Path) -> str:
    """Give the name that Windows has for a file of ours."""
    return "Z:" + str(path).replace("/", "\\")


@dataclass(frozen=True, slots=True)
class Windows:
    """A machine that runs programs; one user, an empty home."""

    desk: Desktop
    """The screen."""

    prefix: Path
    """Its disk and its registry."""

    environ: dict[str, str]
    """What programs are given."""

    @property
    def home(self) -> Path:
        """The user's profile folder, as we see it."""
        (home,) = (
            one
            for one in (self.prefix / "drive_c" / "users").iterdir()
            if one.name != "Public"
        )
        return home

    def python(
        self, *words: str, seconds: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run Python to its end; what it prints comes as `stdout`.

        Its end is waited for, and not the pipe's: wine's own services, which the first
        program starts, keep that open for as long as any other program runs.
        """
        with subprocess.Popen(
            self._command(words),
            env=self.environ,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            said = _hear(process, time.monotonic() + seconds)
            text = said.decode(errors="replace").replace("\r\n", "\n")
            return subprocess.CompletedProcess(process.args, process.returncode, text)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start Python, to be talked to over stdin and stdout."""
        return subprocess.Popen(
            self._command(words),
            env=self.environ,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def on_the_desktop(self, told: Path, *words: str) -> subprocess.Popen[bytes]:
        """Start Python beside a taskbar with a notification area.

        The shell gives it no open handles, so what it prints goes to the file `told`.
        """
        shell = ["wine", "explorer", "/desktop=test,{}x{}".format(*SIZE)]
        program = " ".join([*self._command(words)[1:], ">", windows_path(told), "2>&1"])
        command = [*shell, "cmd", "/c", program]
        return self.desk.run(command, "wine", self.environ)

    def _command(self, words: Sequence[str]) -> list[str]:
        return ["wine", windows_path(PYTHON), "-X", "utf8", *words]


def _hear(process: subprocess.Popen[bytes], until: float) -> bytes:
    """Give what a program says until it ends; kill it when its time is over."""
    assert process.stdout is not None
    heard = bytearray()
    ended = False
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 0.2)
        piece = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
        heard += piece
        if not piece and ended:
            return bytes(heard)
        ended = process.poll() is not None
        if time.monotonic() > until:
            process.kill()
            raise subprocess.TimeoutExpired(process.args, until, bytes(heard))


@contextmanager
def a_windows(folder: Path) -> Iterator[Windows]:
    """Give a machine, until the block ends; then all that runs on it is ended."""
    missing = [name for name in ("wine", "wineserver") if shutil.which(name) is None]
    assert not missing, "Debian's wine is missing; tests/run installs it."
    assert PYTHON.exists(), "tests/wine/setup has not been run."
    prefix = folder / "windows"
    with Desktop(home=folder / "home", size=SIZE) as desk:
        environ = {
            **desk.env,
            "PATH": os.environ["PATH"],
            "WINEPREFIX": str(prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
            "PYTHONPATH": ";".join(map(windows_path, (MADE / "site", ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            _wait_for("wineboot", "-i", environ=environ)
            yield Windows(desk, prefix, environ)
        finally:
            subprocess.run(["wineserver", "-k"], env=environ, check=False, timeout=30)


def _wait_for(*command: str, environ: dict[str, str]) -> None:
    subprocess.run(
        command,
        env=environ,
        check=True,
        timeout=100,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
