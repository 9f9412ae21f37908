"""The daemon's first answers, which come before the rest of it is there."""

from __future__ import annotations

from tests.app.test_daemon import Place, place
from tests.waiting import until
from tray.core.errors import NoDaemon
from tray.local.client import ask

__all__ = ["place"]


def test_status_is_answered_before_the_rest_is_there(place: Place) -> None:
    """Whoever asks right after the start is told how things stand, not that all is off.

    What needs the rest, such as `ping`, is answered as well, once it can be.
    """
    place.write_token()
    world, seen = place.world, []
    place.start()

    def answered() -> bool:
        try:
            seen.append(ask(world.socket_path, world.hash8, "status"))
        except NoDaemon:  # it does not listen yet
            return False
        return True

    until(answered)
    named = ask(world.socket_path, world.hash8, "ping")

    assert seen[0]["daemon"] is True
    assert place.phase() == "valid"
    assert named["pid"] == place.running[0].pid
