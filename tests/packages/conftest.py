"""What the tests on packages share: each is built once, and there is one fresh root.

The fixtures live as long as the run, so they see the machine's own environment, with
the settings of pip and apt, before a test's calm world hides them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGING = ROOT / "packaging"
CALM = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
PROXY = re.compile(r"(https?|no)_proxy", re.IGNORECASE)
NEEDS_ROOT = (
    "The Debian package is tried in a fresh root, which only root can make: allow "
    "`sudo -n`, or leave these tests out with `tests/run --fast`."
)


def run(command: Sequence[str | Path], **extra: str) -> str:
    """Run a program to its good end; give what it printed on both streams."""
    done = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]} gave {done.returncode}:\n{done.stdout}"
    return done.stdout


def become_root() -> list[str]:
    """Give the words before a command that only root may run."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    able = sudo and subprocess.run(
        [sudo, "-n", "true"], check=False, capture_output=True
    )
    if not able or able.returncode:
        pytest.fail(NEEDS_ROOT)
    return ["sudo", "-n"]


def mirror() -> tuple[str, str]:
    """Give this system's own release, and where its apt gets the packages of it."""
    release = run(["sh", "-c", '. /etc/os-release; printf %s "$VERSION_CODENAME"'])
    listed = run(
        [
            *("apt-get", "indextargets", "--format", "$(REPO_URI) $(COMPONENT)"),
            *("Created-By: Packages", f"Codename: {release}"),
        ]
    )
    places = [line.split()[0] for line in listed.splitlines() if "main" in line]
    assert places, "apt knows no source of this system's packages; run `apt-get update`"
    return release, places[0]


@dataclass(frozen=True, slots=True)
class FreshRoot:
    """A system that has just been installed, and nothing else on it."""

    place: Path
    """The folder that is its `/`."""

    become: Sequence[str]
    """The words before a command that only root may run."""

    proxies: dict[str, str]
    """The variables that apt needs to reach its packages from here."""

    def __call__(self, *words: str) -> str:
        """Run a command in it, as root; give what it printed."""
        variables = [f"{name}={value}" for name, value in (CALM | self.proxies).items()]
        return run(
            [*self.become, "chroot", self.place, "env", "-i", *variables, *words]
        )

    def files(self) -> set[str]:
        """Give every path in it, save those where apt and Python keep their books."""
        own = re.compile(r"/(var/(cache|log|lib/(apt|dpkg))|tmp|proc|dev)/|__pycache__")
        found = self("find", "/", "-xdev").splitlines()
        return {path for path in found if not own.search(path)}


@pytest.fixture(scope="session")
def fresh_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FreshRoot]:
    """Give the smallest system of this machine's own release, with its Python."""
    become = become_root()
    release, place = mirror()
    folder = tmp_path_factory.mktemp("fresh") / "root"
    proxies = {name: text for name, text in os.environ.items() if PROXY.match(name)}
    run([*become, "debootstrap", "--variant=minbase", release, folder, place])
    try:
        root = FreshRoot(folder, become, proxies)
        root("sh", "-c", "echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/in-a-hurry")
        root("apt-get", "-qq", "update")
        root("apt-get", "-qq", "-y", "install", "--no-install-recommends", "python3")
        yield root
    finally:
        run([*become, "rm", "-rf", "--one-file-system", folder])


@pytest.fixture(scope="session")
def deb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the Debian package."""
    folder = tmp_path_factory.mktemp("deb")
    run([PACKAGING / "build-deb", folder], PYTHON=sys.executable)
    [built] = folder.glob("*.deb")
    return built


@pytest.fixture(scope="session")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the single file."""
    folder = tmp_path_factory.mktemp("pyz")
    run([PACKAGING / "build-zipapp", folder], PYTHON=sys.executable)
    return folder / "sso-tray.pyz"
