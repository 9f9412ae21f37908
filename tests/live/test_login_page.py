"""The log-in page in a real browser, from `sso-tray login` to its last words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.chromium import chromium
from tests.live.real import ROOT, the_program
from tests.live.screen import poll

pytestmark = pytest.mark.live


def test_a_person_logs_in_with_a_browser(tmp_path: Path) -> None:
    """Sign in, allow, and the tab says that all is done; the command ends with 0."""
    command = [sys.executable, "-m", "tray", "login"]
    with (
        the_program(tmp_path, panel=None, approves=False) as program,
        subprocess.Popen(
            command,
            env={**program.desk.env, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        ) as login,
        ending(login),
    ):
        (url,) = poll(lambda: program.visits, "the browser is opened")
        with chromium(tmp_path) as page:
            page.open(url)
            page.click("user-alice")
            page.click("allow")
            poll(lambda: "corp" in page.text(), "the page names the session")
            said = page.text()
            page.picture(tmp_path / "page.png")
        _, talk = login.communicate(timeout=20)

        assert "close this" in said
        assert login.returncode == 0
        assert "Logged in to corp" in talk
        assert program.token_path.stat().st_mode & 0o777 == 0o600


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[None]:
    """End the process with the block, however the block ends."""
    try:
        yield
    finally:
        process.kill()
