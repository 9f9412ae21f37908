"""`snooze`, `mute`, `pause` and `resume`: with a daemon and without one."""

from __future__ import annotations

from tests.builders import NOON, a_session, minutes
from tests.cli.conftest import Doors
from tray.core.memory import SessionRecord
from tray.core.model import AwsConfig

CORP, LAB = a_session().cache_key, a_session("lab").cache_key


def test_snooze_is_for_all_unless_one_is_named(doors: Doors) -> None:
    """Every session is quiet for the time that is set, or the one for that given."""
    house, room = doors("corp", "lab")

    both = room.run("snooze")
    one = room.run("snooze", "--session", "lab", "2h")

    assert both.status == 0
    assert both.out == ""
    assert both.err == ("Quiet about corp until 12:15.\nQuiet about lab until 12:15.\n")
    assert one.err == "Quiet about lab until 14:00.\n"
    memory = house.records.current()
    assert memory.of(CORP).snoozed_until == NOON + minutes(15)
    assert memory.of(LAB).snoozed_until == NOON + minutes(120)


def test_mute_pause_resume(doors: Doors) -> None:
    """Quiet until the end, no renewals; and one word takes all of it back."""
    house, room = doors("corp", "lab")
    room.run("snooze", "1h")

    assert room.run("mute", "--session", "corp").err == (
        "Quiet about corp until it has ended.\n"
    )
    assert "sso-tray resume" in room.run("pause").err
    memory = house.records.current()
    assert memory.paused
    assert memory.of(CORP).muted_at == NOON

    assert room.run("resume").err.startswith("Back to normal")
    memory = house.records.current()
    assert not memory.paused
    assert memory.of(CORP) == memory.of(LAB) == SessionRecord()


def test_what_is_not_there_can_not_be_quiet(doors: Doors) -> None:
    """An unknown session is 2, an empty config 5, a strange duration 2."""
    house, room = doors("corp")

    assert room.run("mute", "--session", "x").status == 2
    assert room.run("snooze", "soon").last.endswith(
        "is wanted. See: sso-tray snooze --help"
    )
    house.config.config = AwsConfig()
    assert room.run("snooze").status == 5
    assert room.run("mute").status == 5
