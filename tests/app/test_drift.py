"""What people gained is noticed by the real flows over the real edges."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.setting_up import SOME, Place, at_home
from tray.app.drift import drift_of
from tray.app.house import here
from tray.demo.center import Account
from tray.system.choices_file import ChoicesFile
from tray.system.paths import World

PATIENCE = 20.0


@pytest.fixture
def place(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a home whose profiles were brought into step a while ago."""
    with at_home(calm_world, monkeypatch) as place:
        assert place.run("sync", "--yes").status == 0
        yield place


class Told(list[str]):
    """What people are told."""

    def tell(self, title: str, body: str) -> None:
        """Note it."""
        self.append(f"{title} {body}")


def test_a_new_account_is_noticed_after_a_log_in(place: Place) -> None:
    """Told once with the command, and kept for the menu; sync takes the offer away."""
    world = World({"HOME": str(place.home)}, place.home)
    choices, told = ChoicesFile(world.choices_path), Told()
    path = next(place.home.rglob("setup-*.json"))
    path.rename(world.choices_path)
    old = choices.read()["corp"].looked_at
    assert old is not None
    long_ago = old.replace(year=old.year - 1)
    choices.change("corp", lambda one: replace(one, looked_at=long_ago))
    place.have(*SOME, Account("333333333333", "Lab", ("Admin",)))

    with here(world) as (house, net):
        drift = drift_of(house, net, told)
        drift.soon(house.verbs.usable_session("corp"))
        end = time.monotonic() + PATIENCE
        while not told and time.monotonic() < end:
            time.sleep(0.05)
        offered = house.activities.current().gained

    (said,) = told
    assert said.startswith("corp: you gained Admin in Lab (333333333333). Add a ")
    assert said.endswith("sso-tray sync --session corp")
    assert [one.key for one in offered["corp"]] == [("333333333333", "Admin")]
