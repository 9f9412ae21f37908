"""Makes the examples of docs/first-day.md and docs/many-accounts.md, by running them.

Each block behind a mark `<!-- run NAME -->` is what the real program said in a home of
its own, against a small Identity Center. Addresses, codes, keys and times of the day
are replaced by those that a reader would see.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import os
import re
import subprocess  # noqa: TID251 - a tool for those who package, not the program
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tray.demo.center import Account, Center, CenterSettings, Portal, User
from tray.system.clock import SystemClock

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "docs" / "first-day.md", ROOT / "docs" / "many-accounts.md")
PATIENCE = 60

FEW = (
    Account("111122223333", "Sandbox", ("Admin", "ReadOnly")),
    Account("444455556666", "Production", ("ReadOnly",)),
)
MORE = (
    *FEW,
    Account("777788889999", "Data Lake", ("Admin", "Billing")),
    Account("222233334444", "Data Lake", ("Admin",)),
)
RENAMED = (replace(MORE[0], name="Playground"), *MORE[2:])

BROWSER = """\
#!{python}
import sys
sys.path.insert(0, {root!r})
from tray.demo.person import Person
Person("alice").visit(sys.argv[1])
"""

_BLOCK = re.compile(r"<!-- run (.*?) -->\n.*?<!-- end -->", re.DOTALL)
_TOLD = (
    (
        re.compile(r"http://127\.0\.0\.1:\d+/authorize\?\S+"),
        "https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code&…",
    ),
    (
        re.compile(r"http://127\.0\.0\.1:\d+/start/acme"),
        "https://acme.awsapps.com/start",
    ),
    (
        re.compile(r"http://127\.0\.0\.1:\d+/device\?user_code=[A-Z-]+"),
        "https://acme.awsapps.com/start/#/device?user_code=BCDF-GHJK",
    ),
    (re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b"), "BCDF-GHJK"),
    (re.compile(r"\b\d\d:\d\d\b"), "10:12"),
    (re.compile(r"\((?:\d+ min|1 h)\)"), "(60 min)"),
    (re.compile(r"sso-tray-(\d)-[0-9a-f]{8}\.bak"), r"sso-tray-\1-0a1b2c3d.bak"),
    (re.compile(r"(=['\"]?)(ASIA|not)[^\s'\"]+"), r"\1…"),
    (re.compile(r"(EXPIRATION=['\"]?)[^\s'\"]+"), r"\1…"),
)
"""What differs from run to run, and what stands for it."""


class Home:
    """One home, from its first command to its last."""

    def __init__(self, folder: Path, center: Center) -> None:
        self._center = center
        self._folder = folder
        tools = folder / "bin"
        tools.mkdir()
        browser = tools / "browser"
        browser.write_text(BROWSER.format(python=sys.executable, root=str(ROOT)))
        program = tools / "sso-tray"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tray "$@"\n')
        for path in (browser, program):
            path.chmod(0o755)
        self._environ: Mapping[str, str] = {
            **{k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")},
            "HOME": str(folder),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "AWS_ENDPOINT_URL": center.url,
            "AWS_EC2_METADATA_DISABLED": "true",
            "BROWSER": str(browser),
            "DISPLAY": ":0",
        }

    def run(self, command: str) -> str:
        """Give what a command says, with the words that were typed."""
        actual = command.replace(
            "https://acme.awsapps.com/start", self._center.start_url("acme")
        )
        done = subprocess.run(  # noqa: S603 - words of our own
            ["/bin/sh", "-c", actual],
            env=self._environ,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        said = done.stdout.rstrip()
        for pattern, instead in _TOLD:
            said = pattern.sub(instead, said)
        return f"$ {command}\n{said}".rstrip()

    def have(self, accounts: tuple[Account, ...]) -> None:
        """Let the person reach these accounts."""
        portals = (Portal("acme", "Acme", (User("alice", "Alice", accounts),)),)
        self._center.configure(replace(self._center.settings, portals=portals))


@contextmanager
def a_home() -> Iterator[Home]:
    """Give a home, and a center beside it, until the block ends."""
    settings = CenterSettings(interval=1)
    with (
        tempfile.TemporaryDirectory() as folder,
        Center(settings, SystemClock().now) as center,
    ):
        home = Home(Path(folder), center)
        home.have(FEW)
        yield home


WORLDS = {"few": FEW, "more": MORE, "renamed": RENAMED}


def page(path: Path) -> str:
    """Give one page with its examples as they are now."""
    with a_home() as home:

        def example(block: re.Match[str]) -> str:
            told, world, command = block[1], "", block[1]
            if command.startswith("in "):
                _, world, command = command.split(" ", 2)
                home.have(WORLDS[world])
            said = home.run(command)
            return f"<!-- run {told} -->\n```text\n{said}\n```\n<!-- end -->"

        return _BLOCK.sub(example, path.read_text(encoding="utf-8"))


def main() -> None:
    """Write both pages."""
    for path in PAGES:
        path.write_text(page(path), encoding="utf-8")


if __name__ == "__main__":
    main()
