"""When ticks run: APScheduler with one worker, so that ticks never meet each other.

APScheduler drops a run that is asked for while the same job runs, also in the moment
after the job's last line; so every run is a job of its own name, and a tick that is
asked for during a tick is a flag that the running worker sees.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tray.core.wording import system as wording

log = logging.getLogger(__name__)

Tick = Callable[[], None]


class ApsSchedule:
    """Ticks at the next deadline, and as soon as somebody asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tick: Tick | None = None
        self._scheduler: Any = None
        self._deadline_job: Any = None
        self._deadline: datetime | None = None
        self._wanted = self._queued = False

    @property
    def deadline(self) -> datetime | None:
        """When the next planned tick comes; None when none is planned."""
        return self._deadline

    def start(self, tick: Tick) -> None:
        """Begin to tick; what was asked for before comes now."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.jobstores.memory import MemoryJobStore
        from apscheduler.schedulers.background import BackgroundScheduler

        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        scheduler = _forgiving(BackgroundScheduler)(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            jobstores={"default": MemoryJobStore()},
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": None,
            },
        )
        scheduler.start()
        with self._lock:
            self._tick, self._scheduler = tick, scheduler
            self._plan(self._deadline)
            if self._wanted:
                self._queue()

    def stop(self) -> None:
        """Stop ticking; a tick that runs comes to its end first."""
        with self._lock:
            scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=True)

    def at(self, moment: datetime | None) -> None:
        """Tick at this moment, in place of what was asked before; None: not at all."""
        with self._lock:
            self._deadline = moment
            self._plan(moment)

    def soon(self) -> None:
        """Tick as soon as possible; asked many times at once, tick once."""
        with self._lock:
            self._wanted = True
            self._queue()

    def _plan(self, moment: datetime | None) -> None:
        if self._scheduler is None:
            return
        from apscheduler.jobstores.base import JobLookupError

        if self._deadline_job is not None:
            with contextlib.suppress(JobLookupError):  # it has run
                self._deadline_job.remove()
            self._deadline_job = None
        if moment is not None:
            self._deadline_job = self._add(self._due, moment)

    def _queue(self) -> None:
        if self._queued or self._scheduler is None:
            return
        self._queued = True
        self._add(self._run, None)

    def _add(self, job: Tick, moment: datetime | None) -> Any:  # noqa: ANN401 - untyped
        from apscheduler.triggers.date import DateTrigger

        return self._scheduler.add_job(job, DateTrigger(moment, UTC))

    def _due(self) -> None:
        with self._lock:
            self._wanted = self._queued = True
        self._run()

    def _run(self) -> None:
        """Tick until nobody wants one any more; only ever on the one worker."""
        while True:
            with self._lock:
                if not self._wanted or self._scheduler is None:
                    self._queued = False
                    return
                self._wanted = False
                tick = self._tick
            try:
                if tick is not None:
                    tick()
            except Exception:  # the top of the thread
                log.exception(wording.TICK_FAULT)


def _forgiving(scheduler: Any) -> Any:  # noqa: ANN401 - untyped
    """Give a scheduler class whose thread bears being stopped in mid-work.

    APScheduler's own, stopped between running a job and dropping it, dies of a
    `JobLookupError` with a traceback on stderr.
    """
    from apscheduler.jobstores.base import JobLookupError

    class Forgiving(scheduler):  # type: ignore[misc]
        def remove_job(self, job_id: str, jobstore: str | None = None) -> None:
            try:
                super().remove_job(job_id, jobstore)
            except JobLookupError:
                if self.running:
                    raise

    return Forgiving
