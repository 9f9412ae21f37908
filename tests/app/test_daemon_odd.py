"""The real daemon where something is in its way."""

from __future__ import annotations

import json

from tests.app.test_daemon import Place, place
from tests.waiting import until

__all__ = ["place"]


def test_what_is_in_the_way_of_the_socket_is_named(place: Place) -> None:
    """A file where the socket should be: said, left alone, and the daemon runs on."""
    folder = place.world.runtime_folder
    folder.mkdir(mode=0o700)
    place.world.socket_path.write_text("mine")
    daemon = place.start()
    until(lambda: "watches" in place.log())

    assert place.world.socket_path.read_text() == "mine"
    assert str(place.world.socket_path) in place.log()
    assert daemon.poll() is None


def test_a_broken_config_is_served_with_its_problem(place: Place) -> None:
    """A config that is a folder stops nothing; status says what is wrong."""
    place.config.unlink()
    place.config.mkdir()
    place.started()

    assert "folder" in json.dumps(place.status()["problems"])
    assert place.command("status").returncode == 5
