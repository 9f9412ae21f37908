"""All parts are looked at side by side, and none can hold up the rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.fakes.cli import BusyWorkers
from tray.core.errors import CannotTell
from tray.core.findings import Finding, Health, Part
from tray.core.looks import Reached
from tray.flows.examining import examine, reached_in_time

FINE = Finding(Part.CONFIG, Health.OK, "Fine.")


def fail() -> Iterator[Finding]:
    """Find something, then a fault."""
    yield FINE
    raise CannotTell("It is away.", "Wait.")


def test_what_hangs_or_fails_is_told_and_the_rest_is_there() -> None:
    """Each part has its line, in order, within the time."""
    workers, over = BusyWorkers(), threading.Event()

    def hang() -> Iterator[Finding]:
        over.wait(20)
        yield FINE

    probes = {Part.KEYRING: hang, Part.NETWORK: fail, Part.CONFIG: lambda: [FINE]}
    found = examine(probes, workers, 0.3)
    over.set()
    workers.work()

    assert [(one.part, one.health) for one in found] == [
        (Part.CONFIG, Health.OK),
        (Part.NETWORK, Health.ATTENTION),
        (Part.KEYRING, Health.ATTENTION),
    ]
    assert found[1].title == "It is away."


class AtOnce:
    """Workers that do a job when it is handed to them, and swallow its fault."""

    def submit(self, name: str, job: object) -> None:
        """Do the job."""
        assert name.startswith("doctor")
        assert callable(job)
        with pytest.raises(ZeroDivisionError):
            job()


def test_a_fault_of_ours_is_not_hidden() -> None:
    """What is no error of ours reaches the top."""

    def wrong() -> list[Finding]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        examine({Part.CONFIG: wrong}, AtOnce())


def test_regions_are_asked_side_by_side() -> None:
    """One that is silent is named, and holds up no other."""
    workers, over = BusyWorkers(), threading.Event()

    def hang() -> tuple[Reached, ...]:
        over.wait(20)
        return ()

    asking = {"mars-1": hang, "eu-west-1": lambda: (Reached("oidc"), Reached("portal"))}
    silent, *rest = reached_in_time(asking, workers, 0.3)
    over.set()
    workers.work()

    assert rest == [Reached("oidc"), Reached("portal")]
    assert silent.host == "mars-1"
    assert silent.fault is not None
    assert silent.fault.title == "mars-1 did not answer within 0 s."


def test_a_fault_of_ours_while_a_region_is_asked_is_not_hidden() -> None:
    """It reaches the top."""

    def wrong() -> tuple[Reached, ...]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reached_in_time({"eu-west-1": wrong}, AtOnce())
