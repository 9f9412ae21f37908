"""What is remembered of profiles: pinned ones, and those used last."""

from __future__ import annotations

from tray.core.memory import PINS_KEPT, RECENT_KEPT, Memory, pin, used


def test_a_pinned_profile_stays_in_its_place_and_can_go() -> None:
    """Pins stand in the order in which they were set; each can be taken back."""
    memory = pin(pin(Memory(), "dev", pinned=True), "prod", pinned=True)

    assert memory.pinned == ("dev", "prod")
    assert pin(memory, "dev", pinned=False).pinned == ("prod",)
    assert pin(memory, "gone", pinned=False) == memory


def test_the_profile_used_last_comes_first() -> None:
    """Each profile stands once, the newest first, and the list stays short."""
    memory = Memory()
    for name in ("dev", "prod", "dev", *map(str, range(RECENT_KEPT - 1))):
        memory = used(memory, name)

    assert memory.recent == ("3", "2", "1", "0", "dev")


def test_pins_are_bounded() -> None:
    """The oldest pin gives way when there are too many."""
    memory = Memory()
    for number in range(PINS_KEPT + 1):
        memory = pin(memory, str(number), pinned=True)

    assert memory.pinned[0] == "1"
    assert len(memory.pinned) == PINS_KEPT
