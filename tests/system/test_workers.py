"""Threads for what waits."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest

from tests.waiting import until
from tray.core.ports import Workers
from tray.system.workers import Pool

LONG, SHORT = timedelta(seconds=10), timedelta(seconds=0.05)


def test_jobs_run_beside_each_other_up_to_the_limit() -> None:
    """So many jobs run at once; the rest waits for its turn and is not lost."""
    pool, go = Pool(most=3), threading.Event()
    running, most, done = [0], [0], [0]
    lock = threading.Lock()

    def job() -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        go.wait()
        with lock:
            running[0] -= 1
            done[0] += 1

    workers: Workers = pool
    for _ in range(9):
        workers.submit("job", job)
    until(lambda: running[0] == 3)
    go.set()

    until(lambda: done[0] == 9)
    assert most[0] == 3
    assert pool.stop(LONG)


def test_no_thread_stays_when_idle() -> None:
    """A pool without a job has no thread, so it costs no memory and no wake-up."""
    before = threading.active_count()
    pool = Pool()
    for _ in range(20):
        pool.submit("job", lambda: None)

    until(lambda: threading.active_count() == before)


def test_a_broken_job_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """What a job raises is told with its name, and the pool goes on."""
    pool, done = Pool(most=1), threading.Event()

    def broken() -> None:
        raise RuntimeError

    with caplog.at_level(logging.ERROR):
        pool.submit("refresh-corp", broken)
        pool.submit("next", done.set)
        assert done.wait(10)

    assert "refresh-corp" in caplog.text


def test_stop_waits_only_so_long() -> None:
    """At the end nothing new begins, and what hangs is left behind."""
    pool, go, late = Pool(most=1), threading.Event(), threading.Event()

    def hang() -> None:
        go.wait()

    pool.submit("hangs", hang)
    pool.submit("waits", late.set)

    assert not pool.stop(SHORT)
    pool.submit("late", late.set)
    go.set()
    assert pool.stop(LONG)
    assert not late.is_set()
