"""What the daemon learns from a log-in: names of accounts, and the wrong person."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import ROOT, Place
from tests.waiting import PATIENCE, until
from tray.aws.cli_role_cache import role_cache_key
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

assert sys.platform != "win32"

ALICE = f"""\
#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
from tray.demo.person import Person
Person("alice").visit(sys.argv[1])
"""


LONG = 4 * PATIENCE
"""Seconds for what the daemon does after a log-in: several calls, and new processes."""

KEPT = {
    "ProviderType": "sso",
    "Credentials": {
        "AccessKeyId": "ASIAEXAMPLE",
        "SecretAccessKey": "secret of before",
        "SessionToken": "secret of before",
        "Expiration": "2099-01-01T00:00:00Z",
    },
}
"""What the AWS CLI has kept of a role."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home whose browser is alice's."""
    browser = tmp_path / "browser"
    browser.write_text(ALICE)
    browser.chmod(0o755)
    with Center(CenterSettings(interval=1), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.environ["BROWSER"] = str(browser)
        try:
            yield place
        finally:
            place.end_all()


def remembered(place: Place) -> dict[str, object]:
    """Give what the daemon remembers."""
    path = place.world.state_path
    memory = json.loads(path.read_text()) if path.exists() else {}
    assert isinstance(memory, dict)
    return memory


def problem(place: Place) -> object:
    """Give the title of what is the matter with the session, if anything."""
    sessions = place.status()["sessions"]
    assert isinstance(sessions, list)
    found = sessions[0]["problem"]
    return found and found["title"]


def test_account_names_are_learned(place: Place) -> None:
    """The daemon asks once after the log-in, and keeps the names."""
    place.started()
    assert place.command("login").returncode == 0

    until(lambda: remembered(place).get("account_names"), LONG)
    names = remembered(place)["account_names"]
    assert isinstance(names, dict)
    assert names["111100000001"]
    assert problem(place) is None


def test_the_wrong_person_is_told_of_until_the_next_log_in(place: Place) -> None:
    """Who reaches none of the profiles' accounts is told at once, and sees why."""
    text = place.config.read_text()
    place.config.write_text(text.replace("111100000001", "999900000001"))
    place.started()
    assert place.command("login").returncode == 0

    until(lambda: problem(place), LONG)
    until(lambda: "Did somebody else log in to corp?" in place.log(), LONG)
    place.config.write_text(text)
    assert place.command("login").returncode == 0
    until(lambda: problem(place) is None, LONG)


def test_a_log_in_by_another_program_is_looked_at(place: Place) -> None:
    """Who logs in with the AWS CLI is looked at as well; what it has kept is said."""
    text = place.config.read_text()
    place.config.write_text(text.replace("111100000001", "999900000001"))
    place.started()
    assert place.phase() == "logged_out"
    folder = place.world.role_cache_folder
    folder.mkdir(parents=True)
    name = role_cache_key(place.session, "999900000001", "ReadOnly")
    (folder / f"{name}.json").write_text(json.dumps(KEPT))
    place.write_token()

    until(lambda: problem(place), LONG)
    until(lambda: "Did somebody else log in to corp?" in place.log(), LONG)
    kept = "The AWS CLI has kept credentials of before for one profile"
    until(lambda: kept in place.log(), LONG)
    ended = place.command("logout")
    assert ended.returncode == 0
    first, second = ended.stderr.splitlines()
    assert first == "Logged out of corp."
    assert second.startswith("The AWS CLI has kept credentials of before for one")
    assert "secret of before" not in place.log() + ended.stderr
