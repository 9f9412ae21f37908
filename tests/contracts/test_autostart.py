"""What start at log-in promises on every system, and what its fake promises too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.autostart import FakeAutostart, FakeRegistry, RecordingTell
from tray.core.autostart import Change, Fault, LoginItem, Method, State
from tray.core.errors import TrayError, UsageError
from tray.core.ports import Autostart
from tray.system.autostart.chooser import of_desktop, of_mac, of_windows
from tray.system.autostart.technology import Launch
from tray.system.autostart.windows_run import RUN

HERE, THERE = "/opt/here/sso-tray", "/opt/there/sso-tray"


@dataclass(frozen=True)
class Machine:
    """A machine to try the promises on."""

    port: Callable[[str], Autostart]
    """Gives the port for a program that lies at a path."""
    plant: Callable[[LoginItem], None]
    """Puts something of somebody else at an item's place."""
    methods: tuple[Method, ...]
    """What it knows."""
    unknown: Method
    """What it does not."""


def launch(program: str) -> Launch:
    """Give what starts a program, with a variable."""
    return Launch((program, "run"), {"HTTPS_PROXY": "http://proxy:3128"})


def plant_file(item: LoginItem) -> None:
    """Write a file of somebody else."""
    path = Path(item.place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[Unit]\nDescription=mine\n", encoding="utf-8")


def a_fake(_: Path) -> Machine:
    """Give the fake."""
    fake = FakeAutostart()

    def port(program: str) -> Autostart:
        fake.program = program
        return fake

    return Machine(
        port, lambda item: fake.foreign.add(item.method), fake.methods, Method.LAUNCHD
    )


def a_desktop(home: Path) -> Machine:
    """Give a Linux desktop without a graphical session of systemd."""
    environ, tell = {"DISPLAY": ":1"}, RecordingTell(content=False)
    return Machine(
        lambda program: of_desktop(environ, home, launch(program), tell),
        plant_file,
        (Method.SYSTEMD, Method.XDG),
        Method.WINDOWS,
    )


def a_mac(home: Path) -> Machine:
    """Give macOS."""
    return Machine(
        lambda program: of_mac(home, 501, launch(program), RecordingTell()),
        plant_file,
        (Method.LAUNCHD,),
        Method.XDG,
    )


def a_windows(_: Path) -> Machine:
    """Give Windows."""
    registry = FakeRegistry()
    return Machine(
        lambda program: of_windows(launch(program), registry),
        lambda _: registry.write(RUN, "sso-tray", "notepad.exe"),
        (Method.WINDOWS,),
        Method.SYSTEMD,
    )


@pytest.fixture(params=[a_fake, a_desktop, a_mac, a_windows])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """Give each machine."""
    made: Machine = request.param(tmp_path)
    return made


def on(port: Autostart) -> list[Method]:
    """Give the methods that are on."""
    return [item.method for item in port.status().items if item.state is State.ON]


def test_on_and_off(machine: Machine) -> None:
    """It is off at first; on and off work once each, and say so when asked again."""
    port = machine.port(HERE)

    assert not port.status().on
    assert [item.method for item in port.status().items] == list(machine.methods)
    first = port.enable()
    assert first.change is Change.ENABLED
    assert first.status == port.status()
    assert port.enable().change is Change.ALREADY_ON
    assert port.status().on
    assert not port.status().stale
    assert port.disable().change is Change.DISABLED
    assert port.disable().change is Change.ALREADY_OFF
    assert not port.status().on


def test_one_method_at_a_time(machine: Machine) -> None:
    """However often the method changes, one starts the program, and off is off."""
    port = machine.port(HERE)
    for method in (*machine.methods, *machine.methods):
        port.enable(method)

        assert on(port) == [method]
        assert [item.method for item in port.status(method).items] == [method]
    port.disable()
    assert on(port) == []


def test_off_by_one_method(machine: Machine) -> None:
    """Switching one method off leaves another one alone."""
    port = machine.port(HERE)
    first, last = machine.methods[0], machine.methods[-1]
    port.enable(last)

    change = port.disable(first).change

    if first is last:
        assert change is Change.DISABLED
    else:
        assert change is Change.ALREADY_OFF
        assert on(port) == [last]


def test_a_program_that_moved_is_repaired(machine: Machine) -> None:
    """An entry for another place is stale, and is repaired by switching on again."""
    machine.port(THERE).enable()
    port = machine.port(HERE)

    active = port.status().active
    assert active is not None
    assert active.faults == (Fault.PROGRAM,)
    assert port.status().stale
    assert port.enable().change is Change.REPAIRED
    assert not port.status().stale


def test_what_is_not_ours_stays(machine: Machine) -> None:
    """Something else of our name is told of, and neither replaced nor removed."""
    port = machine.port(HERE)
    for item in port.status().items:
        machine.plant(item)
    before = port.status()

    assert {item.state for item in before.items} == {State.FOREIGN}
    assert not before.on
    with pytest.raises(TrayError):
        port.enable()
    assert port.disable().change is Change.ALREADY_OFF
    assert port.status() == before


def test_methods_of_other_systems_are_refused(machine: Machine) -> None:
    """What this system does not know is a wrong word, and changes nothing."""
    port = machine.port(HERE)
    with pytest.raises(UsageError):
        port.enable(machine.unknown)
    with pytest.raises(UsageError):
        port.disable(machine.unknown)
    with pytest.raises(UsageError):
        port.status(machine.unknown)
    assert not port.status().on
