"""All parts are looked at side by side, each for a bounded time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait
from functools import partial

from tray.core.errors import TrayError
from tray.core.findings import Finding, Health, Part, ordered
from tray.core.looks import Reached
from tray.core.ports import Workers
from tray.core.wording import doctor as wording

LONGEST = 12.0
"""Seconds; connecting and reading take 8 s at most, finding a keyring rarely 6."""

LONGEST_REGION = 10.0
"""Seconds for all regions together; less than `LONGEST`, so that those are named."""

Probe = Callable[[], Iterable[Finding]]
Reach = Callable[[], Iterable[Reached]]


def examine(
    probes: Mapping[Part, Probe], workers: Workers, longest: float = LONGEST
) -> tuple[Finding, ...]:
    """Give all findings, in order, within so many seconds.

    What raises a `TrayError`, or takes longer, wants attention itself.
    """
    started = {part: _started(part, probe, workers) for part, probe in probes.items()}
    done, _ = wait(started.values(), longest)
    found: list[Finding] = []
    for part, future in started.items():
        if future in done:
            found += future.result()
        else:
            said = wording.too_slow(part.value, longest)
            found.append(Finding(part, Health.ATTENTION, *said))
    return ordered(found)


def reached_in_time(
    asking: Mapping[str, Reach], workers: Workers, longest: float = LONGEST_REGION
) -> tuple[Reached, ...]:
    """Ask all regions side by side, by name; who is silent for so long is named too."""
    started: dict[str, Future[Iterable[Reached]]] = {}
    for region, reach in asking.items():
        future: Future[Iterable[Reached]] = Future()
        started[region] = future
        workers.submit(f"doctor {region}", partial(_settle, future, reach))
    done, _ = wait(started.values(), longest)
    found: list[Reached] = []
    for region, future in started.items():
        if future in done:
            found += future.result()
        else:
            said = wording.region_silent(region, longest)
            found.append(Reached(region, TrayError(*said)))
    return tuple(found)


def _settle(future: Future[Iterable[Reached]], reach: Reach) -> None:
    try:
        future.set_result(reach())
    except BaseException as error:
        future.set_exception(error)
        raise


def _started(part: Part, probe: Probe, workers: Workers) -> Future[list[Finding]]:
    future: Future[list[Finding]] = Future()

    def work() -> None:
        try:
            future.set_result(list(probe()))
        except TrayError as error:
            wrong = Finding(part, Health.ATTENTION, error.title, error.remedy)
            future.set_result([wrong])
        except BaseException as error:
            future.set_exception(error)
            raise

    workers.submit(f"doctor {part}", work)
    return future
