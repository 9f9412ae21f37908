"""Every command that a paper shows is one that the program has, and works."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.docs.papers import ROOT, Typed, told, typed_lines, words_of
from tray.aws.cache import TokenFiles
from tray.cli.arguments import parse
from tray.cli.main import PLACES
from tray.core.model import SsoSession
from tray.demo.center import Center, CenterSettings
from tray.system.clock import Pauses

assert sys.platform != "win32"

PLACEHOLDERS = {"DURATION": "2h", "N": "1", "PROFILE": "dev", "P": "dev"}

ENDLESS = {"run", "demo", "logs", "status --watch"}
"""What goes on until somebody ends it."""

SESSIONS = ("corp", "acme", "sandbox")
PROFILES = ("dev", "prod", "default")
REGION = "eu-west-1"

STAND_IN = "#!/bin/sh\nexit 0\n"
OTHERS = ("terraform", "old-tool", "aws", "tmux", "cdk", "npx", "docker")
"""Programs of others; what they do is not ours to try."""

BROWSER = """\
#!{python}
import sys
sys.path.insert(0, {root!r})
from tray.demo.person import Person
Person("alice").visit(sys.argv[1])
"""

TYPED, TOLD = list(typed_lines()), list(told())


@pytest.mark.parametrize("typed", [*TYPED, *TOLD], ids=str)
def test_the_program_has_each_command(typed: Typed) -> None:
    """Names and options are the program's own; no paper tells of others."""
    for words in words_of(typed.text):
        plain = [PLACEHOLDERS.get(word, word) for word in words]
        if len(plain) > 1:
            assert parse(plain).command in PLACES
        else:  # the command as such is spoken of
            assert {*plain} <= {*PLACES, "--help", "--version"}


@pytest.fixture
def world(calm_world: Path) -> Iterator[dict[str, str]]:
    """Give the variables of a home where somebody is logged in to each session."""
    bin_folder = calm_world / "bin"
    bin_folder.mkdir()
    for name in OTHERS:
        _program(bin_folder / name, STAND_IN)
    _program(
        bin_folder / "sso-tray", f'#!/bin/sh\nexec {sys.executable} -m tray "$@"\n'
    )
    _program(
        bin_folder / "browser", BROWSER.format(python=sys.executable, root=str(ROOT))
    )
    (calm_world / "long.py").write_text("print('done')\n")
    with Center(CenterSettings(interval=1), lambda: datetime.now(UTC)) as center:
        cache = calm_world / ".aws" / "sso" / "cache"
        cache.mkdir(parents=True)
        (calm_world / ".aws" / "config").write_text(_config(center))
        for name in SESSIONS:
            session = SsoSession(name, center.start_url(name), REGION)
            token = center.issue(name, "alice")
            TokenFiles(cache, Pauses().pause).write(session, token)
        kept = {k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")}
        yield {
            **kept,
            "HOME": str(calm_world),
            "PATH": f"{bin_folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "AWS_ENDPOINT_URL": center.url,
            "BROWSER": str(bin_folder / "browser"),
        }


def _program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def _config(center: Center) -> str:
    sections = [
        f"[sso-session {name}]\nsso_start_url = {center.start_url(name)}\n"
        f"sso_region = {REGION}\nsso_registration_scopes = sso:account:access\n"
        for name in SESSIONS
    ]
    sections += [
        f"[{'' if name == 'default' else 'profile '}{name}]\nsso_session = corp\n"
        f"sso_account_id = 111100000001\nsso_role_name = ReadOnly\nregion = {REGION}\n"
        for name in PROFILES
    ]
    return "".join(sections)


def _endless(text: str) -> bool:
    words = " ".join(words_of(text)[0])
    return any(words.startswith(each) for each in ENDLESS)


def _unique() -> list[Typed]:
    """Give one of those that are the same."""
    found = {typed.text.replace(".venv/bin/", ""): typed for typed in TYPED}
    return sorted(found.values(), key=str)


@pytest.mark.parametrize("typed", _unique(), ids=str)
def test_each_command_works(world: dict[str, str], typed: Typed) -> None:
    """Typed as it stands, it ends well; what has no end starts and can be ended."""
    line = shlex.join(["bash", "-ec", typed.text.replace(".venv/bin/", "")])
    began = time.monotonic()
    with subprocess.Popen(
        shlex.split(line),
        env=world,
        cwd=world["HOME"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as command:
        try:
            said, _ = command.communicate(timeout=3 if _endless(typed.text) else 60)
        except subprocess.TimeoutExpired:
            os.killpg(command.pid, signal.SIGINT)
            said, _ = command.communicate(timeout=30)

    took = timedelta(seconds=time.monotonic() - began)
    assert command.returncode in {0, 130, -signal.SIGINT}, said
    assert (command.returncode == 0) or _endless(typed.text), said
    assert "Traceback" not in said
    assert took < timedelta(minutes=1)
