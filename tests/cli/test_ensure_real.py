"""`ensure` and `login --fresh` as real programs, a scripted person in the browser."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.daemons import COMMAND
from tests.cli.test_real import log_in, maybe_a_daemon
from tests.faults.sharers import Shared, shared
from tests.waiting import until

ROOT = Path(__file__).parents[2]
BROWSER = """\
#!{python}
import sys
sys.path.insert(0, {root!r})
from tray.demo.person import Person
Person("alice").visit(sys.argv[1])
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home where nobody is logged in, and whose browser logs in by itself."""
    with shared(tmp_path) as place:
        browser = tmp_path / "browser"
        browser.write_text(BROWSER.format(python=sys.executable, root=str(ROOT)))
        browser.chmod(0o755)
        place.environ |= {"BROWSER": str(browser), "DISPLAY": ":99"}
        yield place


def test_without_a_daemon_it_logs_in_and_goes_on(place: Shared) -> None:
    """One command: nobody was logged in, and now it lasts; the next one asks nobody."""
    first = place.command("ensure", "--min", "30m", "--wait", "30s")
    asked = place.center.count("CreateToken")
    second = place.command("ensure", "--profile", "dev", "--min", "30m")

    assert (first.returncode, first.stdout) == (0, ""), first.stderr
    assert "Logged in to corp" in first.stderr
    assert second.returncode == 0, second.stderr
    assert place.center.count("CreateToken") == asked


def test_nobody_comes(place: Shared) -> None:
    """Status 3 within the time that it was given."""
    place.environ["BROWSER"] = "/bin/true"

    ended = place.command("ensure", "--wait", "1s")

    assert ended.returncode == 3, ended.stderr
    assert "in time" in ended.stderr.splitlines()[-1]


def test_a_daemon_that_can_ask_nobody(place: Shared) -> None:
    """Without a desktop there is no prompt: status 3 at once, with the way out."""
    with maybe_a_daemon(place.environ, daemon=True):
        ended = place.command("ensure", "--wait", "5m")

        assert ended.returncode == 3, ended.stderr
        assert "sso-tray login --session corp" in ended.stderr.splitlines()[-1]


def test_what_the_daemon_has_is_enough(place: Shared) -> None:
    """It renews through the daemon, once."""
    with maybe_a_daemon(place.environ, daemon=True):
        place.write_token()
        until(lambda: place.phase() == "valid")
        asked = place.asked
        ended = place.begin([*COMMAND, "ensure", "--min", "2h"])

        assert place.finish(ended).status == 0
        assert place.asked <= asked + 1


@pytest.mark.parametrize("daemon", [True, False])
def test_a_fresh_sign_in_is_another_one(place: Shared, *, daemon: bool) -> None:
    """After it the token of before is worth nothing, and the new one works."""
    with maybe_a_daemon(place.environ, daemon=daemon):
        place.write_token()
        before = place.members
        ended = log_in(place.environ, place.center, "--fresh")
        after = place.members
        renewed = place.command("refresh", "--force")
        place.change_file(json.dumps(before))
        old = place.command("refresh", "--force")

        assert ended.status == 0, ended.err
        assert place.center.count("Logout") == 1
        assert after["accessToken"] != before["accessToken"]
        assert old.returncode == 3, old.stderr
        assert renewed.returncode == 0, renewed.stderr
