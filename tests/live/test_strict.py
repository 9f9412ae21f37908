"""Tokens in a real keyring: the whole program, with a daemon and without one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import Place
from tests.live.keyrings import keyring_of, private_bus
from tests.waiting import until
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

pytestmark = pytest.mark.live

STRICT = '[sessions.corp]\nstorage = "strict"\n'


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home on a message bus of its own; corp is signed in to, and strict."""
    (tmp_path / "session").mkdir()
    (tmp_path / "home").mkdir()
    with (
        private_bus(tmp_path / "session") as environ,
        Center(CenterSettings(), SystemClock().now) as center,
    ):
        place = Place(tmp_path / "home", center)
        place.environ["XDG_DATA_HOME"] = environ["XDG_DATA_HOME"]
        place.environ["DBUS_SESSION_BUS_ADDRESS"] = environ["DBUS_SESSION_BUS_ADDRESS"]
        place.write_token()
        set_to(place, STRICT)
        try:
            yield place
        finally:
            place.end_all()


def set_to(place: Place, text: str) -> None:
    """Write the settings."""
    path = place.world.settings_path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def token(place: Place) -> Path:
    """Give the place of the token's file."""
    return place.world.cache_folder / f"{place.session.cache_key}.json"


def served(place: Place, **more: str) -> bool:
    """Tell whether `credential-process` gives credentials."""
    done = place.command("credential-process", "--profile", "dev", **more)
    assert (done.returncode, done.stderr) == (0, "")
    return bool(json.loads(done.stdout)["AccessKeyId"])


def test_with_a_daemon(place: Place) -> None:
    """In, served, renewed, out again, and logged out: each time the file is right."""
    with keyring_of(place.environ, "password"):
        place.started()
        until(lambda: not token(place).exists())
        assert place.phase() == "valid"
        assert served(place)

        done = place.command("refresh", "--force")
        assert done.returncode == 0, done.stderr
        until(lambda: not token(place).exists())
        assert place.phase() == "valid"
        said = "".join(one.read_text() for one in place.world.kept_folder.iterdir())
        assert "accessToken" not in said

        set_to(place, "")
        until(token(place).exists)
        assert "refreshToken" in json.loads(token(place).read_text())
        assert place.phase() == "valid"
        set_to(place, STRICT)
        until(lambda: not token(place).exists())

        assert place.command("logout").returncode == 0
        assert place.phase() == "logged_out"
        assert not list(place.world.kept_folder.iterdir())


def test_without_a_daemon(place: Place) -> None:
    """Each command leaves the token in the keyring, and finds it there."""
    with keyring_of(place.environ, "password"):
        assert served(place)
        assert not token(place).exists()
        assert place.phase() == "valid"
        assert place.command("refresh", "--force").returncode == 0
        assert not token(place).exists()
        assert served(place)
        assert place.command("logout").returncode == 0

    assert place.phase() == "logged_out"


def test_without_a_keyring(place: Place) -> None:
    """The file stays, that is said, and all goes on as with every other session."""
    place.started()
    until(lambda: "stays in its file" in place.log())

    assert token(place).exists()
    assert served(place)
    assert place.command("refresh", "--force").returncode == 0
    assert token(place).exists()


def test_a_locked_keyring(place: Place) -> None:
    """Nobody is told that they are logged out, and it works again with the keyring."""
    with keyring_of(place.environ, "password"):
        assert served(place)
    assert not token(place).exists()
    with keyring_of(place.environ, ""):
        assert place.phase() == "valid"
        done = place.command("refresh", "--force")

    assert done.returncode == 4
    assert "keyring is locked" in done.stderr
    with keyring_of(place.environ, "password"):
        assert place.command("refresh", "--force").returncode == 0
